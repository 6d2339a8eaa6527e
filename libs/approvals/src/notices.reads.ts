import { UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { type Actor, type RoleCode } from '#lib/organisation';
import { RequestViews } from '#lib/requests';
import { Injectable } from '@nestjs/common';
import { approvalProblems } from './approvals.problems';
import { RAISED_BECAUSE, type RaisedBecause } from './escalation.service';
import type { Notice } from './task.view';

interface Found {
  kind: Notice['kind'];
  taskId: string;
  requestId: string;
  role: RoleCode;
  advisers: RoleCode[];
  reasons: string | null;
  /** of an escalation; null where nobody stands in and the deadline is not over */
  because: RaisedBecause | null;
  at: Date;
}

const NOBODY = 'Niemand darf diesen Schritt zurzeit entscheiden, und niemand darf dafür einspringen.';

/** Who takes notice: the Steuerungskreis, and the Geschäftsstelle that keeps the queue. */
const READERS: readonly RoleCode[] = ['SK_MITGLIED', 'GS_DG'];

/** What the Steuerungskreis takes notice of (governance §2.2). Read from the tasks themselves, so nothing can be missing. */
@Injectable()
export class NoticeReads {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly laws: LawInForce,
    private readonly views: RequestViews,
  ) {}

  isFor(actor: Actor): boolean {
    return actor.appointments.some(({ role }) => READERS.includes(role));
  }

  /**
   * Approvals against a negative opinion, with their reasons, and tasks nobody decided long after the deadline or nobody of
   * the desk may decide; the latest first, 200 at most. Throws `notices_not_yours`.
   */
  notices(actor: Actor): Promise<Notice[]> {
    if (!this.isFor(actor)) throw approvalProblems.notices_not_yours();
    return this.uow.read(actor.acting, async (tx) => {
      const found = await tx.sql<Found>(
        `SELECT 'OPINION_OVERRIDDEN' AS kind, t.id AS "taskId", t.request_id AS "requestId", t.role, t.text AS reasons, t.decided_at AS at,
                array_agg(o.role ORDER BY o.role) AS advisers, NULL AS because
           FROM approvals.task t JOIN approvals.task o ON o.request_id = t.request_id AND o.round = t.round AND o.opinion = 'NEGATIVE'
          WHERE t.state = 'APPROVED' AND t.kind = 'APPROVE' AND t.seat = 'PROVIDER' AND organisation.is_accountable(t.role) GROUP BY t.id
         UNION ALL
         SELECT 'ESCALATED', t.id, t.request_id, t.role, NULL, t.escalated_at, '{}',
                coalesce(t.raised_because, CASE WHEN t.due_at + interval '3 days' <= now() THEN 'OVERDUE' END)
           FROM approvals.task t WHERE t.state = 'OPEN' AND t.escalated_at IS NOT NULL
          ORDER BY at DESC LIMIT 200`,
      );
      const roles = await this.laws.roles(tx);
      const notices: Notice[] = [];
      for (const { kind, taskId, requestId, role, advisers, reasons, because, at } of found) {
        const { number, productTitle, consumerUnitName, providerUnitName } = await this.views.lineOf(tx, requestId);
        notices.push({
          ...{ kind, taskId, requestId, requestNumber: number, productTitle, consumerUnitName, providerUnitName },
          reasons: kind === 'ESCALATED' ? (because ? RAISED_BECAUSE[because] : NOBODY) : reasons,
          roleName: roles.role(role).name,
          advisers: advisers.map((adviser) => roles.role(adviser).name),
          at: at.toISOString(),
        });
      }
      return notices;
    });
  }
}
