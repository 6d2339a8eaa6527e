import { Logger, systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { OrganisationReads } from '#lib/organisation';
import { RequestReview } from '#lib/requests';
import { Injectable } from '@nestjs/common';
import { approvalEscalated, approvalRaised } from './approvals.events';
import { Deciders, type Desk, type Staffing } from './deciders.service';
import type { Task } from './task.entity';
import { taskFacts, TaskRepository } from './tasks.repository';

/** Why a step went up. OVERDUE: three days after the deadline nobody had decided. */
export type RaisedBecause = Exclude<Staffing, 'SOMEBODY'> | 'OVERDUE';
export const RAISED_BECAUSE: Record<RaisedBecause, string> = {
  EXCLUDED: 'Alle Zuständigen haben den Antrag gestellt oder schon an ihm mitgewirkt.',
  VACANT: 'Niemand hat dieses Amt zurzeit.',
  ABSENT: 'Alle Zuständigen sind abwesend, und die Frist ist vorbei.',
  OVERDUE: 'Die Frist ist seit mehr als drei Tagen vorbei.',
};

const HEAD: Desk = { role: 'LEITUNG_VERWALTUNG', unitId: null };

/**
 * Where a step goes that nobody of its desk may decide (SOD-8): to the accountable person of the unit above, at last to
 * the head of the administration, and never to nobody. It widens who may decide; nothing is decided by it (K10), and who
 * was entitled stays so. Advice, votes and the word of another legal person are given by nobody else: then governance
 * office and Steuerungskreis are told.
 */
@Injectable()
export class Escalation {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organisation: OrganisationReads,
    private readonly laws: LawInForce,
    private readonly review: RequestReview,
    private readonly tasks: TaskRepository,
    private readonly deciders: Deciders,
    private readonly logger: Logger,
  ) {}

  /** Looks at every open step that was not raised yet, each in a transaction of its own. */
  async sweep(): Promise<void> {
    const acting = systemActing('approvals.escalation');
    const open = await this.uow.read(acting, (tx) =>
      tx.sql<{ requestId: string }>(
        `SELECT DISTINCT t.request_id AS "requestId" FROM approvals.task t JOIN requests.access_request r ON r.id = t.request_id AND r.state = 'IN_REVIEW'
          WHERE t.state = 'OPEN' AND t.raised_role IS NULL ORDER BY 1 LIMIT 2000`,
      ),
    );
    for (const { requestId } of open) {
      await this.uow
        .run(acting, async (tx) => {
          await this.review.lock(tx, requestId);
          await this.look(tx, requestId);
        })
        .catch((error: Error) =>
          this.logger.error({ err: error, requestId }, 'a step could not be raised; the next round tries again'),
        );
    }
  }

  /** Raises the open steps of a request that nobody of their desk may decide. The caller holds the request's row. */
  async look(tx: Tx, requestId: string): Promise<void> {
    const all = await this.tasks.ofRequest(tx, requestId);
    for (const task of all.filter(
      ({ state, raisedRole, votesNeeded }) => state === 'OPEN' && raisedRole === null && votesNeeded === null,
    )) {
      const because = await this.because(tx, task, all);
      if (because) await this.raise(tx, task, all, because);
    }
  }

  private async because(tx: Tx, task: Task, all: readonly Task[]): Promise<RaisedBecause | null> {
    const overdue = task.dueAt !== null && task.dueAt <= tx.now;
    const staffing = await this.deciders.staffing(tx, task, all, task);
    // who is away for a day comes back: the step waits for them until its deadline
    if (staffing !== 'SOMEBODY' && (staffing !== 'ABSENT' || overdue)) return staffing;
    return overdue && task.escalatedAt !== null ? 'OVERDUE' : null;
  }

  private async raise(tx: Tx, task: Task, all: readonly Task[], because: RaisedBecause): Promise<void> {
    const desk = await this.deskFor(tx, task, all);
    if (!desk) {
      // told once, by the notice of the governance office and the Steuerungskreis
      if (task.escalatedAt !== null) return;
      await this.tasks.markNotified(tx, task);
      await tx.emit(approvalEscalated({ ...taskFacts(task), dueAt: task.dueAt!.toISOString() }));
      return;
    }
    await this.tasks.raise(tx, task, desk, because);
    await tx.emit(approvalRaised({ ...taskFacts(task), toRole: desk.role, toUnitId: desk.unitId, because }));
  }

  /** Nobody outside the statistics section decides on its data, however high they stand (BStatG § 16(5), SOD-6). */
  private async isSealedOff(tx: Tx, { seat, unitId }: Task): Promise<boolean> {
    return (
      seat === 'PROVIDER' && unitId !== null && (await this.organisation.unit(tx, unitId)).kind === 'STATISTIKSTELLE'
    );
  }

  /** The nearest desk up the line where somebody may decide; null where nobody may stand in. */
  private async deskFor(tx: Tx, task: Task, all: readonly Task[]): Promise<Desk | null> {
    const { nobody } = (await this.laws.roles(tx)).role(task.role).deputy;
    if (nobody === 'NOTICE' || task.kind === 'CONSULT' || (await this.isSealedOff(tx, task))) return null;
    const above = nobody === 'SUPERIOR' && task.unitId ? await this.organisation.superiors(tx, task.unitId) : [];
    // another legal person has nobody of the city above it
    if (nobody === 'SUPERIOR' && above.length === 0) return null;
    for (const { id: unitId } of above) {
      const accountable = await this.organisation.accountableRole(tx, unitId);
      // the approval of the asking side is given above by whoever approves there in the same sense
      for (const role of task.role === 'REQ_HEAD' ? [task.role, accountable] : [accountable])
        if ((await this.deciders.staffing(tx, task, all, { role, unitId })) === 'SOMEBODY') return { role, unitId };
    }
    return (await this.deciders.staffing(tx, task, all, HEAD)) === 'SOMEBODY' ? HEAD : null;
  }
}
