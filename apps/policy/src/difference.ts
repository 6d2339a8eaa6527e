import { caseOf, compareOverAll, type KindOfDifference, plainFacts, type Ruleset } from '#lib/policy';
import { stringify } from 'yaml';
import type { ReadLaw } from './law-folder';

export interface DifferenceReport {
  from: string;
  to: string;
  milliseconds: number;
  /** both decide every exchange alike; `accepted`: the separate checker accepts the proof */
  equal: { accepted: boolean } | null;
  kinds: (Omit<KindOfDifference, 'facts'> & { direction: Direction; example: Record<string, unknown> })[];
}
export type Direction = 'OPENS' | 'CLOSES' | 'LOOSER' | 'STRICTER';

const TITLE: Record<Direction, string> = {
  OPENS: 'ÖFFNET',
  CLOSES: 'SCHLIESST',
  LOOSER: 'GROSSZÜGIGER',
  STRICTER: 'STRENGER',
};
const STRICTNESS = { PERMIT: 0, PERMIT_OBL: 1, APPROVAL: 2, FORBID: 3 } as const;

/** What one law book decides otherwise than another, over all exchanges there can be: every kind, for whom, one example. */
export function difference(from: ReadLaw, to: ReadLaw): DifferenceReport {
  const begun = performance.now();
  const plain = plainFacts(from.sources, from.ruleset);
  const { kinds, equal } = compareOverAll(from.ruleset, to.ruleset, plain);
  return {
    from: `${from.name} (${from.ruleset.hash.slice(0, 12)})`,
    to: `${to.name} (${to.ruleset.hash.slice(0, 12)})`,
    milliseconds: Math.round(performance.now() - begun),
    equal: equal && { accepted: equal.checked },
    kinds: kinds.map(({ facts, ...kind }, at) => ({
      ...kind,
      direction: directionOf(kind),
      example: caseOf(`Beispiel ${at + 1}, nach dem neuen Regelwerk`, facts, plain, to.ruleset),
    })),
  };
}

function directionOf({ what, was, is, comes }: Omit<KindOfDifference, 'facts'>): Direction {
  if (what !== 'OUTCOME') return comes ? 'STRICTER' : 'LOOSER';
  if (was === 'FORBID') return 'OPENS';
  if (is === 'FORBID') return 'CLOSES';
  return STRICTNESS[is] > STRICTNESS[was] ? 'STRICTER' : 'LOOSER';
}

export function* differenceLines(report: DifferenceReport, ruleset: Ruleset): Generator<string> {
  yield `Von ${report.from} zu ${report.to}, verglichen über alle Anfragen, die es geben kann (${report.milliseconds} ms)`;
  if (report.equal) {
    yield `Beide entscheiden jede Anfrage gleich. Das ist bewiesen${report.equal.accepted ? ' und unabhängig nachgeprüft' : ', der Beweis wurde aber NICHT anerkannt'}. Fristen, Rollen und Texte sind damit nicht verglichen.`;
    return;
  }
  yield `${report.kinds.length} Arten von Unterschieden:`;
  for (const kind of report.kinds) {
    yield `  ${TITLE[kind.direction]}: ${inWords(kind, ruleset)}`;
    yield `    für: ${kind.columns.map((column) => ruleset.label('consumer', column)).join(', ')}`;
    yield `    zum Beispiel${kind.confirmed ? '' : ' (von der Entscheidung NICHT bestätigt)'}:`;
    for (const line of stringify([kind.example], { lineWidth: 110 }).trimEnd().split('\n')) yield `      ${line}`;
  }
}

function inWords({ what, was, is, name, comes }: DifferenceReport['kinds'][number], ruleset: Ruleset): string {
  const outcome = (code: string) => ruleset.label('outcome', code);
  switch (what) {
    case 'OUTCOME':
      return `vorher „${outcome(was)}“, nachher „${outcome(is)}“`;
    case 'STEP':
      return `Bei „${outcome(is)}“ ${comes ? 'kommt der Schritt dazu' : 'fällt der Schritt weg'}: ${ruleset.steps.find(({ id }) => id === name)?.name ?? name}`;
    case 'OBLIGATION':
      return `Bei „${outcome(is)}“ ${comes ? 'kommt die Auflage dazu' : 'fällt die Auflage weg'}: ${ruleset.obligation(name!)?.name ?? name}`;
    case 'PARAMETER':
      return `Bei „${outcome(is)}“ sagt eine Regel ${comes ? 'neu' : 'nicht mehr'}: ${name}`;
  }
}
