import { isoTime } from '#lib/kernel';
import { obligationSchema, OUTCOME, PHASE, reasonSchema } from '#lib/policy';
import { z } from 'zod';
import { evidenceView } from '../evidence/evidence.view';
import { changeSchema } from '../form/alternatives-form';
import { conditions, partialForm, requestForm } from '../form/request-form';
import { requestStates } from './request.states';

/** Why a request was refused: by the rules or by a person with a reason from the list. */
const refusal = z.strictObject({ by: z.enum(['RULES', 'PERSON']), reasonCode: z.string(), text: z.string() });
export type Refusal = z.output<typeof refusal>;

/** An alternative with the form as it would then be: ready to be checked or sent. */
const offeredAlternative = z.strictObject({
  /** all of them together; leaving one out gives less */
  changes: z.array(changeSchema),
  /** what would be decided then */
  outcome: z.enum(OUTCOME).exclude(['FORBID']),
  /** working days of the chain then, at most; 0 when nobody has to decide */
  workingDays: z.int(),
  /** one German sentence; names nothing but what the applicant wrote or may choose */
  text: z.string(),
  form: partialForm,
  /** what the form said and this one can not say, by its German name: it means nothing for another product */
  notCarried: z.array(z.string()),
});
export type OfferedAlternative = z.output<typeof offeredAlternative>;

/** A step of a chain as people read it. */
export const stepView = z.strictObject({
  role: z.string(),
  /** German name of the role, for instance „Datenverantwortliche/r (Amtsleitung)“ */
  roleName: z.string(),
  kind: z.enum(['APPROVE', 'CONSULT']),
  kindName: z.string(),
  workingDays: z.int(),
  unitName: z.string(),
});
export type StepView = z.output<typeof stepView>;

/** Another request of the same unit for the same product and purpose that waits or runs. */
export const overlap = z.strictObject({
  id: z.uuid(),
  number: z.string(),
  state: z.enum(requestStates.stored),
  stateName: z.string(),
  project: z.string(),
  until: z.iso.date(),
});
export type Overlap = z.output<typeof overlap>;

/** A decision as both sides read it: plain JSON, German texts. */
export const decisionView = z.strictObject({
  /** null for a pre-check: nothing was decided */
  id: z.uuid().nullable(),
  phase: z.enum(PHASE),
  outcome: z.enum(OUTCOME),
  outcomeName: z.string(),
  /** one sentence: what this means for the applicant */
  summary: z.string(),
  rules: z.array(z.string()),
  because: z.array(reasonSchema),
  /** the legal bases that carry it, those that lift a ban beside them last; empty where no persons are concerned, and in a refusal */
  carriedBy: z.array(z.strictObject({ code: z.string(), name: z.string(), norm: z.string() })),
  obligations: z.array(
    z.strictObject({
      ...obligationSchema.shape,
      name: z.string(),
      /** its values in words, with units; empty when it has none */
      parameters: z.string(),
      /** how it is kept, in words */
      label: z.string(),
    }),
  ),
  /** stages in order; the steps of one stage run side by side. Null when nobody has to decide */
  stages: z.array(z.array(stepView)).nullable(),
  /** expected working days over all stages, null when nobody has to decide */
  workingDays: z.int().nullable(),
  rulesetHash: z.string(),
  /** fields the purpose does not need: the least proposal leaves them out */
  unneededFields: z.array(z.string()),
  decidedAt: isoTime.nullable(),
  /** only in a pre-check: the smallest changes that would pass, or pass sooner; best first */
  alternatives: z.array(offeredAlternative),
});
export type DecisionView = z.output<typeof decisionView>;

/** A statement of the form that an answer changed: before and after, in words. */
const changeInWords = z.strictObject({
  label: z.string(),
  before: z.string(),
  after: z.string(),
  /** OTHER: neither more nor less, but something else */
  compared: z.enum(['NARROWER', 'WIDER', 'OTHER']),
});

/** What would be decided, and what the own unit has asked for already. */
export const preCheck = z.strictObject({
  ...decisionView.shape,
  overlaps: z.array(overlap),
  /** questions a request must answer; while they are open the decision counts their stricter answer */
  unanswered: z.array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() })),
});
export type PreCheck = z.output<typeof preCheck>;

export const messageView = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['QUESTION', 'ANSWER']),
  text: z.string(),
  /** names of form members an answer changed */
  changed: z.array(z.string()),
  /** the same in two columns of words */
  changes: z.array(changeInWords),
  personName: z.string(),
  at: isoTime,
});
export type MessageView = z.output<typeof messageView>;

/** One line of a list of requests. */
export const requestLine = z.strictObject({
  id: z.uuid(),
  number: z.string(),
  state: z.enum(requestStates.stored),
  stateName: z.string(),
  revision: z.int(),
  productId: z.uuid(),
  productTitle: z.string(),
  consumerUnitId: z.uuid(),
  consumerUnitName: z.string(),
  providerUnitId: z.uuid(),
  providerUnitName: z.string(),
  project: z.string(),
  purposeCode: z.string(),
  from: z.iso.date(),
  until: z.iso.date(),
  submittedAt: isoTime,
  changedAt: isoTime,
  /** what happened to a waiting request beside what people did with it: a German sentence, and since when */
  note: z.strictObject({ text: z.string(), at: isoTime.nullable() }).nullable(),
});
export type RequestLine = z.output<typeof requestLine>;

export const requestView = z.strictObject({
  ...requestLine.shape,
  requesterName: z.string(),
  form: requestForm,
  /** null until approved with narrower conditions */
  conditions: conditions.nullable(),
  /** first and last instant of use, half-open, ISO 8601 */
  validFrom: isoTime,
  validUntil: isoTime,
  refusal: refusal.nullable(),
  /** documents the request and its product show; who may open them is asked at each */
  evidence: z.array(evidenceView),
  /** the decision in force, then all of them from the first on */
  decision: decisionView,
  history: z.array(decisionView),
  /** what the rules say at this moment of a request in review, where that is something else than its decision; else null */
  now: decisionView.nullable(),
  thread: z.array(messageView),
  /** others of the same unit for the same product and purpose that wait or run */
  overlaps: z.array(overlap),
  /** the question that waits for an answer */
  openQuestionId: z.uuid().nullable(),
  /** what the reader may do now; a reason where not */
  may: z.strictObject({
    withdraw: z.boolean(),
    answer: z.boolean(),
    proposeRule: z.boolean(),
  }),
  copiedFrom: z.string().nullable(),
});
export type RequestView = z.output<typeof requestView>;

/** Answer to a submit: number, decision, and who decides until when. */
export const receipt = z.strictObject({
  id: z.uuid(),
  number: z.string(),
  state: z.enum(requestStates.stored),
  stateName: z.string(),
  revision: z.int(),
  decision: decisionView,
  overlaps: z.array(overlap),
});
export type Receipt = z.output<typeof receipt>;
