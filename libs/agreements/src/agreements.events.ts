import { defineEvent } from '#lib/kernel';
import { DANGER } from '#lib/policy';
import { z } from 'zod';
import { agreementStates } from './agreement/agreement.states';
import { EMERGENCY_FINDINGS, EMERGENCY_OPINIONS } from './emergency/emergency-access.states';

const id = z.uuid();
const state = z.enum(agreementStates.stored);
const as = z.enum(['PRINCIPAL', 'DEPUTY', 'DELEGATE']);
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
    instrument: z.string(),
    consent: z.enum(['STANDING_OFFER', 'APPROVAL', 'EMERGENCY']),
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
/** Whose purpose it is confirmed what a processor is to receive; the processor confirms next. */
export const agreementControllerConfirmed = defineEvent(
  'agreement.controller-confirmed.v1',
  z.object({ ...move, controllerUnitId: id, as, termsSha256: z.string() }),
);
/** What the instrument asks was answered, in the annex with this SHA-256. */
export const agreementSettled = defineEvent(
  'agreement.settled.v1',
  z.object({ agreementId: id, requestId: id, instrument: z.string(), annexSha256: z.string() }),
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
/** A side ended without a successor; the unit that acts terminates or revokes it, the Geschäftsstelle sees to it. */
export const agreementPartyEnded = defineEvent(
  'agreement.party-ended.v1',
  z.object({ agreementId: id, requestId: id, endedUnitId: id, actsUnitId: id }),
);
export const agreementResumed = defineEvent('agreement.resumed.v1', z.object({ ...move, decisionId: id }));
export const agreementRevoked = defineEvent('agreement.revoked.v1', z.object({ ...move, as }));
export const agreementTerminated = defineEvent('agreement.terminated.v1', z.object(move));

/** An emergency access was asked for; a second person has to confirm it before anything opens. */
export const emergencyOpened = defineEvent(
  'emergency.opened.v1',
  z.object({
    emergencyId: id,
    consumerUnitId: id,
    providerUnitId: id,
    productId: id,
    productVersionId: id,
    danger: z.enum(DANGER),
    fields: z.int(),
  }),
);
/** The second person confirmed it: data may leave until `validUntil`. */
export const emergencyConfirmed = defineEvent(
  'emergency.confirmed.v1',
  z.object({
    emergencyId: id,
    requestId: id,
    agreementId: id,
    consumerUnitId: id,
    providerUnitId: id,
    productId: id,
    danger: z.enum(DANGER),
    validUntil: z.iso.datetime(),
    as,
  }),
);
/** Ended before it was confirmed; nothing had been opened. A confirmed one ends with its agreement. */
export const emergencyDropped = defineEvent(
  'emergency.dropped.v1',
  z.object({ emergencyId: id, side: z.enum(['CONSUMER', 'PROVIDER']) }),
);
export const emergencyOpinionGiven = defineEvent(
  'emergency.opinion-given.v1',
  z.object({ emergencyId: id, requestId: id, agreementId: id, opinion: z.enum(EMERGENCY_OPINIONS), as }),
);
export const emergencyReviewed = defineEvent(
  'emergency.reviewed.v1',
  z.object({ emergencyId: id, requestId: id, agreementId: id, finding: z.enum(EMERGENCY_FINDINGS), as }),
);
/** The time for the review is over and it is not finished. Told once; `waitsFor` says whose word is missing. */
export const emergencyReviewOverdue = defineEvent(
  'emergency.review-overdue.v1',
  z.object({
    emergencyId: id,
    requestId: id,
    agreementId: id,
    consumerUnitId: id,
    providerUnitId: id,
    waitsFor: z.enum(['OPINION', 'FINDING']),
    dueAt: z.iso.datetime(),
  }),
);
