import { isoTime } from '#lib/kernel';
import { z } from 'zod';
import { FORMAT_NAMES } from '#lib/sources';
import { END_REASONS, exchangeStates } from './exchange.states';

/** One exchange as the two sides see it. Counts are exact integers; `sha256` is hex. */
export const exchangeView = z.strictObject({
  id: z.uuid(),
  agreementId: z.uuid(),
  format: z.enum(FORMAT_NAMES),
  state: z.enum(exchangeStates.stored),
  reason: z.enum(END_REASONS).nullable(),
  releasedBytes: z.int(),
  bytes: z.int().nullable(),
  rows: z.int().nullable(),
  sha256: z.string().nullable(),
  startedAt: isoTime,
  endedAt: isoTime.nullable(),
});
export type ExchangeView = z.output<typeof exchangeView>;

/** A ticket as its holder gets it, once. Only the SHA-256 of `token` is kept. */
export const ticketView = z.strictObject({ ticketId: z.uuid(), token: z.string(), expiresAt: isoTime });
export type Ticket = z.output<typeof ticketView>;
