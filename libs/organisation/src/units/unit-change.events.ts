import { z } from 'zod';
import { defineEvent } from '#lib/kernel';
import { UNIT_CHANGE_KINDS } from './unit-change.states';

const id = z.uuid();
const time = z.iso.datetime();
const change = { changeId: id, kind: z.enum(UNIT_CHANGE_KINDS) };
const units = { sources: z.array(id), targets: z.array(id) };

export const unitChangePrepared = defineEvent(
  'unit-change.prepared.v1',
  z.object({ ...change, ...units, orderedFor: time.nullable() }),
);
export const unitChangePlanned = defineEvent('unit-change.planned.v1', z.object({ ...change, items: z.int() }));
export const unitChangeConfirmed = defineEvent(
  'unit-change.confirmed.v1',
  z.object({ ...change, ...units, effectiveAt: time }),
);
export const unitChangeCancelled = defineEvent('unit-change.cancelled.v1', z.object(change));

// Told once, when the date has come; from `at` on. The names stand in the erasable part.
const effect = { changeId: id, at: time };
export const unitRenamed = defineEvent('unit.renamed.v1', z.object({ ...effect, unitId: id }));
export const unitMerged = defineEvent('unit.merged.v1', z.object({ ...effect, ...units }));
export const unitSplit = defineEvent('unit.split.v1', z.object({ ...effect, ...units }));
/** `targets`: units that took over products; nobody takes over what it asked for */
export const unitDissolved = defineEvent('unit.dissolved.v1', z.object({ ...effect, ...units }));
export const unitMoved = defineEvent(
  'unit.moved.v1',
  z.object({ ...effect, unitId: id, fromParentId: id.nullable(), toParentId: id }),
);
