// One file: the form is one table, read from top to bottom as it is asked.
import { line, text } from '#lib/kernel';
import { FORM } from '#lib/policy';
import { maskInput } from '#lib/sources';
import { z } from 'zod';
import { APPLICANT_QUESTIONS } from './applicant-questions';
import { asAddition, asBegin, asDetail, asLimit, asList, asMasks, asRows } from './comparison';
import { type CoarserField, maskInWords } from './generalisation';
import { code, column, columns, day, id } from './input-schemas';
import type { RequestFieldTable } from './request-field';
import { filterInWords, type RowFilter, rowFilter } from './row-filter';

const german = (date: string): string => date.split('-').reverse().join('.');
const units = (of: readonly string[]) => of.join(', ');

const ASKED = {
  /** what is asked for; the version in force when none is named */
  productId: {
    label: 'Datenprodukt',
    kind: 'oneOf',
    schema: id,
    section: 'given',
    binds: ['fact', 'term'],
    feeds: ['product'],
    clause: 'narrowed',
    words: () => null,
    ofProduct: true,
  },
  productVersionId: {
    label: 'Fassung',
    kind: 'oneOf',
    schema: id.optional(),
    section: 'given',
    binds: ['term'],
    clause: 'narrowed',
    words: () => null,
    ofProduct: true,
  },
  /** D.8 who asks: the office and its Vorhaben, not only a person */
  consumerUnitId: {
    label: 'Anfragende Stelle',
    kind: 'oneOf',
    choices: 'ownUnits',
    schema: id,
    section: 'purpose',
    binds: ['fact', 'term'],
    feeds: ['consumer', 'contract'],
    clause: 'narrowed',
  },
  project: {
    label: 'Vorhaben',
    hint: 'Für welche Aufgabe oder welches Projekt?',
    kind: 'line',
    schema: line(200, { least: 3, says: 'Bitte nennen Sie das Vorhaben.' }),
    section: 'purpose',
    binds: ['term'],
    clause: { under: 'Zweck' },
    erasable: true,
  },
  caseNumber: {
    label: 'Aktenzeichen',
    kind: 'line',
    schema: line(100, { says: 'Bitte nennen Sie das Aktenzeichen.' }).nullable().default(null),
    section: 'purpose',
    binds: ['term'],
    clause: { under: 'Zweck' },
    unsaid: '–',
    erasable: true,
  },
  /** D.1 purpose: a code from the list and one sentence */
  purposeCode: {
    label: 'Zweck',
    hint: '„Vorgesehen“ sind Zwecke, für die das Amt die Daten anbietet. Andere Zwecke werden strenger geprüft.',
    kind: 'oneOf',
    choices: 'purposes',
    empty: 'Bitte wählen',
    schema: code,
    section: 'purpose',
    binds: ['fact', 'term'],
    feeds: ['purpose.code', 'purpose.relation'],
    clause: { under: 'Zweck' },
  },
  /** which duty is meant, by its code in the register of duties; must and may be named with a purpose that means one */
  duty: {
    label: 'Gesetzliche Pflichtaufgabe',
    said: 'Pflichtaufgabe',
    hint: 'Nur wenn der Zweck eine gesetzliche Pflichtaufgabe ist: welche Ihrer Stelle? Fehlt sie, trägt die Geschäftsstelle sie ein.',
    kind: 'oneOf',
    choices: 'duties',
    empty: 'Keine',
    schema: code.nullable().optional(),
    section: 'purpose',
    binds: ['fact', 'term'],
    feeds: ['purpose.duty', 'purpose.relation'],
    clause: { under: 'Zweck' },
  },
  purposeText: {
    label: 'Zweck in einem Satz',
    hint: 'Was möchten Sie mit den Daten tun?',
    kind: 'text',
    schema: text(2000, { least: 10, says: 'Bitte beschreiben Sie den Zweck in einem Satz.' }),
    section: 'purpose',
    binds: ['fact', 'term'],
    feeds: ['purpose.textGiven'],
    clause: { under: 'Zweck' },
    erasable: true,
  },
  /** D.2 legal basis and, where the purpose changes, its ground; kinds of evidence that are announced count for nothing */
  legalBasis: {
    label: 'Rechtsgrundlage',
    hint: 'Zu Ihrem Zweck passen diese Rechtsgrundlagen.',
    kind: 'manyOf',
    widget: 'legalBases',
    choices: 'legalBases',
    schema: z.array(code).max(20, 'Höchstens 20 Rechtsgrundlagen.').default([]),
    section: 'purpose',
    binds: ['fact', 'term'],
    clause: 'narrowed',
    feeds: ['legalBasis'],
    unsaid: 'keine genannt',
  },
  /** documents uploaded before, by their ids; what they prove their records say */
  evidenceFiles: {
    label: 'Nachweise',
    said: 'Vorgelegte Nachweise',
    hint: 'Nur nötig, wenn die Vorprüfung einen verlangt. Laden Sie die Datei hoch, und kreuzen Sie an, was zu diesem Antrag gehört.',
    kind: 'manyOf',
    widget: 'documents',
    choices: 'evidenceFiles',
    schema: z
      .array(id)
      .max(20, 'Höchstens 20 Nachweise.')
      .refine((ids) => new Set(ids).size === ids.length, 'Ein Nachweis ist doppelt genannt.')
      .optional(),
    section: 'purpose',
    binds: ['fact', 'evidence'],
    feeds: ['evidence', 'keepableDays'],
    seenBy: 'die Prüfung der Nachweise',
  },
  evidence: {
    label: 'Diese Nachweise fehlen noch',
    said: 'Angekündigte Nachweise',
    hint: 'Bitte laden Sie zu jedem die Datei hoch, oder nehmen Sie das Häkchen weg. Ohne Datei zählt ein Nachweis nicht.',
    kind: 'manyOf',
    widget: 'announced',
    choices: 'evidence',
    schema: z.array(code).max(20, 'Höchstens 20 Nachweise.').default([]),
    section: 'purpose',
    binds: ['information'],
  },
  changeGround: {
    label: 'Grund, wenn sich der Zweck ändert',
    said: 'Grund für die Zweckänderung',
    kind: 'oneOf',
    choices: 'changeGrounds',
    empty: 'Kein anderer Zweck',
    schema: code.nullable().default(null),
    section: 'purpose',
    folded: true,
    binds: ['fact', 'term'],
    clause: { under: 'Zweck' },
    feeds: ['purpose.changeGround'],
  },
  /** D.4 columns */
  fields: {
    label: 'Felder',
    hint: 'Wählen Sie nur Felder, die Sie wirklich brauchen.',
    kind: 'manyOf',
    choices: 'columns',
    schema: columns,
    section: 'data',
    binds: ['fact', 'term'],
    feeds: ['fields', 'fieldClasses', 'beyondBmg34', 'ownerAddressOnly'],
    clause: 'narrowed',
    words: ({ fields = [], coarser = [] }: { fields?: string[]; coarser?: CoarserField[] }) =>
      fields.map((field) => inForm(field, coarser)).join(', '),
    ofProduct: true,
    compares: asList,
  },
  /** columns asked for in a coarser form the product declares; the others as they are */
  coarser: {
    label: 'Genügen gröbere Angaben?',
    said: 'Gröbere Angaben',
    hint: 'Wählen Sie die gröbste Angabe, mit der Sie arbeiten können. Gröbere Angaben sind oft eher zulässig.',
    kind: 'widget',
    widget: 'coarser',
    schema: z
      .array(z.strictObject({ field: column, mask: maskInput }))
      .max(500, 'Höchstens 500 Felder.')
      .optional(),
    section: 'data',
    binds: ['fact', 'term'],
    feeds: ['fields', 'fieldClasses'],
    clause: 'narrowed',
    // told with its field
    words: () => null,
    ofProduct: true,
    compares: asMasks,
    toldWith: 'fields',
  },
  /** the applicant insists on fields the purpose does not need (R-GEN-04) */
  insistsOnFields: {
    label: 'Ich brauche auch Felder, die der Zweck sonst nicht braucht',
    kind: 'tick',
    schema: z.boolean().default(false),
    section: 'data',
    binds: ['fact'],
    fact: 'insistsOnFields',
    compares: asAddition,
  },
  /** D.5 rows */
  rows: {
    label: 'Welche Zeilen?',
    said: 'Zeilen',
    hint: 'Ohne Bedingung bekommen Sie alle Zeilen. Mehrere Bedingungen gelten zusammen.',
    kind: 'widget',
    widget: 'rows',
    schema: rowFilter.nullable().default(null),
    section: 'data',
    binds: ['fact', 'term'],
    feeds: ['singlesOut'],
    clause: 'narrowed',
    words: ({ rows }: { rows?: RowFilter | null }) => filterInWords(rows),
    ofProduct: true,
    compares: asRows,
  },
  /** D.6 detail */
  form: {
    label: 'Wie genau müssen die Daten sein?',
    said: 'Genauigkeit',
    kind: 'oneOf',
    choices: 'form',
    radios: true,
    schema: z.enum(FORM, 'Bitte wählen Sie, wie genau die Daten sein müssen.'),
    section: 'data',
    binds: ['fact', 'term'],
    clause: 'narrowed',
    feeds: ['form'],
    compares: asDetail,
  },
  /** why single rows are needed although an aggregate serves the purpose (R-GEN-05) */
  necessity: {
    label: 'Warum brauchen Sie Einzeldaten?',
    said: 'Warum Einzeldaten',
    hint: 'Nur nötig, wenn zusammengefasste Daten nicht genügen.',
    kind: 'text',
    schema: text(2000, { least: 10, says: 'Bitte begründen Sie, warum Einzeldaten nötig sind.' })
      .nullable()
      .default(null),
    section: 'data',
    binds: ['fact', 'term'],
    clause: { under: 'Zweck' },
    feeds: ['necessityGiven'],
  },
  /** D.3 first and last day of use, both included */
  from: {
    label: 'Erster Tag',
    said: 'Zeitraum',
    kind: 'date',
    schema: day,
    section: 'use',
    beside: true,
    binds: ['fact', 'term'],
    feeds: ['periodGiven', 'periodMonths', 'periodDays'],
    clause: 'narrowed',
    words: ({ from = '', until = '' }: { from?: string; until?: string }) => `${german(from)} bis ${german(until)}`,
    compares: asBegin,
  },
  until: {
    label: 'Letzter Tag',
    kind: 'date',
    schema: day,
    section: 'use',
    binds: ['fact', 'term'],
    feeds: ['periodGiven', 'periodMonths', 'periodDays', 'keepableDays'],
    clause: 'narrowed',
    words: () => null,
    compares: asLimit,
    toldWith: 'from',
  },
  retentionDays: {
    label: 'Löschen nach (Tage)',
    said: 'Löschen nach',
    hint: 'Wann löschen Sie die Daten nach dem Abruf?',
    kind: 'number',
    unit: 'Tagen',
    schema: z
      .number()
      .int('Bitte geben Sie ganze Tage an.')
      .min(1, 'Mindestens ein Tag.')
      .max(36_500)
      .nullable()
      .default(null),
    section: 'use',
    binds: ['fact', 'term', 'obligation'],
    obligation: 'O-RETAIN',
    feeds: ['retentionDays'],
    clause: 'narrowed',
    unsaid: '–',
    compares: asLimit,
  },
  /** functional names inside the asking office, never persons */
  recipients: {
    label: 'Wer arbeitet mit den Daten?',
    said: 'Empfänger',
    hint: 'Sachgebiete, eines je Zeile. Bitte keine Personennamen.',
    kind: 'lines',
    schema: z
      .array(line(200, { least: 2, says: 'Bitte nennen Sie das Sachgebiet.' }))
      .max(50, 'Höchstens 50 Empfänger.')
      .default([]),
    section: 'use',
    binds: ['term'],
    clause: 'narrowed',
    unsaid: 'keine weiteren genannt',
    compares: asList,
  },
  processorUnitId: {
    label: 'Dienstleister, der für Sie verarbeitet',
    hint: 'Für Daten, die nicht offen sind, muss ein Vertrag zur Auftragsverarbeitung im Register stehen, der diese Daten nennt und bis zur Löschung gilt.',
    said: 'Dienstleister',
    kind: 'oneOf',
    choices: 'otherUnits',
    empty: 'Keiner',
    schema: id.nullable().default(null),
    section: 'use',
    folded: true,
    binds: ['fact', 'term'],
    feeds: ['onwardRecipients', 'recipient'],
    clause: 'narrowed',
    compares: asAddition,
  },
  /** the office on whose instructions the asking unit works (Art. 28 GDPR): it asks as a processor, without a purpose of its own */
  onBehalfOfUnitId: {
    label: 'Sie verarbeiten im Auftrag',
    said: 'Im Auftrag von',
    hint: 'Nur wenn Ihre Stelle für eine andere Stelle und nur nach deren Weisung arbeitet (Auftragsverarbeitung). Dann zählt deren Zweck, und diese Stelle bestätigt zuerst den Antrag und dann die Vereinbarung.',
    kind: 'oneOf',
    choices: 'otherUnits',
    empty: 'Nein, für eigene Aufgaben',
    schema: id.nullable().optional(),
    section: 'use',
    folded: true,
    binds: ['fact', 'term'],
    clause: { under: 'Zweck' },
    feeds: ['consumer.kind', 'consumer.worksFor', 'recipient', 'contract'],
    words: ({ onBehalfOfUnitId: of }: { onBehalfOfUnitId?: string | null }, names) =>
      of ? `${names('otherUnits', of)} (Auftragsverarbeitung)` : '',
  },
  /** other units that are to get the data; each needs a request of its own (R-GEN-10) */
  onwardUnitIds: {
    label: 'Weitergabe an eine andere Stelle',
    said: 'Weitergabe gewünscht an',
    hint: 'Jede dieser Stellen stellt einen eigenen Antrag. Die Vereinbarung über diesen Antrag erlaubt die Weitergabe nicht.',
    kind: 'manyOf',
    widget: 'onward',
    choices: 'otherUnits',
    empty: 'Keine',
    schema: z.array(id).max(20, 'Höchstens 20 Stellen.').default([]),
    section: 'use',
    folded: true,
    binds: ['fact', 'term'],
    // never a word that grants what the obligations forbid
    clause: { under: 'Empfänger', about: 'Keine Weitergabe ohne eigenen Antrag an' },
    feeds: ['onwardRecipients'],
    words: ({ onwardUnitIds: of = [] }: { onwardUnitIds?: string[] }, names) =>
      units(of.map((one) => names('otherUnits', one))),
    compares: asList,
  },
  /** D.7 references to documents (DSFA, AVV, Vermerk) */
  attachments: {
    label: 'Fundstelle aus dem früheren Antrag',
    said: 'Anlage',
    hint: 'Nur Auskunft. Als Nachweis zählt nur eine hochgeladene Datei.',
    kind: 'widget',
    widget: 'attachments',
    choices: 'evidence',
    schema: z
      .array(
        z.strictObject({
          kind: code,
          title: line(200, { says: 'Bitte nennen Sie das Dokument.' }),
          reference: line(500, { says: 'Bitte nennen Sie die Fundstelle.' }),
          /** last day on which the document holds; absent: it has no end */
          validUntil: day.optional(),
        }),
      )
      .max(20, 'Höchstens 20 Anlagen.')
      .default([]),
    section: 'use',
    folded: true,
    binds: ['information'],
    words: ({ attachments = [] }: { attachments?: { title: string; reference: string; validUntil?: string }[] }) =>
      attachments.map(
        ({ title, reference, validUntil }) =>
          `${title} (${reference}), nur Fundstelle${validUntil ? `, gilt bis ${german(validUntil)}` : ''}`,
      ),
  },
} as const satisfies RequestFieldTable;

/** The form of a request, D.1 to D.8, in the order in which one thinks about it. */
export const REQUEST_FIELDS = { ...ASKED, ...APPLICANT_QUESTIONS };

function inForm(field: string, coarser: readonly CoarserField[]): string {
  const mask = coarser.find((one) => one.field === field)?.mask;
  return mask ? `${field} (${maskInWords(mask)})` : field;
}
