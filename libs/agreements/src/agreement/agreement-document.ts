import { canonicalJson, withoutUnseen } from '#lib/kernel';
import { z } from 'zod';

/** Whose words a quotation holds. */
export const SPEAKER = {
  CONSUMER: 'Die empfangende Stelle',
  PROVIDER: 'Die gebende Stelle',
  DECIDERS: 'Die freigebenden Stellen',
} as const;
export type Speaker = keyof typeof SPEAKER;

/**
 * What stands under a heading, one after the other: our sentence, a point of our list, or somebody's own words with who
 * says them and on what. Only a quotation has several lines.
 */
export const agreementItem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sentence'), text: z.string() }),
  z.strictObject({ kind: z.literal('point'), text: z.string() }),
  z.strictObject({
    kind: z.literal('quotation'),
    speaker: z.enum(Object.keys(SPEAKER) as [Speaker, ...Speaker[]]),
    /** what the words answer, `Vorhaben`; null: they stand for themselves */
    about: z.string().nullable(),
    text: z.string(),
  }),
]);
export type AgreementItem = z.output<typeof agreementItem>;

export const agreementDocument = z.strictObject({
  /** kind of the document and its number */
  title: z.string(),
  number: z.string(),
  clauses: z.array(z.strictObject({ id: z.string(), title: z.string(), items: z.array(agreementItem) })),
});
/** What both sides agree to. The order of its clauses numbers them; nothing anybody wrote is a clause. */
export type AgreementDocument = z.output<typeof agreementDocument>;

const oneLine = (text: string): string => withoutUnseen(text.replace(/\s+/gu, ' ')).trim().toWellFormed();

export const sentence = (text: string): AgreementItem => ({ kind: 'sentence', text: oneLine(text) });
export const points = (texts: readonly string[]): AgreementItem[] =>
  texts.map((text) => ({ kind: 'point', text: oneLine(text) }));
export const quotation = (speaker: Speaker, about: string | null, text: string): AgreementItem => ({
  kind: 'quotation',
  speaker,
  about: about === null ? null : oneLine(about),
  // a paragraph stays one; what a terminal or an old program takes for a line end becomes one that we see
  text: text
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/u)
    .map((line) => withoutUnseen(line.replace(/\t/g, ' ')).trimEnd())
    .join('\n')
    .toWellFormed(),
});

/** `Die empfangende Stelle schreibt zu „Vorhaben“:` */
export const introduced = ({ speaker, about }: { speaker: Speaker; about: string | null }): string =>
  `${SPEAKER[speaker]} ${speaker === 'DECIDERS' ? 'schreiben' : 'schreibt'}${about === null ? '' : ` zu „${about}“`}:`;

/** Stands before every line of somebody's own words and before none of ours. */
const QUOTED = '  > ';

function linesOf(item: AgreementItem): string[] {
  switch (item.kind) {
    case 'sentence':
      return [item.text];
    case 'point':
      return [`- ${item.text}`];
    case 'quotation':
      return [introduced(item), ...item.text.split('\n').map((line) => `${QUOTED}${line}`)];
  }
}

/** The document as plain text, for letters and for who reads without a page. It says nothing the structure does not. */
export function documentText({ title, number, clauses }: AgreementDocument): string {
  const parts = clauses.map(({ title: heading, items }, at) =>
    [`${at + 1}. ${heading}`, ...items.flatMap(linesOf)].join('\n'),
  );
  return `${[`${title}\n${number}`, ...parts].join('\n\n')}\n`;
}

/** The bytes both sides' seal is over: canonical JSON of the structure. */
export const sealedForm = (document: AgreementDocument): string => canonicalJson(document);
