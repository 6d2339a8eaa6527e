import { defineUseCase } from '#lib/kernel';
import { OPENNESS, PERSONAL_REF } from '#lib/policy';
import { hintsSchema } from '#lib/sources';
import { z } from 'zod';
import { fieldsSchema } from './field-statements';
import { draftSchema, patchSchema } from './product-patch';
import { changed, confirmedUpload, productSummary, productView, uploadPreview } from './product.view';

/** What a search can be narrowed by. */
export const searchFilters = z.strictObject({
  theme: z.string().max(60).optional(),
  keyword: z.string().max(60).optional(),
  providerUnitId: z.uuid().optional(),
  openness: z.enum(OPENNESS).optional(),
  personalRef: z.enum(PERSONAL_REF).optional(),
});
const search = searchFilters.extend({
  text: z.string().max(500).default(''),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
const revision = z.int('Bitte senden Sie die Revision mit, die Sie gelesen haben.');
const description = z.strictObject({ revision, patch: patchSchema });
const step = z.strictObject({ revision });
const fieldSet = z.strictObject({ revision, fields: fieldsSchema });
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
  describe: defineUseCase({ may: 'product.edit', audit: 'product.described.v1', input: description, output: changed }),
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
    output: changed,
  }),
  releaseVersion: defineUseCase({
    may: 'product.release',
    audit: 'product-version.released.v1',
    input: step,
    output: changed,
  }),
  submit: defineUseCase({ may: 'product.edit', audit: 'product.submitted.v1', input: step, output: changed }),
  sendBack: defineUseCase({ may: 'catalogue.read', audit: 'product.sent-back.v1', input: step, output: changed }),
  release: defineUseCase({ may: 'product.release', audit: 'product.released.v1', input: step, output: changed }),
  offer: defineUseCase({ may: 'product.release', audit: 'product.offered.v1', input: step, output: changed }),
  revise: defineUseCase({ may: 'product.edit', audit: 'product.revised.v1', input: step, output: changed }),
  withdraw: defineUseCase({ may: 'product.release', audit: 'product.withdrawn.v1', input: step, output: changed }),
};
