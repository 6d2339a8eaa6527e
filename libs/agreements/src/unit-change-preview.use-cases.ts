import { defineUseCase, itemsOf } from '#lib/kernel';
import { leftBehind, unitChangePreview } from './unit-change-preview.view';

/** What a change of units touches, and what is left behind by one. */
export const unitChangePreviewUseCases = {
  preview: defineUseCase({
    may: 'organisation.administer',
    audit: 'none: names and numbers, no content',
    output: unitChangePreview,
  }),
  leftBehind: defineUseCase({ may: 'agreement.read', audit: 'none: own agreements', output: itemsOf(leftBehind) }),
};
