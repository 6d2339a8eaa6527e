import { defineUseCase, line, pageOf, pages, text } from '#lib/kernel';
import { message } from '#lib/requests';
import { z } from 'zod';
import { agreementStates } from './agreement.states';
import { agreementLine, agreementStatus, agreementView, revoked } from './agreement.view';

/** What the two sides do with an agreement. */
export const agreementUseCases = {
  list: defineUseCase({
    may: 'agreement.read',
    audit: 'none: own agreements only',
    input: z.strictObject({
      side: z.enum(['CONSUMER', 'PROVIDER', 'ALL']).default('ALL'),
      state: z.enum(agreementStates.all).optional(),
      ...pages,
    }),
    output: pageOf(agreementLine),
  }),
  view: defineUseCase({
    may: 'agreement.read',
    audit: 'none: both sides read the same text',
    output: agreementView,
  }),
  confirm: defineUseCase({
    may: 'agreement.confirm',
    audit: 'agreement.activated.v1',
    input: z.strictObject({
      revision: z.int(),
      /** by the codes of the questions in `asks` */
      answers: z.record(line(60), text(5000, { least: 0 })).optional(),
    }),
    output: agreementStatus,
  }),
  confirmAsController: defineUseCase({
    may: 'agreement.confirm',
    audit: 'agreement.controller-confirmed.v1',
    input: z.strictObject({ revision: z.int() }),
    output: agreementStatus,
  }),
  revoke: defineUseCase({
    may: 'agreement.revoke',
    audit: 'agreement.revoked.v1',
    input: z.strictObject({
      reason: message,
      /** others for the same product and receiver that are revoked with it, in the same act */
      together: z.array(z.uuid()).max(50).optional(),
    }),
    output: revoked,
  }),
  terminate: defineUseCase({
    may: 'agreement.confirm',
    audit: 'agreement.terminated.v1',
    input: z.strictObject({ reason: message.optional() }),
    output: agreementStatus,
  }),
};
