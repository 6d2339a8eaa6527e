import { line, name as nameOf } from '#lib/kernel';
import { z } from 'zod';
import { ITEM_KINDS } from './unit-change.states';
import { UNIT_KINDS } from './unit.entity';

const common = {
  /** number of the order the change rests on */
  basis: line(200, { says: 'Bitte nennen Sie die Organisationsverfügung.' }),
  /** when it takes effect; without it: with the confirmation */
  orderedFor: z.iso.datetime({ offset: true }).optional(),
};
const name = nameOf(200);
/** A unit that exists, or one that comes into being with the change. */
const target = z.union([
  z.strictObject({ unitId: z.uuid() }),
  z.strictObject({
    key: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/, 'Bitte nur kleine Buchstaben, Ziffern und Bindestriche.'),
    name,
    kind: z.enum(UNIT_KINDS),
    parentId: z.uuid().nullable().default(null),
    competition: z.boolean().default(false),
    nis2: z.boolean().default(false),
  }),
]);

export const unitChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('RENAME'), unitId: z.uuid(), name }),
  z.strictObject({ ...common, kind: z.literal('MERGE'), unitIds: z.array(z.uuid()).min(1).max(20), into: target }),
  /** `records`: place in `into` of the unit that keeps the files nobody else takes over */
  z.strictObject({
    ...common,
    kind: z.literal('SPLIT'),
    unitId: z.uuid(),
    into: z.array(target).min(2).max(20),
    records: z.int().min(0).default(0),
  }),
  /** `productsTo`: units that take over its products */
  z.strictObject({
    ...common,
    kind: z.literal('DISSOLVE'),
    unitId: z.uuid(),
    productsTo: z.array(z.uuid()).max(20).default([]),
  }),
  z.strictObject({ ...common, kind: z.literal('MOVE'), unitId: z.uuid(), parentId: z.uuid() }),
]);
export type UnitChangeInput = z.input<typeof unitChangeSchema>;
export type UnitChangeOrder = z.output<typeof unitChangeSchema>;
export type TargetOrder = z.output<typeof target>;

export const unitChangeItemsSchema = z
  .array(z.strictObject({ kind: z.enum(ITEM_KINDS), item: line(500), toUnit: z.uuid() }))
  .min(1)
  .max(2000);
export type UnitChangeItemsInput = z.input<typeof unitChangeItemsSchema>;
