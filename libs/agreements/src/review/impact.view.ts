import { isoTime } from '#lib/kernel';
import { difference } from '#lib/rulebook';
import { z } from 'zod';

export const count = z.strictObject({
  tried: z.int(),
  changed: z.int(),
  looser: z.int(),
  stricter: z.int(),
  other: z.int(),
});
export type Count = z.output<typeof count>;

/** A past decision or a running agreement that a draft would decide differently, and whom it concerns. */
export const affected = z.strictObject({
  ...difference.shape,
  kind: z.enum(['DECISION', 'AGREEMENT']),
  /** decision or agreement */
  id: z.uuid(),
  /** number of the request or agreement */
  number: z.string(),
  requestId: z.uuid(),
  /** when it was decided, or the agreement made */
  decidedAt: isoTime,
  productId: z.uuid(),
  productTitle: z.string(),
  consumerUnit: z.string(),
  providerUnit: z.string(),
  /** a running agreement that is lawful today and would come to rest */
  rests: z.boolean(),
});
export type Affected = z.output<typeof affected>;

export const impactReport = z.strictObject({
  versionId: z.uuid(),
  version: z.int(),
  hash: z.string(),
  comparedWith: z.strictObject({
    version: z.int(),
    hash: z.string(),
  }),
  decisions: count,
  /** `rests`: how many of them would come to rest until people approve what the draft asks for */
  agreements: z.strictObject({ ...count.shape, rests: z.int() }),
  /** units and products concerned, most often first */
  units: z.array(
    z.strictObject({
      name: z.string(),
      changes: z.int(),
    }),
  ),
  products: z.array(
    z.strictObject({
      id: z.uuid(),
      title: z.string(),
      changes: z.int(),
    }),
  ),
  /** at most 500 of them: running agreements before past decisions, what would come to rest and stricter ones first */
  affected: z.array(affected),
  milliseconds: z.number(),
});
export type ImpactReport = z.output<typeof impactReport>;
