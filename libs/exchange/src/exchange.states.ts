import { defineStates, type StoredStateOf } from '#lib/kernel';

/**
 * The states of one exchange. The ticket (or the bearer token) is the authorisation; a row exists from the moment
 * `exchange.started.v1` is committed, and it ends exactly once. The same table stands as a trigger in the database.
 */
export const exchangeStates = defineStates({
  STARTED: { to: { complete: 'COMPLETED', fail: 'FAILED', interrupt: 'INTERRUPTED', revoke: 'REVOKED' } },
  COMPLETED: { to: {} },
  FAILED: { to: {} },
  INTERRUPTED: { to: {} },
  REVOKED: { to: {} },
});
export type ExchangeState = StoredStateOf<typeof exchangeStates>;
export type ExchangeEnd = Exclude<ExchangeState, 'STARTED'>;

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
