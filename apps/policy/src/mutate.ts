import { FATE, type Fate, LOOSENING_KIND, type LooseningKind, looseningsOf, Mutation, sampleOf } from '#lib/policy';
import type { ReadLaw } from './law-folder';

export interface MutationReport {
  law: string;
  /** loosenings there are, and how many of them were tried */
  of: number;
  tried: number;
  fates: Record<Fate['kind'], number>;
  kinds: Record<LooseningKind, Record<Fate['kind'], number>>;
  /** what something decides otherwise and nobody notices */
  survived: { kind: LooseningKind; file: string; id: string; change: string }[];
  milliseconds: number;
}

/** Loosens the law book in one place after the other, and says what neither a case nor a principle notices. */
export function mutate(
  { name, ruleset, sources }: ReadLaw,
  { sample, seed }: { sample?: number | undefined; seed: number },
): MutationReport {
  const begun = performance.now();
  const all = looseningsOf(sources, ruleset);
  const tried = sample === undefined ? all : sampleOf(all, sample, seed);
  const none = () => Object.fromEntries(FATE.map((fate) => [fate, 0])) as Record<Fate['kind'], number>;
  const kinds = Object.fromEntries(LOOSENING_KIND.map((kind) => [kind, none()])) as MutationReport['kinds'];
  const mutation = new Mutation(sources, ruleset);
  const survived = tried.flatMap((one) => {
    const { kind, file, id, edit } = one;
    const fate = mutation.fate(one);
    kinds[kind][fate.kind]++;
    return fate.kind === 'SURVIVED' ? [{ kind, file, id, change: edit.words }] : [];
  });
  const fates = none();
  for (const fate of FATE) fates[fate] = LOOSENING_KIND.reduce((sum, kind) => sum + kinds[kind][fate], 0);
  return {
    law: `${name} (${ruleset.hash.slice(0, 12)})`,
    of: all.length,
    tried: tried.length,
    fates,
    kinds,
    survived,
    milliseconds: Math.round(performance.now() - begun),
  };
}

export function* mutationLines({ law, of, tried, fates, survived, milliseconds }: MutationReport): Generator<string> {
  yield `${tried} von ${of} Lockerungen des Regelwerks ${law}, jede für sich (${Math.round(milliseconds / 1000)} s):`;
  yield `  ${fates.REFUSED} werden nicht geladen`;
  yield `  ${fates.CASE} lassen einen Fall scheitern`;
  yield `  ${fates.PRINCIPLE} verletzen einen Leitsatz`;
  yield `  ${fates.SAME} ändern keine Entscheidung (bewiesen)`;
  yield `  ${fates.SURVIVED} bemerkt niemand${survived.length > 0 ? ':' : '.'}`;
  for (const { file, id, change } of survived) yield `    ${file} ${id}: ${change}`;
}
