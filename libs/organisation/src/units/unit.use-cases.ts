import { defineUseCase, itemsOf } from '#lib/kernel';
import { z } from 'zod';
import { UNIT_KINDS } from './unit.entity';

const unitLine = z.strictObject({
  id: z.uuid(),
  key: z.string(),
  name: z.string(),
  kind: z.enum(UNIT_KINDS),
  parentId: z.uuid().nullable(),
});

/** The offices, enterprises and companies that take part. */
export const unitUseCases = {
  list: defineUseCase({ may: 'organisation.read', audit: 'none: offices, no persons', output: itemsOf(unitLine) }),
};
