import type { ReadableLaw, ReadableRule } from './readable.view';

/** What a text says differently from another, in German sentences. `before` empty: it is new; `after` empty: it is gone. */
export interface Change {
  /** `Regel R-GEN-02`, `Grundregeln: Offene Daten für die Öffentlichkeit`, `Weg A3` */
  name: string;
  before: string[];
  after: string[];
}

/** Only sentences that differ; what both say is left out. Cases, comments and layout are no change of what holds. */
export function changesBetween(before: ReadableLaw, after: ReadableLaw): Change[] {
  const [old, now] = [sayings(before), sayings(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name) ?? [], now.get(name) ?? []];
    const change = {
      name,
      before: was.filter((one) => !is.includes(one)),
      after: is.filter((one) => !was.includes(one)),
    };
    return change.before.length + change.after.length > 0 ? [change] : [];
  });
}

function sayings({ chapters, matrix, chains, obligations }: ReadableLaw): Map<string, string[]> {
  return new Map([
    ...chapters.flatMap(({ rules }) => rules.map((rule): [string, string[]] => [`Regel ${rule.id}`, ruleLines(rule)])),
    ...matrix.rows.map(({ name, cells }): [string, string[]] => [
      `Grundregeln: ${name}`,
      cells.map((cell, at) => `Für ${matrix.columns[at]}: ${cell}`),
    ]),
    ...matrix.sets.map(({ name, obligations: held }): [string, string[]] => [`Grundregeln: ${name}`, held]),
    ...chains.map(({ id, name, stages }): [string, string[]] => [
      `Weg ${id} „${name}“`,
      stages
        .flat()
        .map(({ name: step, kind, role, workingDays, when, more }) =>
          [
            `${step}: ${kind} durch ${role}, Frist ${workingDays} Arbeitstage`,
            ...more,
            ...(when ? [`nur wenn ${when}`] : []),
          ].join(', '),
        ),
    ]),
    ...obligations.map(({ name, meaning, enforcement }): [string, string[]] => [
      `Auflage ${name}`,
      [`${meaning} (${enforcement})`],
    ]),
  ]);
}

const ruleLines = ({ effect, sentences, when, then, variants, setsAside, source, note }: ReadableRule): string[] => [
  ...sentences.map((sentence) => `${effect}: ${sentence}`),
  `Gilt: ${when}`,
  ...variants.map((one) => [`${one.effect}, wenn ${one.when}: ${one.sentence}`, ...one.then].join(' ')),
  ...then,
  ...setsAside.map((one) => `Es tritt zurück: ${one}`),
  `Quelle: ${source}`,
  ...(note ? [`Umstritten oder unsicher: ${note}`] : []),
];
