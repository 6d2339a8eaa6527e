import { isoTime } from '#lib/kernel';
import { CONTRACT_KINDS } from '#lib/organisation';
import { conditions, evidenceView, requestLine, requestStates, requestView } from '#lib/requests';
import { z } from 'zod';
import { OPINIONS, REFUSAL_REASONS, type RefusalReason, taskStates } from './task.states';
import { VOTES } from './vote.entity';

/** How a vote stands. */
export const count = z.strictObject({
  needed: z.int(),
  /** offices of the committee, own ones that are a party not counted */
  entitled: z.int(),
  for: z.int(),
  against: z.int(),
  /** whether the votes still missing could reach what is needed */
  reachable: z.boolean(),
});
export type Count = z.output<typeof count>;

/** One document a decision rests on, or a kind it asks for that nobody has uploaded (`document` is null). */
export const askedEvidence = z.strictObject({
  /** id of the document, else the kind: names it in the confirmation */
  key: z.string(),
  kind: z.string(),
  /** the kind in words */
  name: z.string(),
  title: z.string().nullable(),
  reference: z.string().nullable(),
  document: evidenceView.nullable(),
});
export type AskedEvidence = z.output<typeof askedEvidence>;

/** One document, or kind, and where the signed original is. */
export const checkedEvidence = z.strictObject({
  kind: z.string(),
  reference: z.string(),
  /** the document that was looked at; absent: none was uploaded */
  evidenceId: z.uuid().optional(),
});
export type CheckedEvidence = z.output<typeof checkedEvidence>;

/** Where a step went that nobody of its office may decide. */
export const raised = z.strictObject({
  roleName: z.string(),
  /** null: the head of the administration */
  unitName: z.string().nullable(),
  /** German sentence */
  because: z.string(),
});

/** One line of the inbox: plain JSON. */
export const taskLine = z.strictObject({
  id: z.uuid(),
  requestId: z.uuid(),
  requestNumber: z.string(),
  productTitle: z.string(),
  consumerUnitName: z.string(),
  providerUnitName: z.string(),
  project: z.string(),
  role: z.string(),
  roleName: z.string(),
  kind: z.enum(['APPROVE', 'CONSULT']),
  state: z.enum(taskStates.stored),
  stateName: z.string(),
  openedAt: isoTime.nullable(),
  dueAt: isoTime.nullable(),
  overdue: z.boolean(),
  /** DEPUTY: open to the reader because the principal is absent or late; DELEGATE: passed on in writing */
  as: z.enum(['PRINCIPAL', 'DEPUTY', 'DELEGATE']),
  /** a question is open: nobody decides until it is answered */
  questionOpen: z.boolean(),
  /** what happened to the request beside what people did with it, and since when */
  note: requestLine.shape.note,
  /** nobody of the office may decide (SOD-8): who may besides, and why; null for the ordinary case */
  raised: raised.nullable(),
});
export type TaskLine = z.output<typeof taskLine>;

/** How a committee stands: the votes given, by office. */
export const votingView = z.strictObject({
  ...count.shape,
  votes: z.array(
    z.strictObject({
      vote: z.enum(VOTES),
      voteName: z.string(),
      text: z.string().nullable(),
      officeName: z.string(),
      personName: z.string(),
      at: isoTime,
    }),
  ),
});
export type VotingView = z.output<typeof votingView>;

/** Something the Steuerungskreis and the Geschäftsstelle take notice of. */
export const notice = z.strictObject({
  /** OPINION_OVERRIDDEN: approved against an adviser; ESCALATED: nobody decided for long after the deadline, or nobody may */
  kind: z.enum(['OPINION_OVERRIDDEN', 'ESCALATED']),
  taskId: z.uuid(),
  requestId: z.uuid(),
  requestNumber: z.string(),
  productTitle: z.string(),
  consumerUnitName: z.string(),
  providerUnitName: z.string(),
  roleName: z.string(),
  /** roles whose opinion was negative, in German */
  advisers: z.array(z.string()),
  /** written reasons of the decider; of an escalation, why, as a German sentence */
  reasons: z.string().nullable(),
  at: isoTime,
});
export type Notice = z.output<typeof notice>;

/** A step of the chain as the decision page shows it. */
export const stepStatus = z.strictObject({
  taskId: z.uuid(),
  stage: z.int(),
  role: z.string(),
  roleName: z.string(),
  kind: z.enum(['APPROVE', 'CONSULT']),
  state: z.enum(taskStates.stored),
  stateName: z.string(),
  dueAt: isoTime.nullable(),
  decidedAt: isoTime.nullable(),
  decidedByName: z.string().nullable(),
  opinion: z.enum(OPINIONS).nullable(),
  opinionName: z.string().nullable(),
  text: z.string().nullable(),
  conditions: conditions.nullable(),
  /** evidence seen, kind and place */
  evidence: z.array(checkedEvidence).nullable(),
  admissionReference: z.string().nullable(),
  /** null unless a committee decides */
  voting: votingView.nullable(),
  /** who may decide besides, and why (SOD-8) */
  raised: raised.nullable(),
});
export type StepStatus = z.output<typeof stepStatus>;

export const taskView = z.strictObject({
  ...taskLine.omit({ as: true }).shape,
  /** send this back with every act (If-Match) */
  revision: z.int(),
  request: requestView,
  /** what is asked beside the least the purpose needs */
  asked: z.strictObject({
    fields: z.array(z.string()),
    unneededFields: z.array(z.string()),
    leastFields: z.array(z.string()),
    until: z.iso.date(),
  }),
  steps: z.array(stepStatus),
  /** earlier requests for the same product and purpose */
  similar: z.strictObject({
    approved: z.int(),
    refused: z.int(),
  }),
  /** the contract register between the two parties, for the step of the Rechtsamt */
  contract: z.strictObject({
    status: z.enum(['VALID', 'MISSING', 'EXPIRED']),
    kinds: z.array(z.enum(CONTRACT_KINDS)),
    needed: z.boolean(),
  }),
  /** what the evidence step has to confirm; null for other steps */
  evidence: z.array(askedEvidence).nullable(),
  /** null unless a committee decides */
  voting: votingView.nullable(),
  refusalReasons: z.array(
    z.strictObject({
      code: z.enum(Object.keys(REFUSAL_REASONS) as RefusalReason[]),
      text: z.string(),
    }),
  ),
  /** a negative opinion was given: approving needs written reasons */
  reasonsRequired: z.boolean(),
  /** which buttons there are, and why there are none */
  may: z.strictObject({
    approve: z.boolean(),
    advise: z.boolean(),
    ask: z.boolean(),
    refuse: z.boolean(),
    confirmContract: z.boolean(),
    confirmEvidence: z.boolean(),
    admit: z.boolean(),
    vote: z.boolean(),
    veto: z.boolean(),
    because: z.string().nullable(),
  }),
});
export type TaskView = z.output<typeof taskView>;

/** Where task and request stand after an act. */
export const actResult = z.strictObject({
  taskState: z.enum(taskStates.stored),
  requestState: z.enum(requestStates.stored),
  requestRevision: z.int(),
});
export type ActResult = z.output<typeof actResult>;
