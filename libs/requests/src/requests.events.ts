import { defineEvent } from '#lib/kernel';
import { z } from 'zod';
import { REQUEST_CAUSES } from './decision/stored-decision.entity';
import { requestStates } from './request/request.states';

const id = z.uuid();
const state = z.enum(requestStates.stored);
const outcome = z.enum(['PERMIT', 'PERMIT_OBL', 'APPROVAL', 'FORBID']);
/** Each move of a request is exactly one event that carries these three. */
const move = { requestId: id, from: state.nullable(), to: state, revision: z.number().int() };
const decided = {
  decisionId: id,
  outcome,
  rules: z.array(z.string()),
  obligations: z.array(z.string()),
  chain: z.array(z.string()),
  rulesetHash: z.string(),
  factsSha256: z.string(),
};

export const requestSubmitted = defineEvent(
  'request.submitted.v1',
  z.object({
    ...move,
    number: z.string(),
    consumerUnitId: id,
    providerUnitId: id,
    productId: id,
    productVersionId: id,
    purposeCode: z.string(),
    formSha256: z.string(),
  }),
);
/**
 * `cause`: why it was decided, see `REQUEST_CAUSES`; the approvals say which of the steps already done still cover it.
 * `causedBy`: type of the event that led to it.
 */
export const requestDecided = defineEvent(
  'request.decided.v1',
  z.object({ ...move, ...decided, cause: z.enum(REQUEST_CAUSES), causedBy: z.string().optional() }),
);
export const requestApproved = defineEvent(
  'request.approved.v1',
  z.object({ ...move, ...decided, narrowed: z.boolean() }),
);
/** parties of these open requests changed: each is decided anew */
export const requestRedecisionCalled = defineEvent(
  'request.redecision-called.v1',
  z.object({ requestIds: z.array(id).min(1), changeId: id }),
);
/** Something changed that these open requests rest on: each is decided again. Some at a time, so that each is quick. */
export const requestReviewCalled = defineEvent(
  'request.review-called.v1',
  z.object({ requestIds: z.array(id).min(1), cause: z.string(), causeEventId: id.nullable() }),
);
/** Refused by a person (`reasonCode`) or by the rules at the end of the chain (`decisionId`). */
export const requestRefused = defineEvent(
  'request.refused.v1',
  z.object({ ...move, reasonCode: z.string(), decisionId: id.nullable() }),
);
export const requestAsked = defineEvent('request.asked.v1', z.object({ ...move, questionId: id }));
export const requestAnswered = defineEvent(
  'request.answered.v1',
  z.object({ ...move, questionId: id, changed: z.array(z.string()) }),
);
export const requestWithdrawn = defineEvent('request.withdrawn.v1', z.object(move));
export const requestExpired = defineEvent('request.expired.v1', z.object(move));

/**
 * Decided again although the request does not move: when an agreement becomes active, at every delivery, and when
 * something (`causedBy`) changed so that a request in review could not be approved as things are (`REQUEST`).
 */
export const requestRedecided = defineEvent(
  'request.redecided.v1',
  z.object({
    requestId: id,
    phase: z.enum(['REQUEST', 'AGREEMENT', 'DELIVERY']),
    allowed: z.boolean(),
    ...decided,
    causedBy: z.string().optional(),
  }),
);
export const requestChecked = defineEvent(
  'request.checked.v1',
  z.object({ productId: id, consumerUnitId: id, outcome, rules: z.array(z.string()), rulesetHash: z.string() }),
);

const document = { evidenceId: id, unitId: id, kind: z.string(), sha256: z.string() };
const uploaded = { ...document, mediaType: z.string(), bytes: z.number().int(), scanned: z.boolean() };
/** A document was kept, before there is a request that rests on it. */
export const evidenceUploaded = defineEvent('evidence.uploaded.v1', z.object(uploaded));
export const evidenceAttached = defineEvent(
  'evidence.attached.v1',
  z.object({ requestId: id, evidenceIds: z.array(id).min(1) }),
);
/** Somebody got the bytes; `requestId`: for a task on this request. */
export const evidenceOpened = defineEvent('evidence.opened.v1', z.object({ ...document, requestId: id.nullable() }));
/** No request ever rested on it: it is gone. */
export const evidenceLapsed = defineEvent('evidence.lapsed.v1', z.object(document));
/** A provider shows for a product what every request of it may rest on, and ends that. */
export const productEvidenceUploaded = defineEvent(
  'product-evidence.uploaded.v1',
  z.object({ ...uploaded, productId: id }),
);
export const productEvidenceEnded = defineEvent('product-evidence.ended.v1', z.object({ ...document, productId: id }));

/** A stored decision was run again and came out the same. */
export const decisionReplayed = defineEvent(
  'decision.replayed.v1',
  z.object({ decisionId: id, requestId: id, rulesetHash: z.string() }),
);
/** It came out differently: law, program or record are not what they were. An incident. */
export const decisionReplayFailed = defineEvent(
  'decision.replay-failed.v1',
  z.object({ decisionId: id, requestId: id, rulesetHash: z.string(), differs: z.array(z.string()) }),
);

/** Nobody of the asking office answers for the request any more: it rests, and so does what was agreed on it. */
export const keeperMissing = defineEvent(
  'request.keeper-missing.v1',
  z.object({ requestId: id, consumerUnitId: id, providerUnitId: id }),
);
/** The asking unit named who answers for it from now on; who that is stands in `requests.handover`. */
export const requestHandedOver = defineEvent('request.handed-over.v1', z.object({ requestId: id, handoverId: id }));

const proposal = { proposalId: id, requestId: id, decisionId: id, ruleId: z.string() };
/** The owner hands a decided case over as a rule, with the case. */
export const ruleProposed = defineEvent('rule.proposed.v1', z.object(proposal));
/** It became a draft of the law book. */
export const ruleDrafted = defineEvent('rule.drafted.v1', z.object({ ...proposal, versionId: id }));
export const ruleDeclined = defineEvent('rule.declined.v1', z.object(proposal));
