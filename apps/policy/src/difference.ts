import { differenceOf, type LawDifference, type ShownDifference } from '#lib/rulebook';
import { stringify } from 'yaml';
import type { ReadLaw } from './law-folder';

export interface DifferenceReport extends LawDifference {
  from: string;
  to: string;
  milliseconds: number;
}

const TITLE: Record<ShownDifference['direction'], string> = {
  OPENS: 'ÖFFNET',
  CLOSES: 'SCHLIESST',
  LOOSER: 'GROSSZÜGIGER',
  STRICTER: 'STRENGER',
};

/** What one law book decides otherwise than another, over all exchanges there can be: every kind, for whom, one example. */
export function difference(from: ReadLaw, to: ReadLaw): DifferenceReport {
  const begun = performance.now();
  const found = differenceOf(from, to);
  return {
    from: `${from.name} (${from.ruleset.hash.slice(0, 12)})`,
    to: `${to.name} (${to.ruleset.hash.slice(0, 12)})`,
    milliseconds: Math.round(performance.now() - begun),
    ...found,
  };
}

export function* differenceLines(report: DifferenceReport): Generator<string> {
  yield `Von ${report.from} zu ${report.to}, verglichen über alle Anfragen, die es geben kann (${report.milliseconds} ms)`;
  if (report.equal) {
    yield `Beide entscheiden jede Anfrage gleich. Das ist bewiesen${report.equal.accepted ? ' und unabhängig nachgeprüft' : ', der Beweis wurde aber NICHT anerkannt'}. Fristen, Rollen und Texte sind damit nicht verglichen.`;
    return;
  }
  yield `${report.kinds.length} Arten von Unterschieden:`;
  for (const { direction, told, whom, confirmed, example } of report.kinds) {
    yield `  ${TITLE[direction]}: ${told}`;
    yield `    für: ${whom.join(', ')}`;
    yield `    zum Beispiel${confirmed ? '' : ' (von der Entscheidung NICHT bestätigt)'}:`;
    for (const line of stringify([example.written], { lineWidth: 110 }).trimEnd().split('\n')) yield `      ${line}`;
  }
}
