import { defineUseCase } from '#lib/kernel';
import { impactReport } from './impact.view';

/** What a version of the law book would change of decisions and agreements. */
export const impactUseCases = {
  run: defineUseCase({
    may: 'rulebook.comment',
    audit: 'none: decisions and agreements the reader may see',
    output: impactReport,
  }),
};
