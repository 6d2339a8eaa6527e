import { isoTime } from '#lib/kernel';
import { DANGER, FORM } from '#lib/policy';
import { rowFilterSchema } from '#lib/sources';
import { z } from 'zod';
import { EMERGENCY_FINDINGS, EMERGENCY_OPINIONS, emergencyStates } from './emergency-access.states';

/** What waits for the reader: nothing is done by a job, so the list is worked out at every look. */
export const EMERGENCY_TASKS = ['CONFIRM', 'OPINION', 'REVIEW'] as const;
export type EmergencyTask = (typeof EMERGENCY_TASKS)[number];

/** One line of a list of emergency accesses: plain JSON. */
export const emergencyLine = z.strictObject({
  id: z.uuid(),
  state: z.enum(emergencyStates.stored),
  stateName: z.string(),
  productId: z.uuid(),
  productTitle: z.string(),
  consumerUnitId: z.uuid(),
  consumerUnitName: z.string(),
  providerUnitId: z.uuid(),
  providerUnitName: z.string(),
  danger: z.enum(DANGER),
  caseNumber: z.string(),
  openedAt: isoTime,
  lapsesAt: isoTime,
  /** end of the 24 hours, or earlier when it was ended; null before the confirmation */
  endsAt: isoTime.nullable(),
  /** when the review is due; null before the confirmation */
  reviewDueAt: isoTime.nullable(),
  reviewOverdue: z.boolean(),
  opinion: z.enum(EMERGENCY_OPINIONS).nullable(),
  finding: z.enum(EMERGENCY_FINDINGS).nullable(),
  agreementId: z.uuid().nullable(),
  requestId: z.uuid().nullable(),
  task: z.enum(EMERGENCY_TASKS).nullable(),
});
export type EmergencyLine = z.output<typeof emergencyLine>;

export const emergencyView = z.strictObject({
  ...emergencyLine.shape,
  reason: z.string(),
  fields: z.array(z.string()),
  rows: rowFilterSchema.nullable(),
  form: z.enum(FORM).exclude(['API_LIVE']),
  openedByName: z.string(),
  confirmedByName: z.string().nullable(),
  confirmedAt: isoTime.nullable(),
  opinionText: z.string().nullable(),
  opinionByName: z.string().nullable(),
  findingText: z.string().nullable(),
  findingByName: z.string().nullable(),
  /** what the reader may do now */
  may: z.strictObject({
    confirm: z.boolean(),
    end: z.boolean(),
    giveOpinion: z.boolean(),
    review: z.boolean(),
    receive: z.boolean(),
  }),
});
export type EmergencyView = z.output<typeof emergencyView>;

/** Where an emergency access stands after an act. */
export const emergencyStatus = z.strictObject({
  ...emergencyLine.pick({ id: true, state: true, agreementId: true }).shape,
  /** of the 24 hours; null before the confirmation */
  validUntil: isoTime.nullable(),
});
export type EmergencyStatus = z.output<typeof emergencyStatus>;
