import { z } from 'zod';
import { defineEvent } from '#lib/kernel';
import { LOWERING_OPINIONS } from './lowering-opinion.entity';
import { STATISTICS_RELEASES } from './statistics-release.entity';

const id = z.uuid();
const product = { productId: id, providerUnitId: id, revision: z.int() };
const version = { ...product, versionId: id, number: z.int() };

export const productDrafted = defineEvent('product.drafted.v1', z.object(product));
/** `changed` holds names of metadata fields, never their content */
export const productDescribed = defineEvent(
  'product.described.v1',
  z.object({ ...product, changed: z.array(z.string().max(60)) }),
);
export const productSubmitted = defineEvent('product.submitted.v1', z.object(product));
export const productSentBack = defineEvent('product.sent-back.v1', z.object(product));
export const productReleased = defineEvent(
  'product.released.v1',
  z.object({
    ...product,
    openness: z.string(),
    personalRef: z.string(),
    secrecy: z.array(z.string()),
    versionId: id.nullable(),
  }),
);
export const productOffered = defineEvent('product.offered.v1', z.object({ ...product, versionId: id }));
/** deliveries stop until it is released again */
export const productRevised = defineEvent('product.revised.v1', z.object(product));
export const productWithdrawn = defineEvent('product.withdrawn.v1', z.object(product));
/** the unit that provided it ended; `providerUnitId` stands in its place from now on */
export const productMoved = defineEvent('product.moved.v1', z.object({ ...product, fromUnitId: id, changeId: id }));
export const uploadRecognised = defineEvent(
  'upload.recognised.v1',
  z.object({ uploadId: id, productId: id, providerUnitId: id, rows: z.int(), columns: z.int(), faults: z.int() }),
);
export const versionAdded = defineEvent(
  'product-version.added.v1',
  z.object({ ...version, sha256: z.string().length(64), rows: z.int(), columns: z.int(), current: z.boolean() }),
);
export const fieldsDescribed = defineEvent(
  'product-version.described.v1',
  z.object({ ...version, fields: z.int(), belowScan: z.int() }),
);
export const versionReleased = defineEvent('product-version.released.v1', z.object(version));
/** the Statistikstelle released a version as a protected table or as anonymous single records, or took that back */
const statistics = z.object({ ...version, kind: z.enum(STATISTICS_RELEASES) });
export const statisticsReleased = defineEvent('product-version.statistics-released.v1', statistics);
export const statisticsWithdrawn = defineEvent('product-version.statistics-withdrawn.v1', statistics);
/** a classification is to be lowered: an adviser is asked, and gave an opinion */
const lowering = { ...product, opinionId: id, role: z.enum(['DSB', 'STAT']) };
export const loweringAsked = defineEvent('product.lowering-asked.v1', z.object(lowering));
export const loweringAdvised = defineEvent(
  'product.lowering-advised.v1',
  z.object({ ...lowering, opinion: z.enum(LOWERING_OPINIONS) }),
);
/** nobody holds the seat that answers for the product; without a new holder nothing is given out from `frozenFrom` on */
export const productOwnerMissing = defineEvent(
  'product.owner-missing.v1',
  z.object({ productId: id, providerUnitId: id, role: z.string(), frozenFrom: z.iso.datetime() }),
);
