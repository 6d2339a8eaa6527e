import { defineUseCase, pageOf, pages } from '#lib/kernel';
import { message } from '#lib/requests';
import { z } from 'zod';
import { agreementStates } from './agreement.states';
import { agreementLine, agreementStatus, agreementView } from './agreement.view';

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
      answers: z.record(z.string().max(60), z.string().max(5000)).optional(),
    }),
    output: agreementStatus,
  }),
  revoke: defineUseCase({
    may: 'agreement.revoke',
    audit: 'agreement.revoked.v1',
    input: z.strictObject({ reason: message }),
    output: agreementStatus,
  }),
  terminate: defineUseCase({
    may: 'agreement.confirm',
    audit: 'agreement.terminated.v1',
    input: z.strictObject({ reason: message.optional() }),
    output: agreementStatus,
  }),
};
