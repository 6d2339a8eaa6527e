import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId, type Problem, type Tx } from '#lib/kernel';
import { exchangeProblems } from './exchange.problems';
import type { FormatName } from '#lib/sources';
import type { Ticket } from './exchange.view';

const TOKEN = /^[\w-]{43}$/; // 256 bits, base64url
const digest = (token: string): Buffer => createHash('sha256').update(token).digest();

@Injectable()
export class TicketRepository {
  async issue(
    tx: Tx,
    of: { agreementId: string; consumerUnitId: string; personId: string; format: FormatName; seconds: number },
  ): Promise<Ticket> {
    const ticketId = newId();
    const token = randomBytes(32).toString('base64url');
    const [row] = await tx.sql<{ expiresAt: Date }>(
      `INSERT INTO exchange.download_ticket (id, token_hash, agreement_id, consumer_unit_id, person_id, format, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, now(), now() + make_interval(secs => $7)) RETURNING expires_at AS "expiresAt"`,
      [ticketId, digest(token), of.agreementId, of.consumerUnitId, of.personId, of.format, of.seconds],
    );
    return { ticketId, token, expiresAt: row!.expiresAt.toISOString() };
  }

  /** Whom a ticket names, valid or not; null when there is no such ticket. Uses nothing up. */
  async holder(tx: Tx, token: string): Promise<{ personId: string } | null> {
    if (!TOKEN.test(token)) return null;
    const [row] = await tx.sql<{ personId: string }>(
      `SELECT person_id AS "personId" FROM exchange.download_ticket WHERE token_hash = $1`,
      [digest(token)],
    );
    return row ?? null;
  }

  /**
   * Uses a ticket up, or throws the problem that tells why it can not be used. Of two calls at once the second waits
   * for the row, finds it used and gets `ticket_used`.
   */
  async use(
    tx: Tx,
    token: string,
    forWhat: { agreementId: string; personId: string | null; format: FormatName },
  ): Promise<string> {
    if (!TOKEN.test(token)) throw exchangeProblems.ticket_unknown();
    const [used] = await tx.sql<{ id: string }>(
      `WITH used AS (
         UPDATE exchange.download_ticket SET used_at = now()
          WHERE token_hash = $1 AND agreement_id = $2 AND person_id = $3 AND format = $4 AND used_at IS NULL AND now() < expires_at
          RETURNING id)
       SELECT id FROM used`,
      [digest(token), forWhat.agreementId, forWhat.personId, forWhat.format],
    );
    if (used) return used.id;
    throw await this.whyNot(tx, token, forWhat);
  }

  private async whyNot(
    tx: Tx,
    token: string,
    { agreementId, personId, format }: { agreementId: string; personId: string | null; format: FormatName },
  ): Promise<Problem> {
    const [ticket] = await tx.sql<{ fits: boolean; used: boolean }>(
      `SELECT agreement_id = $2 AND person_id = $3 AND format = $4 AS fits, used_at IS NOT NULL AS used
         FROM exchange.download_ticket WHERE token_hash = $1`,
      [digest(token), agreementId, personId, format],
    );
    if (!ticket) return exchangeProblems.ticket_unknown();
    if (!ticket.fits) return exchangeProblems.ticket_mismatch();
    return ticket.used ? exchangeProblems.ticket_used() : exchangeProblems.ticket_expired();
  }
}
