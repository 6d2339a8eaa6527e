import { systemActing, UnitOfWork } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { emergencyReviewOverdue } from '../agreements.events';
import { REVIEW_WITHIN_DAYS } from './emergency-access.states';

interface Due {
  emergencyId: string;
  requestId: string;
  agreementId: string;
  consumerUnitId: string;
  providerUnitId: string;
  opinion: string | null;
  dueAt: Date;
}

/** Tells, once each, that an emergency access should have been reviewed by now. Nothing else follows from time. */
@Injectable()
export class EmergencyReminder {
  constructor(private readonly uow: UnitOfWork) {}

  /** The mark and the event are one commit: if we die before it, the next round tells. */
  async run(): Promise<void> {
    await this.uow.run(systemActing('agreements.emergency-reviews'), async (tx) => {
      const due = await tx.sql<Due>(
        `WITH due AS (
           SELECT e.id, least(a.valid_until, a.ended_at) + make_interval(days => $1) AS due_at
             FROM agreements.emergency_access e JOIN agreements.agreement a ON a.id = e.agreement_id
            WHERE e.finding IS NULL AND e.review_told_at IS NULL AND least(a.valid_until, a.ended_at) + make_interval(days => $1) <= now()
            ORDER BY due_at, e.id LIMIT 500 FOR UPDATE OF e SKIP LOCKED),
         told AS (UPDATE agreements.emergency_access e SET review_told_at = now() FROM due WHERE e.id = due.id RETURNING e.*, due.due_at)
         SELECT id AS "emergencyId", request_id AS "requestId", agreement_id AS "agreementId", consumer_unit_id AS "consumerUnitId",
                provider_unit_id AS "providerUnitId", opinion, due_at AS "dueAt" FROM told ORDER BY due_at, id`,
        [REVIEW_WITHIN_DAYS],
      );
      for (const { opinion, dueAt, ...ids } of due) {
        await tx.emit(
          emergencyReviewOverdue({
            ...ids,
            waitsFor: opinion === null ? 'OPINION' : 'FINDING',
            dueAt: dueAt.toISOString(),
          }),
        );
      }
    });
  }
}
