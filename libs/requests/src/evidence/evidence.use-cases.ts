import { defineUseCase, itemsOf, madeId } from '#lib/kernel';
import { z } from 'zod';
import { evidenceView } from './evidence.view';

/** Documents that prove something. A file is sent as a form with its description before it, so there is no plain input. */
export const evidenceUseCases = {
  upload: defineUseCase({ may: 'request.submit', audit: 'evidence.uploaded.v1', output: madeId }),
  list: defineUseCase({
    may: 'request.submit',
    audit: 'none: documents of the own units',
    output: itemsOf(evidenceView),
  }),
  /** the unit that uploaded it, and the auditor under a mandate */
  open: defineUseCase({ may: 'request.read', audit: 'evidence.opened.v1', output: z.instanceof(Buffer) }),
  uploadForProduct: defineUseCase({ may: 'product.edit', audit: 'product-evidence.uploaded.v1', output: madeId }),
  ofProduct: defineUseCase({
    may: 'catalogue.read',
    audit: 'none: what stands on a product the reader may see',
    output: itemsOf(evidenceView),
  }),
  end: defineUseCase({ may: 'product.edit', audit: 'product-evidence.ended.v1' }),
};
