/** Where an agreement can stand in the database. */
export const STORED_STATES = ['OFFERED', 'ACTIVE', 'SUSPENDED', 'REVOKED', 'TERMINATED'] as const;
export type StoredState = (typeof STORED_STATES)[number];

/** EXPIRED is never stored: it is worked out from the database's time at every access, so no job can be late with it. */
export const AGREEMENT_STATES = [...STORED_STATES, 'EXPIRED'] as const;
export type AgreementState = (typeof AGREEMENT_STATES)[number];

/** Every move an agreement can make; the database holds the same table (see the migration), a test compares the two. */
export const AGREEMENT_MOVES: readonly (readonly [from: StoredState, to: StoredState])[] = [
  ['OFFERED', 'ACTIVE'],
  ['OFFERED', 'REVOKED'],
  ['OFFERED', 'TERMINATED'],
  ['ACTIVE', 'SUSPENDED'],
  ['ACTIVE', 'REVOKED'],
  ['ACTIVE', 'TERMINATED'],
  // it rests for other reasons than before
  ['SUSPENDED', 'SUSPENDED'],
  ['SUSPENDED', 'ACTIVE'],
  ['SUSPENDED', 'REVOKED'],
  ['SUSPENDED', 'TERMINATED'],
];

export const canMove = (from: StoredState, to: StoredState): boolean =>
  AGREEMENT_MOVES.some(([a, b]) => a === from && b === to);

/** The state as it counts at `now`: an agreement whose time is over is EXPIRED, unless it ended before. Half-open. */
export function stateAt(state: StoredState, validUntil: Date, now: Date): AgreementState {
  const ended = state === 'REVOKED' || state === 'TERMINATED';
  return !ended && now >= validUntil ? 'EXPIRED' : state;
}

export const AGREEMENT_STATE_LABEL: Record<AgreementState, string> = {
  OFFERED: 'Wartet auf Bestätigung',
  ACTIVE: 'In Kraft',
  SUSPENDED: 'Ausgesetzt',
  REVOKED: 'Widerrufen',
  TERMINATED: 'Beendet',
  EXPIRED: 'Ausgelaufen',
};

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
