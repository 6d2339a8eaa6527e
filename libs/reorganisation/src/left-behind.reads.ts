import { UnitOfWork } from '#lib/kernel';
import type { Actor } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { LeftBehind } from './left-behind.view';
import { SIDES } from './touched-by-change';

/** What a change has left without one of its sides. */
@Injectable()
export class LeftBehindReads {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Agreements that rest because a side ended and nobody stands in its place, with the unit that has to decide what
   * becomes of them: for that unit, and for the offices that see the whole city. At most 500, the oldest rest first.
   */
  agreements(actor: Actor): Promise<LeftBehind[]> {
    return this.uow.read(actor.acting, async (tx) => {
      const rows = await tx.sql<Omit<LeftBehind, 'since'> & { since: Date }>(
        `SELECT a.id AS "agreementId", a.number, e.name AS "endedUnitName", o.id AS "actsUnitId", o.name AS "actsUnitName", a.suspended_at AS since
           FROM agreements.agreement a
           JOIN LATERAL (${SIDES('a', 'a.request_id')}) s ON true
           JOIN organisation.unit e ON e.id = CASE WHEN organisation.unit_exists_now(s.consumer) THEN s.provider ELSE s.consumer END
           JOIN organisation.unit o ON o.id = CASE WHEN organisation.unit_exists_now(s.consumer) THEN s.consumer ELSE s.provider END
          WHERE a.state = 'SUSPENDED' AND a.valid_until > now() AND NOT organisation.unit_exists_now(e.id) ORDER BY a.suspended_at, a.id LIMIT 500`,
      );
      return rows.map(({ since, ...one }) => ({ ...one, since: since.toISOString() }));
    });
  }
}
