import { defineStates, type StoredStateOf } from '#lib/kernel';

/** What can happen to units. MERGE has one target, new or one that goes on; SPLIT ends its unit, MOVE and RENAME do not. */
export const UNIT_CHANGE_KINDS = ['RENAME', 'MERGE', 'SPLIT', 'DISSOLVE', 'MOVE'] as const;
export type UnitChangeKind = (typeof UNIT_CHANGE_KINDS)[number];
export const UNIT_CHANGE_KIND_LABEL: Record<UnitChangeKind, string> = {
  RENAME: 'Umbenennung',
  MERGE: 'Zusammenlegung',
  SPLIT: 'Teilung',
  DISSOLVE: 'Auflösung',
  MOVE: 'Neue Zuordnung',
};

/** One person prepares, another confirms (SOD-4). What is confirmed stands: another order undoes it. */
export const unitChangeStates = defineStates({
  PREPARED: { label: 'Vorbereitet', to: { confirm: 'CONFIRMED', cancel: 'CANCELLED' } },
  CONFIRMED: { label: 'Bestätigt', to: {} },
  CANCELLED: { label: 'Verworfen', to: {} },
});
export type UnitChangeState = StoredStateOf<typeof unitChangeStates>;

/** What of an ending unit goes to a unit of its own choice. A request takes its agreement along. */
export const ITEM_KINDS = ['PRODUCT', 'REQUEST', 'CLIENT', 'UNIT'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];
