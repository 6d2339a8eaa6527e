import { defineUseCase, itemsOf, search as words, text } from '#lib/kernel';
import { OPENNESS, PERSONAL_REF } from '#lib/policy';
import { hintsSchema } from '#lib/sources';
import { z } from 'zod';
import { fieldsSchema } from './field-statements';
import { LOWERING_OPINIONS } from './lowering-opinion.entity';
import { STATISTICS_RELEASES } from './statistics-release.entity';
import { draftSchema, patchSchema } from './product-patch';
import {
  changed,
  confirmedUpload,
  loweringLine,
  described,
  productSummary,
  productView,
  uploadPreview,
} from './product.view';

/** What a search can be narrowed by. */
export const searchFilters = z.strictObject({
  theme: words(60).optional(),
  keyword: words(60).optional(),
  providerUnitId: z.uuid().optional(),
  openness: z.enum(OPENNESS).optional(),
  personalRef: z.enum(PERSONAL_REF).optional(),
});
const search = searchFilters.extend({
  text: words(500).default(''),
  after: words(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
const revision = z.int('Bitte senden Sie die Revision mit, die Sie gelesen haben.');
const description = z.strictObject({ revision, patch: patchSchema });
const step = z.strictObject({ revision });
const fieldSet = z.strictObject({ revision, fields: fieldsSchema });
/** the Statistikstelle says of a version as what it may leave; no revision, because versions never change */
const statistics = z.strictObject({ kind: z.enum(STATISTICS_RELEASES, 'Bitte wählen Sie, was freigegeben wird.') });
const statisticsReleased = z.strictObject({ productId: z.uuid(), versionId: z.uuid(), kind: statistics.shape.kind });
/** a release against an opinion says why */
const releaseInput = z.strictObject({
  revision,
  reasons: text(2000, { least: 10, says: 'Bitte schreiben Sie die Gründe auf.' }).optional(),
});
export const loweringOpinionInput = z.strictObject({
  opinion: z.enum(LOWERING_OPINIONS, 'Bitte wählen Sie aus.'),
  text: text(2000, { least: 10, says: 'Bitte begründen Sie Ihre Stellungnahme.' }),
});
export type LoweringOpinionInput = z.input<typeof loweringOpinionInput>;
const versionOf = z.strictObject({ uploadId: z.uuid() });

/** Data products: find, draft, describe, upload, release, offer. */
export const productUseCases = {
  search: defineUseCase({
    may: 'catalogue.read',
    audit: 'none: metadata the reader may see',
    input: search,
    output: z.strictObject({ items: z.array(productSummary), next: z.string().nullable() }),
  }),
  view: defineUseCase({ may: 'catalogue.read', audit: 'none: metadata the reader may see', output: productView }),
  draft: defineUseCase({ may: 'product.edit', audit: 'product.drafted.v1', input: draftSchema, output: changed }),
  describe: defineUseCase({
    may: 'product.edit',
    audit: 'product.described.v1',
    input: description,
    output: described,
  }),
  upload: defineUseCase({ may: 'product.edit', audit: 'upload.recognised.v1', output: uploadPreview }),
  preview: defineUseCase({
    may: 'product.edit',
    audit: 'none: changes how the file is read, nothing is stored yet',
    input: hintsSchema,
    output: uploadPreview,
  }),
  confirmUpload: defineUseCase({
    may: 'product.edit',
    audit: 'product-version.added.v1',
    input: versionOf,
    output: confirmedUpload,
  }),
  setFields: defineUseCase({
    may: 'product.edit',
    audit: 'product-version.described.v1',
    input: fieldSet,
    output: described,
  }),
  releaseVersion: defineUseCase({
    may: 'product.release',
    audit: 'product-version.released.v1',
    input: releaseInput,
    output: changed,
  }),
  releaseStatistics: defineUseCase({
    may: 'product.release',
    audit: 'product-version.statistics-released.v1',
    input: statistics,
    output: statisticsReleased,
  }),
  withdrawStatistics: defineUseCase({
    may: 'product.release',
    audit: 'product-version.statistics-withdrawn.v1',
    input: statistics,
    output: statisticsReleased,
  }),
  opinions: defineUseCase({
    may: 'task.decide',
    audit: 'none: what waits for the own opinion',
    output: itemsOf(loweringLine),
  }),
  giveOpinion: defineUseCase({
    may: 'task.decide',
    audit: 'product.lowering-advised.v1',
    input: loweringOpinionInput,
    output: z.strictObject({ productId: z.uuid(), opinionId: z.uuid(), opinion: z.enum(LOWERING_OPINIONS) }),
  }),
  submit: defineUseCase({ may: 'product.edit', audit: 'product.submitted.v1', input: step, output: changed }),
  sendBack: defineUseCase({ may: 'catalogue.read', audit: 'product.sent-back.v1', input: step, output: changed }),
  release: defineUseCase({
    may: 'product.release',
    audit: 'product.released.v1',
    input: releaseInput,
    output: changed,
  }),
  offer: defineUseCase({ may: 'product.release', audit: 'product.offered.v1', input: step, output: changed }),
  revise: defineUseCase({ may: 'product.edit', audit: 'product.revised.v1', input: step, output: changed }),
  withdraw: defineUseCase({ may: 'product.release', audit: 'product.withdrawn.v1', input: step, output: changed }),
};
