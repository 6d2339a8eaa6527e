import { defineStates, type StoredStateOf } from '#lib/kernel';
import { type AgreementState, stateAt, type StoredState } from '../agreement/agreement.states';

/** Where an emergency access stands. Worked out from its row and its agreement at every look; nothing of it is stored. */
export const emergencyStates = defineStates({
  WAITING: {
    label: 'Wartet auf die zweite Person',
    to: { confirm: 'RUNNING', drop: 'DROPPED', lapse: 'LAPSED' },
  },
  LAPSED: { label: 'Nicht bestätigt', to: {} },
  DROPPED: { label: 'Zurückgezogen', to: {} },
  RUNNING: { label: 'Läuft', to: { end: 'OVER' } },
  OVER: { label: 'Vorbei, Nachprüfung offen', to: { review: 'REVIEWED' } },
  REVIEWED: { label: 'Nachgeprüft', to: {} },
});
export type EmergencyState = StoredStateOf<typeof emergencyStates>;

export const EMERGENCY_OPINIONS = ['POSITIVE', 'CONDITIONAL', 'NEGATIVE'] as const;
export const EMERGENCY_FINDINGS = ['LAWFUL', 'UNLAWFUL'] as const;
export type EmergencyOpinion = (typeof EMERGENCY_OPINIONS)[number];
export type EmergencyFinding = (typeof EMERGENCY_FINDINGS)[number];
export const EMERGENCY_OPINION_LABEL: Record<EmergencyOpinion, string> = {
  POSITIVE: 'keine Bedenken',
  CONDITIONAL: 'Bedenken in Teilen',
  NEGATIVE: 'Bedenken',
};
export const EMERGENCY_FINDING_LABEL: Record<EmergencyFinding, string> = {
  LAWFUL: 'rechtmäßig',
  UNLAWFUL: 'nicht rechtmäßig',
};

/** An opening nobody confirms opens nothing any more after this time: who can wait longer can send a request. */
export const CONFIRM_WITHIN_HOURS = 2;
/** Days after its end by which an emergency access is to be reviewed; then the deputy may too. */
export const REVIEW_WITHIN_DAYS = 7;

export interface EmergencyMarks {
  lapsesAt: Date;
  droppedAt: Date | null;
  finding: EmergencyFinding | null;
  agreement: { state: StoredState; validUntil: Date; endedAt: Date | null } | null;
}

export function emergencyStateAt(
  { lapsesAt, droppedAt, finding, agreement }: EmergencyMarks,
  now: Date,
): EmergencyState {
  if (finding) return 'REVIEWED';
  if (droppedAt) return 'DROPPED';
  if (!agreement) return now < lapsesAt ? 'WAITING' : 'LAPSED';
  const state: AgreementState = stateAt(agreement.state, agreement.validUntil, now);
  return state === 'EXPIRED' || state === 'REVOKED' || state === 'TERMINATED' ? 'OVER' : 'RUNNING';
}

/** When a confirmed emergency access ended or will end. */
export const endOf = ({ validUntil, endedAt }: NonNullable<EmergencyMarks['agreement']>): Date =>
  endedAt && endedAt < validUntil ? endedAt : validUntil;

export const reviewDueAt = (end: Date): Date => new Date(end.getTime() + REVIEW_WITHIN_DAYS * 86_400_000);
