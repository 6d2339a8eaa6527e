import { z } from 'zod';
import { line } from '#lib/kernel';
import { FIELD_CLASS, type FieldClass } from '#lib/policy';
import { type Mask, maskInput, maskSchema } from '#lib/sources';

/**
 * A coarser form of a field an applicant may ask for: a mask, the class the field then has (its own if not said), and
 * words for it where the mask alone says too little (`Altersgruppe von zehn Jahren`).
 */
export type Generalisation = Mask & { class?: FieldClass; name?: string };
const declared = { class: z.enum(FIELD_CLASS).optional(), name: line(80).optional() };
const [first, ...rest] = maskInput.options.map((option) => (option as z.ZodObject).extend(declared).strict());
export const generalisationSchema = z.union([first!, ...rest]) as unknown as z.ZodType<Generalisation, Generalisation>;

/** What the gate carries out of it. */
export function maskOf({ class: _class, name: _name, ...mask }: Generalisation): Mask {
  return maskSchema.parse(mask);
}

/** Statutes that name the fields they allow to pass: BMG § 34(1); AO § 31(3), names and addresses of land owners. */
export const FIELD_LISTS = ['BMG_34_1', 'AO_31_3'] as const;
export type FieldList = (typeof FIELD_LISTS)[number];
