// What a word does to decisions, tried on the facts of every case of the law that ships.
import { decide, type Decision, type Facts, OUTCOME, readCases, readFacts, type Ruleset } from '../../libs/policy/src';
import { Fact, type FactKind, Group, type Keeper, type Members } from '../../libs/policy/src/facts/fact';
import { law, lawSources } from './law';

export interface FactEntry {
  /** `purpose.code`; of the entries of a list `fields[].class` */
  path: string;
  fact: Fact;
  keptBy: Keeper | undefined;
}
export function factsOf(members: Members, above = '', keptBy?: Keeper): FactEntry[] {
  return Object.entries(members).flatMap(([name, member]): FactEntry[] => {
    const path = `${above}${name}`;
    if (member instanceof Fact) return [{ path, fact: member, keptBy: member.options.keptBy ?? keptBy }];
    const kept = member.options.keptBy ?? keptBy;
    return factsOf(member.members, member instanceof Group ? `${path}.` : `${path}[].`, kept);
  });
}
/** Whether what is given, a fact or a whole group or list of them, is this fact or holds it. */
export const covers = (given: string, path: string): boolean =>
  given === path || path.startsWith(`${given}.`) || path.startsWith(`${given}[]`);

export const sources = lawSources();
export const ruleset = law(sources);
const samples = readCases(sources, ruleset).flatMap(({ facts }) => {
  try {
    return [readFacts(facts)];
  } catch {
    return [];
  }
});

const othersOf = (kind: FactKind): unknown[] => {
  switch (kind.kind) {
    case 'boolean':
      return kind.only ? [true, undefined] : [true, false];
    case 'number':
      return [null, 0, 1, 29, 60, 400, 20_000];
    case 'text':
      return kind.list ? [[], ['x']] : kind.filled ? ['x'] : ['x', null];
    case 'enum':
      return kind.list ? [[], ...kind.values.map((one) => [one])] : [...kind.values];
    case 'code': {
      const codes = ruleset.labels(kind.of).map(({ code }) => code);
      return kind.list ? [[], ...codes.map((one) => [one])] : codes;
    }
  }
};
/** `fields[]` goes on in every entry of the list. */
const set = (facts: object, [name, ...rest]: string[], value: unknown): object => {
  const key = name!.replace('[]', '');
  const before = (facts as Record<string, unknown>)[key];
  if (key !== name) return { ...facts, [key]: ((before ?? []) as object[]).map((entry) => set(entry, rest, value)) };
  return { ...facts, [key]: rest.length === 0 ? value : set(before ?? {}, rest, value) };
};

/** Whether an answer asks less of anybody than the one before: an easier outcome, a step or an obligation less, or a looser one. */
export function looser(after: Decision, before: Decision, book: Ruleset = ruleset): boolean {
  const [now, was] = [after, before].map(({ outcome }) => OUTCOME.indexOf(outcome));
  if (now! !== was! && (after.outcome === 'FORBID' || before.outcome === 'FORBID')) return now! < was!;
  return now! < was! || fewerSteps(after, before, book) || lessObliged(after, before, book);
}
const stepsOf = ({ chain }: Decision): string[] => (chain?.stages ?? []).flat().map(({ id }) => id);
function fewerSteps(after: Decision, before: Decision, { steps }: Ruleset): boolean {
  const now = new Set(stepsOf(after));
  const stands = (id: string) => now.has(id) || steps.some((one) => one.replaces === id && now.has(one.id));
  return !stepsOf(before).every(stands);
}
function lessObliged(after: Decision, before: Decision, book: Ruleset): boolean {
  return before.obligations.some(({ id, params: asked }) => {
    const still = after.obligations.find((one) => one.id === id);
    if (!still) return true;
    return (book.obligation(id)?.params ?? []).some(({ name, merge, order = [], beside = [] }) => {
      const [is, was] = [still.params[name], asked[name]];
      const [words, wordsBefore] = [is, was].map((one) => [one ?? []].flat().map(String));
      switch (merge) {
        case 'min':
          return Number(is) > Number(was);
        case 'max':
          return Number(is) < Number(was);
        case 'union':
          return !wordsBefore!.every((one) => words!.includes(one));
        case 'intersect':
          return !words!.every((one) => wordsBefore!.includes(one));
        case 'order': {
          const strictest = (all: string[]) => Math.max(...all.map((one) => order.indexOf(one)));
          const gone = beside.some((one) => wordsBefore!.includes(one) && !words!.includes(one));
          return gone || strictest(words!) < strictest(wordsBefore!);
        }
      }
    });
  });
}

const everything = ({ outcome, because, obligations, chain }: Decision): string =>
  JSON.stringify([outcome, because.map(({ rule }) => rule), obligations, chain?.ids]);

export interface Effect {
  /** a change of this fact alone changes a decision */
  read: boolean;
  /** and makes it ask less */
  loosens: boolean;
  /** obligations that come, go or change with it */
  obligations: ReadonlySet<string>;
}
const effects = new Map<string, Effect>();
const begun = samples.map((facts) => decide(ruleset, facts));

export function effectOf({ path, fact }: FactEntry): Effect {
  const known = effects.get(path);
  if (known) return known;
  const found = { read: false, loosens: false, obligations: new Set<string>() };
  samples.forEach((facts, at) => {
    const before = begun[at]!;
    for (const other of othersOf(fact.kind)) {
      const after = decide(ruleset, set(facts, path.split('.'), other) as Facts);
      found.read ||= everything(after) !== everything(before);
      found.loosens ||= looser(after, before);
      if (after.outcome !== 'FORBID' && before.outcome !== 'FORBID')
        for (const { id } of [...after.obligations, ...before.obligations])
          if (textOf(after, id) !== textOf(before, id)) found.obligations.add(id);
    }
  });
  effects.set(path, found);
  return found;
}
const textOf = ({ obligations }: Decision, id: string): string =>
  JSON.stringify(obligations.find((one) => one.id === id)?.params ?? null);
