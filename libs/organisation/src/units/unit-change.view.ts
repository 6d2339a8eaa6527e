import { isoTime } from '#lib/kernel';
import { z } from 'zod';
import { ITEM_KINDS, UNIT_CHANGE_KINDS, unitChangeStates } from './unit-change.states';
import { UNIT_KINDS } from './unit.entity';

/** A unit as a change names it. */
export const changedUnit = z.strictObject({
  unitId: z.uuid(),
  name: z.string(),
  kind: z.enum(UNIT_KINDS),
  /** comes into being with the change */
  isNew: z.boolean(),
});
export type ChangedUnit = z.output<typeof changedUnit>;

/** One change as the administration reads it. Times are ISO 8601. */
export const unitChangeView = z.strictObject({
  id: z.uuid(),
  kind: z.enum(UNIT_CHANGE_KINDS),
  kindName: z.string(),
  state: z.enum(unitChangeStates.stored),
  stateName: z.string(),
  basis: z.string(),
  /** the moment the order names; null: from the confirmation on */
  orderedFor: isoTime.nullable(),
  /** when it takes or took effect; null until confirmed */
  effectiveAt: isoTime.nullable(),
  tookEffectAt: isoTime.nullable(),
  newName: z.string().nullable(),
  newParentName: z.string().nullable(),
  recordsUnitId: z.uuid().nullable(),
  sources: z.array(changedUnit),
  targets: z.array(changedUnit),
  items: z.array(
    z.strictObject({
      kind: z.enum(ITEM_KINDS),
      item: z.string(),
      toUnit: z.uuid(),
    }),
  ),
  preparedBy: z.uuid(),
  preparedByName: z.string(),
  confirmedByName: z.string().nullable(),
});
export type UnitChangeView = z.output<typeof unitChangeView>;

/** Where a unit stands in the course of time. */
export const unitHistory = z.strictObject({
  unitId: z.uuid(),
  name: z.string(),
  /** ISO 8601, half-open; null: to this day */
  validFrom: isoTime,
  validTo: isoTime.nullable(),
  /** names it had before, oldest first */
  formerNames: z.array(
    z.strictObject({
      name: z.string(),
      from: isoTime,
      until: isoTime,
    }),
  ),
  /** who wholly stands in its place now; null while it exists, or when nobody does */
  standsFor: z
    .strictObject({
      unitId: z.uuid(),
      name: z.string(),
    })
    .nullable(),
});
export type UnitHistory = z.output<typeof unitHistory>;
