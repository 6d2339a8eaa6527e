import { defineStates, type StateOf, type StoredStateOf } from '#lib/kernel';

/**
 * Where an agreement can stand. EXPIRED is never stored: it is worked out from the database's time at every access, so no
 * job can be late with it.
 */
export const agreementStates = defineStates(
  {
    OFFERED: {
      label: 'Wartet auf Bestätigung',
      to: { confirm: 'ACTIVE', revoke: 'REVOKED', terminate: 'TERMINATED' },
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

/** How the exchange is put on paper, by the legal form of the parties (governance §1.3). */
export const INSTRUMENTS = ['VERMERK', 'INTERNE_VEREINBARUNG', 'AVV', 'JCA', 'DUV'] as const;
export type Instrument = (typeof INSTRUMENTS)[number];
export const INSTRUMENT_LABEL: Record<Instrument, string> = {
  VERMERK: 'Vermerk über die Weitergabe',
  INTERNE_VEREINBARUNG: 'Interne Vereinbarung mit dem Eigenbetrieb',
  AVV: 'Vertrag zur Auftragsverarbeitung',
  JCA: 'Vereinbarung über gemeinsame Verantwortlichkeit',
  DUV: 'Datenüberlassungsvertrag',
};
