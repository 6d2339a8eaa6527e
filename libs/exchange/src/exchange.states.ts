/**
 * The states of one exchange. The ticket (or the bearer token) is the authorisation; a row exists from the moment
 * `exchange.started.v1` is committed, and it ends exactly once. The same table stands as a trigger in the database.
 */
export const EXCHANGE_STATES = ['STARTED', 'COMPLETED', 'FAILED', 'INTERRUPTED', 'REVOKED'] as const;
export type ExchangeState = (typeof EXCHANGE_STATES)[number];
export type ExchangeEnd = Exclude<ExchangeState, 'STARTED'>;

export const EXCHANGE_TRANSITIONS: Record<ExchangeState, readonly ExchangeEnd[]> = {
  STARTED: ['COMPLETED', 'FAILED', 'INTERRUPTED', 'REVOKED'],
  COMPLETED: [],
  FAILED: [],
  INTERRUPTED: [],
  REVOKED: [],
};

/**
 * Why an exchange did not complete. `agreement_*`: the gate stopped it; `consumer_*`: the receiver; `engine_failed`:
 * our side; `lease_passed`: the process that streamed is gone and the reaper closed its record.
 */
export const END_REASONS = [
  'agreement_revoked',
  'agreement_expired',
  'agreement_changed',
  'consumer_aborted',
  'consumer_too_slow',
  'engine_failed',
  'gate_stopped',
  'credit_unavailable',
  'lease_passed',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** Which end a reason leads to. */
export const END_OF: Record<EndReason, Exclude<ExchangeEnd, 'COMPLETED'>> = {
  agreement_revoked: 'REVOKED',
  agreement_expired: 'REVOKED',
  agreement_changed: 'REVOKED',
  consumer_aborted: 'INTERRUPTED',
  consumer_too_slow: 'INTERRUPTED',
  engine_failed: 'FAILED',
  gate_stopped: 'INTERRUPTED',
  credit_unavailable: 'INTERRUPTED',
  lease_passed: 'INTERRUPTED',
};
