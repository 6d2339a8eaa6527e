import type { AgreementState, EmergencyState } from '#lib/agreements';
import type { VersionLine } from '#lib/rulebook';
import type { Tone } from './parts';

export const AGREEMENT_TONE: Record<AgreementState, Tone> = {
  OFFERED: 'warning',
  ACTIVE: 'success',
  SUSPENDED: 'warning',
  REVOKED: 'danger',
  TERMINATED: 'info',
  EXPIRED: 'info',
};

export const VERSION_TONE: Record<VersionLine['state'], Tone> = {
  DRAFT: 'info',
  CONSULTATION: 'info',
  VOTE: 'warning',
  ADOPTED: 'success',
  IN_FORCE: 'success',
  REPEALED: 'info',
  RECALLED: 'warning',
  REFUSED: 'danger',
  WITHDRAWN: 'info',
};

export const EMERGENCY_TONE: Record<EmergencyState, Tone> = {
  WAITING: 'warning',
  LAPSED: 'info',
  DROPPED: 'info',
  RUNNING: 'danger',
  OVER: 'warning',
  REVIEWED: 'info',
};
