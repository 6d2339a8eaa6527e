import { Injectable } from '@nestjs/common';
import type { Tx } from '#lib/kernel';
import type { DeliveryLimit } from '#lib/policy';
import type { FormatName } from '#lib/sources';
import type { EndReason, ExchangeEnd } from './exchange.states';
import type { ExchangeView } from './exchange.view';

export interface NewExchange {
  id: string;
  agreementId: string;
  agreementRevision: number;
  requestId: string;
  productVersionId: string;
  consumerUnitId: string;
  providerUnitId: string;
  decisionId: string;
  ticketId: string | null;
  format: FormatName;
  releasedBytes: number;
  correlation: string;
}

export interface EndRecord {
  state: ExchangeEnd;
  reason: EndReason | null;
  bytes: number | null;
  rows: number | null;
  sha256: string | null;
}

type Row = Omit<ExchangeView, 'startedAt' | 'endedAt'> & { startedAt: Date; endedAt: Date | null };

// counts are far below 2^53, so float8 brings them over as exact numbers
const VIEW = `id, agreement_id AS "agreementId", format, state, reason, released_bytes::float8 AS "releasedBytes",
  bytes::float8 AS bytes, rows::float8 AS rows, encode(sha256, 'hex') AS sha256, started_at AS "startedAt", ended_at AS "endedAt"`;

const view = (row: Row): ExchangeView => ({
  ...row,
  startedAt: row.startedAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
});

/** Conditional updates are wrapped in WITH, so that they give their rows like a query does. */
@Injectable()
export class ExchangeRepository {
  /** False, and nothing written, when the agreement's time was over by the moment of writing: a lock may have taken it. */
  async start(tx: Tx, exchange: NewExchange, validUntil: Date, leaseSeconds: number): Promise<boolean> {
    const rows = await tx.sql(
      `INSERT INTO exchange.exchange (id, agreement_id, agreement_revision, request_id, product_version_id, consumer_unit_id,
         provider_unit_id, decision_id, ticket_id, format, state, released_bytes, correlation, started_at, lease_until)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'STARTED', $11, $12, t.now, t.now + make_interval(secs => $13)
         FROM (SELECT clock_timestamp() AS now) t WHERE t.now < $14 RETURNING id`,
      [
        exchange.id,
        exchange.agreementId,
        exchange.agreementRevision,
        exchange.requestId,
        exchange.productVersionId,
        exchange.consumerUnitId,
        exchange.providerUnitId,
        exchange.decisionId,
        exchange.ticketId,
        exchange.format,
        exchange.releasedBytes,
        exchange.correlation,
        leaseSeconds,
        validUntil,
      ],
    );
    return rows.length === 1;
  }

  /**
   * Commits a credit and renews the lease, while the exchange runs and the agreement's time is not over by the clock
   * of this statement; else says which of the two it is.
   */
  async release(
    tx: Tx,
    id: string,
    upTo: number,
    validUntil: Date,
    leaseSeconds: number,
  ): Promise<'OPEN' | 'OVER' | 'ENDED'> {
    const rows = await tx.sql(
      `WITH credit AS (
         UPDATE exchange.exchange SET released_bytes = greatest(released_bytes, $2), lease_until = clock_timestamp() + make_interval(secs => $3)
          WHERE id = $1 AND state = 'STARTED' AND clock_timestamp() < $4 RETURNING id)
       SELECT id FROM credit`,
      [id, upTo, leaseSeconds, validUntil],
    );
    if (rows.length === 1) return 'OPEN';
    return (await this.find(tx, id))?.state === 'STARTED' ? 'OVER' : 'ENDED';
  }

  /** Writes the one end of an exchange; null when it had one already. */
  async end(tx: Tx, id: string, end: EndRecord): Promise<ExchangeView | null> {
    const [row] = await tx.sql<Row>(
      `WITH ended AS (
         UPDATE exchange.exchange SET state = $2, reason = $3, bytes = $4, rows = $5, sha256 = decode($6, 'hex'), ended_at = now()
          WHERE id = $1 AND state = 'STARTED' RETURNING *)
       SELECT ${VIEW} FROM ended`,
      [id, end.state, end.reason, end.bytes, end.rows, end.sha256],
    );
    return row ? view(row) : null;
  }

  /** Streams whose process has not renewed its lease; a few at a time, each by one reaper only. */
  async abandoned(tx: Tx, limit: number): Promise<string[]> {
    const rows = await tx.sql<{ id: string }>(
      `SELECT id FROM exchange.exchange WHERE state = 'STARTED' AND lease_until < now()
        ORDER BY lease_until LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Open streams of an agreement and of a receiving unit. Takes a lock on the unit until the end of the transaction:
   * two starts count one after the other, so the cap holds.
   */
  async open(tx: Tx, agreementId: string, consumerUnitId: string): Promise<{ ofAgreement: number; ofUnit: number }> {
    await tx.sql(`SELECT pg_advisory_xact_lock(hashtextextended('exchange.streams ' || $1, 0))`, [consumerUnitId]);
    const [count] = await tx.sql<{ ofAgreement: number; ofUnit: number }>(
      `SELECT count(*) FILTER (WHERE agreement_id = $1)::int AS "ofAgreement", count(*)::int AS "ofUnit"
         FROM exchange.exchange WHERE consumer_unit_id = $2 AND state = 'STARTED' AND lease_until >= now()`,
      [agreementId, consumerUnitId],
    );
    return count!;
  }

  /**
   * Deliveries of the last days that count against an agreement: those of its product to its receiving office in its form,
   * whatever agreement they rest on, also of another department, which this transaction may not see; of an emergency access
   * its own. Complete ones and those under way count. One that broke is free to be tried again; only what the receiver
   * broke off counts from the `times + 1`st on, else breaking off would be a way past the limit. `next`: when the oldest
   * of them is too old to count, null when none does. Two that count at once do it one after the other.
   */
  async deliveredToOffice(
    tx: Tx,
    agreementId: string,
    { times, days }: DeliveryLimit,
  ): Promise<{ count: number; next: Date | null }> {
    const [found] = await tx.sql<{ count: number; next: Date | null }>(
      'SELECT deliveries AS count, next_at AS next FROM exchange.delivered_to_office($1, $2, $3)',
      [agreementId, times, days],
    );
    return found!;
  }

  async find(tx: Tx, id: string): Promise<ExchangeView | null> {
    const [row] = await tx.sql<Row>(`SELECT ${VIEW} FROM exchange.exchange WHERE id = $1`, [id]);
    return row ? view(row) : null;
  }

  async ofAgreement(tx: Tx, agreementId: string, limit: number): Promise<ExchangeView[]> {
    const rows = await tx.sql<Row>(
      `SELECT ${VIEW} FROM exchange.exchange WHERE agreement_id = $1 ORDER BY started_at DESC, id DESC LIMIT $2`,
      [agreementId, limit],
    );
    return rows.map(view);
  }
}
