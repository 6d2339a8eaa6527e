import { defineUseCase, isoTime, itemsOf } from '#lib/kernel';
import { z } from 'zod';
import { leftBehind } from './left-behind.view';
import { unitChangePreview } from './unit-change-preview.view';

/** What a change of units touches, its confirmation with all of that in view, and what one left behind. */
export const reorganisationUseCases = {
  preview: defineUseCase({
    may: 'organisation.administer',
    audit: 'none: names and numbers, no content',
    output: unitChangePreview,
  }),
  confirm: defineUseCase({
    may: 'organisation.administer',
    audit: 'unit-change.confirmed.v1',
    output: z.strictObject({ effectiveAt: isoTime }),
  }),
  leftBehind: defineUseCase({ may: 'agreement.read', audit: 'none: own agreements', output: itemsOf(leftBehind) }),
};
