import { defineEvent } from '#lib/kernel';
import { FORMAT_NAMES } from '#lib/sources';
import { z } from 'zod';
import { END_REASONS } from './exchange.states';

const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const id = z.uuid();

/** A browser may fetch once within 60 seconds. The token itself is in no event. */
export const ticketIssued = defineEvent(
  'exchange.ticket_issued.v1',
  z.strictObject({ ticketId: id, agreementId: id, format: z.enum(FORMAT_NAMES) }),
);

/** Someone asked at the gate and got nothing: no byte was read upstream. */
export const exchangeRefused = defineEvent(
  'exchange.refused.v1',
  z.strictObject({
    agreementId: id,
    code: z.string(),
    rules: z.array(z.string()).optional(),
    rulesetHash: z.string().optional(),
    decisionId: id.optional(),
    ticketId: id.optional(),
  }),
);

/** Committed before the first byte; `releasedBytes` is the first credit. */
export const exchangeStarted = defineEvent(
  'exchange.started.v1',
  z.strictObject({
    exchangeId: id,
    agreementId: id,
    agreementRevision: count,
    requestId: id,
    productVersionId: id,
    consumerUnitId: id,
    providerUnitId: id,
    decisionId: id,
    rulesetHash: z.string(),
    obligations: z.array(z.string()),
    format: z.enum(FORMAT_NAMES),
    ticketId: id.nullable(),
    releasedBytes: count,
  }),
);

/** Everything was handed over; the client saw the end of the body only after this was committed. */
export const exchangeCompleted = defineEvent(
  'exchange.completed.v1',
  z.strictObject({ exchangeId: id, agreementId: id, rows: count, bytes: count, releasedBytes: count, sha256 }),
);

/** `bytes` and `sha256` are what was handed over so far; null when only the reaper can tell: then at most `releasedBytes`. */
const stopped = z.strictObject({
  exchangeId: id,
  agreementId: id,
  reason: z.enum(END_REASONS),
  bytes: count.nullable(),
  releasedBytes: count,
  sha256: sha256.nullable(),
});
export const exchangeRevoked = defineEvent('exchange.revoked.v1', stopped);
export const exchangeInterrupted = defineEvent('exchange.interrupted.v1', stopped);
export const exchangeFailed = defineEvent('exchange.failed.v1', stopped);

/** The event of each end that is no completion. */
export const END_EVENT = { REVOKED: exchangeRevoked, INTERRUPTED: exchangeInterrupted, FAILED: exchangeFailed };
