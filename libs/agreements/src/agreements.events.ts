import { defineEvent } from '#lib/kernel';
import { z } from 'zod';
import { INSTRUMENTS, STORED_STATES } from './agreement.states';

const id = z.uuid();
const state = z.enum(STORED_STATES);
/** Each move of an agreement is exactly one event that carries these. */
const move = { agreementId: id, requestId: id, from: state.nullable(), to: state, revision: z.number().int() };

export const agreementOffered = defineEvent(
  'agreement.offered.v1',
  z.object({
    ...move,
    consumerUnitId: id,
    providerUnitId: id,
    productId: id,
    productVersionId: id,
    instrument: z.enum(INSTRUMENTS),
    consent: z.enum(['STANDING_OFFER', 'APPROVAL']),
    decisionId: id,
    rulesetHash: z.string(),
    termsSha256: z.string(),
    validFrom: z.iso.datetime(),
    validUntil: z.iso.datetime(),
  }),
);
export const agreementActivated = defineEvent(
  'agreement.activated.v1',
  z.object({ ...move, decisionId: id, rulesetHash: z.string(), termsSha256: z.string() }),
);
/** `because`: codes or rules that made the agreement stop, never a text; `cause`: type of the event that led to it. */
export const agreementSuspended = defineEvent(
  'agreement.suspended.v1',
  z.object({ ...move, because: z.array(z.string()), decisionId: id.optional(), cause: z.string().optional() }),
);
/** Something changed that these agreements rest on: they are to be decided again. Some at a time, so that each is quick. */
export const agreementReviewCalled = defineEvent(
  'agreement.review-called.v1',
  z.object({ agreementIds: z.array(id).min(1), cause: z.string(), causeEventId: id.nullable() }),
);
/** They were decided again; what changed has its own event beside this one. */
export const agreementReviewed = defineEvent(
  'agreement.reviewed.v1',
  z.object({
    agreementIds: z.array(id),
    cause: z.string(),
    causeEventId: id.nullable(),
    suspended: z.int(),
    resumed: z.int(),
    rulesetHash: z.string(),
  }),
);
export const agreementResumed = defineEvent('agreement.resumed.v1', z.object({ ...move, decisionId: id }));
export const agreementRevoked = defineEvent(
  'agreement.revoked.v1',
  z.object({ ...move, as: z.enum(['PRINCIPAL', 'DEPUTY', 'DELEGATE']) }),
);
export const agreementTerminated = defineEvent('agreement.terminated.v1', z.object(move));
