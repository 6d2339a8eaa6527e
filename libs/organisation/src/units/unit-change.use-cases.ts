import { defineUseCase, itemsOf, search as words } from '#lib/kernel';
import { z } from 'zod';
import { unitChangeItemsSchema, unitChangeSchema } from './unit-change-input';
import { unitChangeView, unitHistory } from './unit-change.view';

/** what the order of the head of administration says, by its kind */
const order = z.strictObject({ order: unitChangeSchema });
const items = z.strictObject({ items: unitChangeItemsSchema });
const search = z.strictObject({ name: words(200) });

/** Units renamed, merged, split, dissolved, moved: prepared by one person here, confirmed by another in `reorganisation`. */
export const unitChangeUseCases = {
  list: defineUseCase({ may: 'organisation.read', audit: 'none: offices and orders', output: itemsOf(unitChangeView) }),
  prepare: defineUseCase({
    may: 'organisation.administer',
    audit: 'unit-change.prepared.v1',
    input: order,
    output: z.strictObject({ changeId: z.uuid(), targetIds: z.array(z.uuid()) }),
  }),
  view: defineUseCase({ may: 'organisation.read', audit: 'none: offices and orders', output: unitChangeView }),
  assign: defineUseCase({ may: 'organisation.administer', audit: 'unit-change.planned.v1', input: items }),
  cancel: defineUseCase({ may: 'organisation.administer', audit: 'unit-change.cancelled.v1' }),
  histories: defineUseCase({
    may: 'organisation.read',
    audit: 'none: offices, no persons',
    input: search,
    output: itemsOf(unitHistory),
  }),
};
