import { z } from 'zod';
import { METADATA } from './metadata';
import { fixedNames, patchSchemaOf } from './metadatum';

/** What is decided on: changes by a new release only. Everything else may change while a product is released. */
export const DECISIVE: readonly string[] = fixedNames(METADATA);

export const patchSchema = patchSchemaOf(METADATA);
export type ProductPatch = z.input<typeof patchSchema>;

const { title, summary, description } = METADATA;
export const draftSchema = z.strictObject({
  providerUnitId: z.uuid(),
  key: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,60}$/, 'Kleinbuchstaben, Ziffern und Bindestriche.')
    .optional(),
  title: title.schema,
  summary: summary.schema,
  description: description.schema.default(''),
});
export type DraftInput = z.input<typeof draftSchema>;
