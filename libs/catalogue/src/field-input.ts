import { z } from 'zod';
import { FIELD_CLASS } from '#lib/policy';
import { maskSchema } from '#lib/sources';
import { line, text } from './text';

export const fieldsSchema = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(200),
      class: z.enum(FIELD_CLASS),
      meaning: text(1000),
      unit: line(40).nullable().optional(),
      mask: maskSchema.nullable().optional(),
      generalisations: z.array(maskSchema).max(10).optional(),
      /** why the class is lower than the scan suggests */
      reason: line(500).nullable().optional(),
    }),
  )
  .min(1)
  .max(20_000);
export type FieldInput = z.input<typeof fieldsSchema>[number];
