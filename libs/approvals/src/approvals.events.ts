import { defineEvent } from '#lib/kernel';
import { z } from 'zod';
import { OPINIONS, taskStates } from './task.states';
import { VOTES } from './vote.entity';

const id = z.uuid();
const state = z.enum(taskStates.stored);
const task = { taskId: id, requestId: id, step: z.string(), role: z.string(), seat: z.string(), unitId: id.nullable() };
/** Each move of a task is exactly one event that carries these three. */
const move = { ...task, from: state.nullable(), to: state, revision: z.number().int() };
/** The actor is the event's own; here only whether a deputy or a delegate acted. */
const act = { ...move, as: z.enum(['PRINCIPAL', 'DEPUTY', 'DELEGATE']) };

export const approvalPlanned = defineEvent(
  'approval.planned.v1',
  z.object({
    ...move,
    kind: z.enum(['APPROVE', 'CONSULT']),
    decisionId: id,
    round: z.number().int(),
    stage: z.number().int(),
  }),
);
export const approvalOpened = defineEvent('approval.opened.v1', z.object({ ...move, dueAt: z.iso.datetime() }));
/** `evidence`: kinds that were checked; `votes`: offices that voted for it. */
export const approvalGiven = defineEvent(
  'approval.given.v1',
  z.object({
    ...act,
    conditions: z.array(z.string()),
    evidence: z.array(z.string()).optional(),
    votes: z.number().int().optional(),
  }),
);
/** One office of a committee has voted; the task itself moves when the votes suffice, or can not any more. */
export const approvalVoted = defineEvent(
  'approval.voted.v1',
  z.object({ ...task, officeUnitId: id, vote: z.enum(VOTES), as: z.enum(['PRINCIPAL', 'DEPUTY', 'DELEGATE']) }),
);
export const approvalAdvised = defineEvent('approval.advised.v1', z.object({ ...act, opinion: z.enum(OPINIONS) }));
export const approvalRefused = defineEvent('approval.refused.v1', z.object({ ...act, reasonCode: z.string() }));
export const approvalClosed = defineEvent(
  'approval.closed.v1',
  z.object({ ...move, cause: z.enum(['REFUSED', 'WITHDRAWN', 'EXPIRED', 'DECIDED_ANEW']) }),
);
/** Approved against a negative opinion, with written reasons: the Steuerungskreis takes notice (governance §2.2). */
export const approvalOverrode = defineEvent(
  'approval.overrode-opinion.v1',
  z.object({ ...task, opinions: z.array(z.string()) }),
);

const deadline = { ...task, dueAt: z.iso.datetime() };
export const approvalReminded = defineEvent('approval.reminded.v1', z.object(deadline));
/** The deadline passed: from now on a deputy may decide. Nothing is approved by this. */
export const approvalOverdue = defineEvent('approval.overdue.v1', z.object(deadline));
/** Nobody of the desk may decide: the step is open to the one above, `toUnitId` null for the head of the administration (SOD-8). */
export const approvalRaised = defineEvent(
  'approval.raised.v1',
  z.object({
    ...task,
    toRole: z.string(),
    toUnitId: id.nullable(),
    because: z.enum(['EXCLUDED', 'VACANT', 'ABSENT', 'OVERDUE']),
  }),
);
/** Still nobody decided: the Geschäftsstelle takes it up. Nothing is approved by this. */
export const approvalEscalated = defineEvent('approval.escalated.v1', z.object(deadline));
