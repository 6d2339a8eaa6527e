import { z } from 'zod';
import { FIELD_CLASS, type FieldClass } from '#lib/policy';
import { type Mask, maskSchema } from '#lib/sources';
import { line, text } from './text';

/**
 * A coarser form of a field an applicant may ask for: a mask, the class the field then has (its own if not said), and
 * words for it where the mask alone says too little (`Altersgruppe von zehn Jahren`).
 */
export type Generalisation = Mask & { class?: FieldClass; name?: string };
const declared = { class: z.enum(FIELD_CLASS).optional(), name: line(80).optional() };
const [first, ...rest] = maskSchema.options.map((option) => (option as z.ZodObject).extend(declared).strict());
export const generalisationSchema = z.union([first!, ...rest]) as unknown as z.ZodType<Generalisation, Generalisation>;

/** What the gate carries out of it. */
export function maskOf({ class: _class, name: _name, ...mask }: Generalisation): Mask {
  return mask;
}

/** Statutes that name the fields they allow to pass: BMG § 34(1); AO § 31(3), names and addresses of land owners. */
export const FIELD_LISTS = ['BMG_34_1', 'AO_31_3'] as const;
export type FieldList = (typeof FIELD_LISTS)[number];

export const fieldsSchema = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(200),
      class: z.enum(FIELD_CLASS),
      meaning: text(1000),
      unit: line(40).nullable().optional(),
      mask: maskSchema.nullable().optional(),
      generalisations: z.array(generalisationSchema).max(10).optional(),
      /** statutes that name this field; left out: as it was */
      listedIn: z.array(z.enum(FIELD_LISTS)).max(FIELD_LISTS.length).optional(),
      /** why the class is lower than the scan suggests */
      reason: line(500).nullable().optional(),
    }),
  )
  .min(1)
  .max(20_000);
export type FieldInput = z.input<typeof fieldsSchema>[number];
