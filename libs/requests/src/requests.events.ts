import { defineEvent } from '#lib/kernel';
import { z } from 'zod';
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
 * `cause`: why it was decided. APPROVAL means that steps already done stay done and only further ones are asked;
 * UNIT_CHANGE that a party is another now, and the approvals say which steps still cover that.
 */
export const requestDecided = defineEvent(
  'request.decided.v1',
  z.object({ ...move, ...decided, cause: z.enum(['SUBMIT', 'ANSWER', 'APPROVAL', 'UNIT_CHANGE']) }),
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

/** Decided again although the request does not move: when an agreement becomes active and at every delivery. */
export const requestRedecided = defineEvent(
  'request.redecided.v1',
  z.object({ requestId: id, phase: z.enum(['AGREEMENT', 'DELIVERY']), allowed: z.boolean(), ...decided }),
);
export const requestChecked = defineEvent(
  'request.checked.v1',
  z.object({ productId: id, consumerUnitId: id, outcome, rules: z.array(z.string()), rulesetHash: z.string() }),
);

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
