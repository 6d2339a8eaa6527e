import { defineStates, type StateOf, type StoredStateOf } from '#lib/kernel';

/**
 * Where an agreement can stand. EXPIRED is never stored: it is worked out from the database's time at every access, so no
 * job can be late with it.
 */
export const agreementStates = defineStates(
  {
    OFFERED: {
      label: 'Wartet auf Bestätigung',
      // confirmFirst: whose purpose it is confirms before the processor
      to: { confirmFirst: 'OFFERED', confirm: 'ACTIVE', revoke: 'REVOKED', terminate: 'TERMINATED' },
    },
    ACTIVE: { label: 'In Kraft', to: { suspend: 'SUSPENDED', revoke: 'REVOKED', terminate: 'TERMINATED' } },
    SUSPENDED: {
      label: 'Ausgesetzt',
      // suspended once more: it rests for other reasons than before
      to: { suspend: 'SUSPENDED', resume: 'ACTIVE', revoke: 'REVOKED', terminate: 'TERMINATED' },
    },
    REVOKED: { label: 'Widerrufen', to: {} },
    TERMINATED: { label: 'Beendet', to: {} },
  },
  { EXPIRED: 'Ausgelaufen' },
);
export type StoredState = StoredStateOf<typeof agreementStates>;
export type AgreementState = StateOf<typeof agreementStates>;

/** The state as it counts at `now`: an agreement whose time is over is EXPIRED, unless it ended before. Half-open. */
export function stateAt(state: StoredState, validUntil: Date, now: Date): AgreementState {
  const ended = state === 'REVOKED' || state === 'TERMINATED';
  return !ended && now >= validUntil ? 'EXPIRED' : state;
}
