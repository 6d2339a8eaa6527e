import type { Touched, UnitChangePreview } from '#lib/reorganisation';
import { ITEM_KINDS, type ItemKind, type UnitChangeItemsInput, type UnitChangeKind } from '#lib/organisation';
import { type FormBody, one, wholeNumber } from '../../../layout/form-body';

/** One thing of an ending unit that somebody decides about: who takes it over. */
export interface Assignable extends Pick<Touched, 'id' | 'name' | 'toUnitId'> {
  kind: ItemKind;
}

/** As the preview words the side of somebody who gives: such a request goes with its product. */
const GIVING = 'als gebende Stelle';

/** What the plan of this change has to name. Where all goes to one unit, or nothing ends, there is nothing to name. */
export function assignables(kind: UnitChangeKind, sources: UnitChangePreview['sources']): Assignable[] {
  if (kind !== 'SPLIT' && kind !== 'DISSOLVE') return [];
  const found = sources.flatMap(({ products, requests, agreements, machineClients, departments }) => [
    ...products.items.map((item) => ({ item, as: 'PRODUCT' as const })),
    // nobody takes over what a dissolved unit asked for; an agreement goes with its request
    ...(kind === 'SPLIT'
      ? [...requests.items, ...agreements.items]
          .filter(({ note }) => note !== GIVING)
          .map((item) => ({ item, as: 'REQUEST' as const }))
      : []),
    ...departments.items.map((item) => ({ item, as: 'UNIT' as const })),
    ...machineClients.items.map((item) => ({ item, as: 'CLIENT' as const })),
  ]);
  const once = new Map(
    found.map(({ item: { id, name, toUnitId }, as }) => [`${as} ${id}`, { kind: as, id, name, toUnitId }]),
  );
  return [...once.values()];
}

/** What was chosen on the form; what was left open is left out, so that a plan can grow. */
export function planOf(body: FormBody): UnitChangeItemsInput {
  const rows = Math.min(wholeNumber(body, 'items') || 0, 2000);
  return Array.from({ length: rows }, (_, at) => ({
    kind: ITEM_KINDS.find((kind) => kind === one(body, `kind-${at}`)),
    item: one(body, `item-${at}`),
    toUnit: one(body, `to-${at}`),
  })).filter(
    (row): row is { kind: ItemKind; item: string; toUnit: string } => row.kind !== undefined && row.toUnit !== '',
  );
}
