// One file: what is told of a product, of its versions and of an upload on its way to one.
import { z } from 'zod';
import { FIELD_CLASS, OPENNESS, PERSONAL_REF } from '#lib/policy';
import { COLUMN_TYPES, maskSchema, recognitionSchema } from '#lib/sources';
import { cardSchema } from './card';
import { FIELD_LISTS, generalisationSchema } from './field-input';
import { METADATA } from './metadata';
import { columnShape, RUNGS } from './metadatum';
import { LOWERING_OPINIONS } from './lowering-opinion.entity';
import { STATISTICS_RELEASES } from './statistics-release.entity';
import { productStates } from './product.states';

export const field = z.strictObject({
  name: z.string(),
  type: z.enum(COLUMN_TYPES),
  /** type in the Parquet file */
  stored: z.string(),
  meaning: z.string(),
  unit: z.string().nullable(),
  /** SECRET until a person has confirmed the class */
  class: z.enum(FIELD_CLASS),
  confirmed: z.boolean(),
  classReason: z.string().nullable(),
  suggestedClass: z.enum(FIELD_CLASS),
  suggestedBecause: z.string().nullable(),
  mask: maskSchema.nullable(),
  /** coarser forms an applicant may ask for instead */
  generalisations: z.array(generalisationSchema),
  /** statutes that name this field */
  listedIn: z.array(z.enum(FIELD_LISTS)),
});
export type Field = z.output<typeof field>;

/** Without the hash of its data: with it, whoever may read the page could try out what a hidden value is. */
export const productVersion = z.strictObject({
  id: z.uuid(),
  productId: z.uuid(),
  number: z.int(),
  rows: z.int(),
  createdAt: z.date(),
  /** null while its fields may still change */
  frozenAt: z.date().nullable(),
  /** as what the Statistikstelle released it */
  releasedAs: z.array(z.enum(STATISTICS_RELEASES)),
  fields: z.array(field),
});
export type ProductVersion = z.output<typeof productVersion>;

/** What a hit list shows. Metadata only; it says nothing of the data itself. */
export const productSummary = z.strictObject({
  id: z.uuid(),
  key: z.string().nullable(),
  title: z.string(),
  summary: z.string(),
  providerUnitId: z.uuid(),
  providerName: z.string(),
  state: z.enum(productStates.stored),
  openness: z.enum(OPENNESS).nullable(),
  personalRef: z.enum(PERSONAL_REF).nullable(),
  themes: z.array(z.string()),
  keywords: z.array(z.string()),
  modifiedAt: z.date(),
});
export type ProductSummary = z.output<typeof productSummary>;

/** What changing a product answers: the revision the next change must name. */
export const changed = z.strictObject({
  productId: z.uuid(),
  revision: z.int(),
  state: z.enum(productStates.stored),
});
export type Changed = z.output<typeof changed>;

/** After a change of what is said: also what the program can not carry out of it, in German, before anybody asks. */
export const described = z.strictObject({ ...changed.shape, notices: z.array(z.string()) });
export type DescribedProduct = z.output<typeof described>;

/** One missing or impossible statement, for the completeness meter and the error summary. */
export const missing = z.strictObject({
  pointer: z.string(),
  rung: z.enum(RUNGS),
  /** German name of the field, as on the form */
  label: z.string(),
  detail: z.string(),
});
export type Missing = z.output<typeof missing>;

export const suggestion = z.strictObject({
  class: z.enum(FIELD_CLASS),
  /** German, shown beside the field; null when nothing was found */
  because: z.string().nullable(),
});
export type Suggestion = z.output<typeof suggestion>;

export const uploadPreview = z.strictObject({
  uploadId: z.uuid(),
  fileName: z.string(),
  recognition: recognitionSchema,
  /** per column, in order */
  suggestions: z.array(suggestion),
});
export type UploadPreview = z.output<typeof uploadPreview>;

export const confirmedUpload = z.strictObject({
  productId: z.uuid(),
  versionId: z.uuid(),
  number: z.int(),
  rows: z.int(),
  /** false: other fields than before, so the owner releases it first */
  current: z.boolean(),
  revision: z.int(),
});
export type ConfirmedUpload = z.output<typeof confirmedUpload>;

/** An opinion on a lowered classification: asked, or given. */
export const loweringLine = z.strictObject({
  id: z.uuid(),
  productId: z.uuid(),
  productTitle: z.string(),
  providerUnitName: z.string(),
  role: z.enum(['DSB', 'STAT']),
  /** what is lowered, in German */
  lines: z.array(z.string()),
  askedAt: z.date(),
  opinion: z.enum(LOWERING_OPINIONS).nullable(),
  text: z.string().nullable(),
  givenAt: z.date().nullable(),
  /** why the owner released against it */
  reasons: z.string().nullable(),
});
export type LoweringLine = z.output<typeof loweringLine>;

/** What waits to be released. */
export interface ReleaseLine {
  productId: string;
  productTitle: string;
  providerUnitName: string;
  /** of a product in use, the version with other fields; null: the product as a whole was given for release */
  versionNumber: number | null;
  /** of the last change */
  since: Date;
}

/** All that is said of a product; null means "not stated yet", which is never the same as "no". */
export const productView = z.strictObject({
  ...productSummary.omit({ providerName: true }).shape,
  ...columnShape(METADATA),
  revision: z.int(),
  card: cardSchema,
  currentVersionId: z.uuid().nullable(),
  editedBy: z.array(z.uuid()),
  releasedBy: z.uuid().nullable(),
  createdAt: z.date(),
  version: productVersion.nullable(),
  /** what is missing before the next rung */
  missing: z.strictObject({ visible: z.array(missing), requestable: z.array(missing) }),
});
