import { line, text } from '#lib/kernel';
import { maskInput } from '#lib/sources';
import { z } from 'zod';
import { EMERGENCY_FIELDS } from './emergency-fields';
import { column, day } from './input-schemas';
import { shapeOfForm } from './request-field';
import { REQUEST_FIELDS } from './request-fields';
import { rowFilter } from './row-filter';

const fields = shapeOfForm(REQUEST_FIELDS);

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

const { declarations: _none, ...asked } = shapeOfForm(EMERGENCY_FIELDS);
/** What the first of two people asks for in an emergency. */
export const emergencyForm = z.strictObject(asked);
export type EmergencyFormInput = z.input<typeof emergencyForm>;
/** The same, about the version in force. */
export type EmergencyForm = z.output<typeof emergencyForm> & { productVersionId: string };

/** Conditions of an approver. Each can only narrow what was asked for. */
export const conditions = z.strictObject({
  fields: z.array(column).min(1, 'Mindestens ein Feld muss bleiben.').max(500).optional(),
  /** fields that come in a coarser form the product declares */
  coarser: z
    .array(z.strictObject({ field: column, mask: maskInput }))
    .min(1)
    .max(500)
    .optional(),
  rows: rowFilter.optional(),
  until: day.optional(),
  recipients: z.array(line(200)).max(50).optional(),
  retentionDays: z.number().int().min(1).max(36_500).optional(),
  /** a condition in words; it stands in the agreement */
  note: text(2000, { least: 3, says: 'Bitte schreiben Sie einen Text.' }).optional(),
});
export type Conditions = z.output<typeof conditions>;
export type ConditionsInput = z.input<typeof conditions>;
