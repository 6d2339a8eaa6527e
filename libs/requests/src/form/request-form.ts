import { FORM } from '#lib/policy';
import { maskSchema } from '#lib/sources';
import { z } from 'zod';
import { rowFilter } from './row-filter';

const id = z.uuid('Bitte wählen Sie einen Eintrag aus der Liste.');
const code = z.string().regex(/^[A-Z\d][A-Z\d_]{0,59}$/, 'Bitte wählen Sie einen Eintrag aus der Liste.');
// eslint-disable-next-line no-control-regex -- control characters have no place in a text for people, and PostgreSQL takes no NUL
const CONTROL = /[\u0000-\u0008\v\f\u000e-\u001f\u007f]/;
const text = (least: number, most: number, says: string) =>
  z
    .string(says)
    .transform((value) => value.toWellFormed().normalize('NFC').replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .min(least, says)
        .max(most, `Bitte höchstens ${most} Zeichen.`)
        .refine((value) => !CONTROL.test(value), 'Der Text enthält Steuerzeichen.'),
    );
/** A day of the calendar, `2026-12-31`, in Wiesbaden's time. PostgreSQL turns it into an instant. */
export const day = z.iso.date('Bitte geben Sie ein Datum an, zum Beispiel 2026-12-31.');
/** A text of a person to another: question, answer, reason. */
export const message = text(3, 5000, 'Bitte schreiben Sie einen Text.');

const fields = {
  /** what is asked for; the version in force when none is named */
  productId: id,
  productVersionId: id.optional(),
  /** D.8 who asks: the office and its Vorhaben, not only a person */
  consumerUnitId: id,
  project: text(3, 200, 'Bitte nennen Sie das Vorhaben.'),
  caseNumber: text(1, 100, 'Bitte nennen Sie das Aktenzeichen.').nullable().default(null),
  /** D.1 purpose: a code from the list and one sentence */
  purposeCode: code,
  purposeText: text(10, 2000, 'Bitte beschreiben Sie den Zweck in einem Satz.'),
  /** D.2 legal basis and, where the purpose changes, its ground; evidence kinds that can be shown */
  legalBasis: z.array(code).max(20, 'Höchstens 20 Rechtsgrundlagen.').default([]),
  changeGround: code.nullable().default(null),
  evidence: z.array(code).max(20, 'Höchstens 20 Nachweise.').default([]),
  /** D.3 first and last day of use, both included */
  from: day,
  until: day,
  /** D.4 columns */
  fields: z
    .array(z.string().min(1).max(200))
    .min(1, 'Bitte wählen Sie mindestens ein Feld.')
    .max(500, 'Höchstens 500 Felder.')
    .refine((names) => new Set(names).size === names.length, 'Ein Feld ist doppelt genannt.'),
  /** columns asked for in a coarser form the product declares; the others as they are */
  coarser: z
    .array(z.strictObject({ field: z.string().min(1).max(200), mask: maskSchema }))
    .max(500, 'Höchstens 500 Felder.')
    .optional(),
  /** the applicant insists on fields the purpose does not need (R-GEN-04) */
  insistsOnFields: z.boolean().default(false),
  /** D.5 rows */
  rows: rowFilter.nullable().default(null),
  /** D.6 detail */
  form: z.enum(FORM, 'Bitte wählen Sie, wie genau die Daten sein müssen.'),
  /** why single rows are needed although an aggregate serves the purpose (R-GEN-05) */
  necessity: text(10, 2000, 'Bitte begründen Sie, warum Einzeldaten nötig sind.').nullable().default(null),
  /** functional names inside the asking office, never persons */
  recipients: z
    .array(text(2, 200, 'Bitte nennen Sie das Sachgebiet.'))
    .max(50, 'Höchstens 50 Empfänger.')
    .default([]),
  /** other units that are to get the data; each needs a request of its own (R-GEN-10) */
  onwardUnitIds: z.array(id).max(20, 'Höchstens 20 Stellen.').default([]),
  processorUnitId: id.nullable().default(null),
  /** the office on whose instructions the asking unit works (Art. 28 GDPR): it asks as a processor, without a purpose of its own */
  onBehalfOfUnitId: id.nullable().optional(),
  retentionDays: z
    .number()
    .int('Bitte geben Sie ganze Tage an.')
    .min(1, 'Mindestens ein Tag.')
    .max(36_500)
    .nullable()
    .default(null),
  /** D.7 references to documents (DSFA, AVV, Vermerk) */
  attachments: z
    .array(
      z.strictObject({
        kind: code,
        title: text(1, 200, 'Bitte nennen Sie das Dokument.'),
        reference: text(1, 500, 'Bitte nennen Sie die Fundstelle.'),
        /** last day on which the document holds; absent: it has no end */
        validUntil: day.optional(),
      }),
    )
    .max(20, 'Höchstens 20 Anlagen.')
    .default([]),
  /** what only the applicant can know; false unless declared, or the stricter answer where `declared.ts` says so */
  declarations: z
    .strictObject({
      holdsKey: z.boolean().default(false),
      thirdCountry: z.boolean().default(false),
      automatedDecision: z.boolean().default(false),
      linksPersonalProducts: z.boolean().default(false),
      nonProduction: z.boolean().default(false),
      /** both sides fix purposes and means together (Art. 26 GDPR) */
      jointControl: z.boolean().optional(),
      /** asked for some products only, see `declared.ts` */
      exclusive: z.boolean().optional(),
      reidentification: z.boolean().optional(),
      singleCase: z.boolean().optional(),
      groupOfPersons: z.boolean().optional(),
      personnelDecisions: z.boolean().optional(),
      salesArm: z.boolean().optional(),
    })
    .prefault({}),
};

/** The form of a request, D.1 to D.8. Unknown members are refused. */
export const requestForm = z.strictObject(fields).refine((form) => form.from <= form.until, {
  path: ['until'],
  message: 'Das Ende liegt vor dem Anfang.',
});

/** A form still being filled in: enough to say what would be decided. What is missing counts as not given. */
export const partialForm = z.strictObject(fields).partial().required({ productId: true, consumerUnitId: true });

export type RequestForm = z.output<typeof requestForm>;
export type RequestFormInput = z.input<typeof requestForm>;
export type PartialRequestForm = z.output<typeof partialForm>;
export type PartialRequestFormInput = z.input<typeof partialForm>;

/** Conditions of an approver. Each can only narrow what was asked for. */
export const conditions = z.strictObject({
  fields: z.array(z.string().min(1).max(200)).min(1, 'Mindestens ein Feld muss bleiben.').max(500).optional(),
  /** fields that come in a coarser form the product declares */
  coarser: z
    .array(z.strictObject({ field: z.string().min(1).max(200), mask: maskSchema }))
    .min(1)
    .max(500)
    .optional(),
  rows: rowFilter.optional(),
  until: day.optional(),
  recipients: z.array(z.string().min(1).max(200)).max(50).optional(),
  retentionDays: z.number().int().min(1).max(36_500).optional(),
  /** a condition in words; it stands in the agreement */
  note: text(3, 2000, 'Bitte schreiben Sie einen Text.').optional(),
});
export type Conditions = z.output<typeof conditions>;
export type ConditionsInput = z.input<typeof conditions>;
