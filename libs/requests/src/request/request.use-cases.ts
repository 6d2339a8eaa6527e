import { defineUseCase, pageOf, pages } from '#lib/kernel';
import { z } from 'zod';
import { decisionExplained } from '../decision/explanation.view';
import { message } from '../form/input-schemas';
import { partialForm, requestForm } from '../form/request-form';
import { requestStates } from './request.states';
import { preCheck, receipt, requestLine, requestView } from './request.view';

const listing = z.strictObject({
  side: z.enum(['CONSUMER', 'PROVIDER', 'ALL']).default('CONSUMER'),
  state: z.enum(requestStates.stored).optional(),
  ...pages,
});
const which = z.strictObject({ decisionId: z.uuid().optional() });
const withdrawal = z.strictObject({ revision: z.int() });
const answer = z.strictObject({ revision: z.int(), text: message, form: requestForm.optional() });

/** Asking for data: check, submit, read, answer, withdraw. */
export const requestUseCases = {
  check: defineUseCase({
    may: 'request.submit',
    audit: 'request.checked.v1',
    input: partialForm,
    output: preCheck,
  }),
  submit: defineUseCase({ may: 'request.submit', audit: 'request.submitted.v1', input: requestForm, output: receipt }),
  list: defineUseCase({
    may: 'request.read',
    audit: 'none: own and reachable requests only',
    input: listing,
    output: pageOf(requestLine),
  }),
  view: defineUseCase({
    may: 'request.read',
    audit: 'none: the two sides read their own request',
    output: requestView,
  }),
  explain: defineUseCase({
    may: 'request.read',
    audit: 'none: the two sides read their own record',
    input: which,
    output: decisionExplained,
  }),
  withdraw: defineUseCase({
    may: 'request.submit',
    audit: 'request.withdrawn.v1',
    input: withdrawal,
    output: requestView.pick({ state: true, revision: true }),
  }),
  answer: defineUseCase({ may: 'request.submit', audit: 'request.answered.v1', input: answer, output: receipt }),
};
