import type { Mark } from '../engine/decision';
import { carriesV, type Grounds, type LegalTexts } from './legal-texts';
import type { Fault } from './ruleset';

/** A sentence of the law book with its mark. */
export interface Marked {
  file: string;
  id: string;
  /** the member that cites */
  key: 'source' | 'norm';
  cites: string;
  marks: readonly { key: 'mark' | 'assigned'; mark: Mark }[];
  note?: string | undefined;
}

/**
 * V is said only of what was compared with a wording on record; U says what is uncertain. Asked of a law book that keeps
 * records: one of before stays as it is, and is shown as one without proof of what was read.
 */
export function checkMarks(texts: LegalTexts, sentences: readonly Marked[], report: (fault: Fault) => void) {
  if (!texts.kept) return;
  for (const { file, id, key, cites, marks, note } of sentences) {
    const doubts = doubtsOf(texts.grounds(cites));
    for (const one of marks) {
      if (one.mark === 'V' && doubts)
        report({
          file,
          id,
          text: `\`${one.key}\`: V verlangt zu jeder Quelle eine gelesene Fassung in sources.yaml; ${doubts} (\`${key}\`: \`${cites}\`). Möglich sind K, oder U mit \`note\``,
        });
    }
    // of a rule it is asked by read-rules.ts, whatever is on record
    if (!file.startsWith('rules/') && marks.some(({ mark }) => mark === 'U') && !note)
      report({ file, id, text: 'mit dem Vermerk U muss in `note` stehen, was umstritten oder nicht geprüft ist' });
  }
}

function doubtsOf({ records, missing, unknown }: Grounds): string {
  const named = (list: readonly string[]): string => list.map((one) => `\`${one}\``).join(', ');
  const own = records.filter((one) => one.own).map(({ norm }) => norm);
  const unread = records.filter((one) => !one.own && !carriesV(one)).map(({ norm }) => norm);
  return [
    ...(unknown.length + missing.length > 0 ? [`dort steht nicht: ${named([...unknown, ...missing])}`] : []),
    ...(unread.length > 0 ? [`nicht oder in keiner geltenden Fassung gelesen: ${named(unread)}`] : []),
    ...(own.length > 0 ? [`eine eigene Festlegung der Stadt ist keine Quelle dafür: ${named(own)}`] : []),
  ].join('; ');
}

/**
 * Citations without a record: what a text of today must have and one of before need not. What the city lays down itself
 * (D) may name what it likes; norms of a text on record have one each, whoever names them.
 */
export function uncoveredCitations(texts: LegalTexts, sentences: readonly Marked[]): Fault[] {
  if (!texts.kept) return [];
  return sentences.flatMap(({ file, id, key, cites, marks }) => {
    const { missing, unknown } = texts.grounds(cites);
    const rests = marks.some(({ mark }) => mark !== 'D');
    return [...missing, ...(rests ? unknown : [])].map((name) => ({
      file,
      id,
      text: `\`${key}\`: zu \`${name}\` fehlt der Eintrag in sources.yaml`,
    }));
  });
}
