import { type DomainEvent, isId, move, type Move, type Movement, type Tx } from '#lib/kernel';
import type { RoleCode } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { approvalProblems, withProblems } from './approvals.problems';
import { Task } from './task.entity';
import { Vote } from './vote.entity';
import { type TaskState, taskStates } from './task.states';
import { lastDay } from './working-days';

/** What a move may set besides state and revision. */
export type TaskChanges = Partial<
  Pick<
    Task,
    | 'openedAt'
    | 'dueAt'
    | 'decidedAt'
    | 'decidedByPersonId'
    | 'actedForPersonId'
    | 'appointmentId'
    | 'opinion'
    | 'text'
    | 'conditions'
    | 'reasonCode'
    | 'delegationId'
    | 'evidence'
    | 'admissionReference'
  >
>;
const movement: Movement<Task> = {
  entity: Task,
  states: taskStates,
  refused: () => approvalProblems.task_not_open(),
  changed: approvalProblems.task_already_decided,
};

/** What every event of a task says of it. */
export const taskFacts = ({ id, requestId, step, role, seat, unitId }: Task) => ({
  taskId: id,
  requestId,
  step,
  role,
  seat,
  unitId,
});
export type TaskMove = ReturnType<typeof taskFacts> & Move<Task>;

@Injectable()
export class TaskRepository {
  /** Throws `task_not_found`, also for tasks of requests the reader has no side in. */
  async find(tx: Tx, id: string): Promise<Task> {
    const task = isId(id) ? await tx.em.findOneBy(Task, { id }) : null;
    if (!task) throw approvalProblems.task_not_found();
    return task;
  }

  ofRequest(tx: Tx, requestId: string): Promise<Task[]> {
    return tx.em.find(Task, { where: { requestId }, order: { round: 'ASC', stage: 'ASC', id: 'ASC' } });
  }

  async insert(tx: Tx, task: Task): Promise<void> {
    await tx.em.insert(Task, task);
  }

  /** The one way a task's state changes, see `move`; the caller holds the request's row, so nobody else moves a task of it. */
  async move(
    tx: Tx,
    task: Task,
    to: TaskState,
    event: (move: TaskMove) => DomainEvent,
    changes: TaskChanges = {},
    clear: Record<string, string> = {},
  ): Promise<void> {
    const known = taskFacts(task);
    await withProblems(() =>
      move<Task>(tx, movement, task, to, (moved) => event({ ...known, ...moved }), changes, clear),
    );
  }

  /** A task that a new decision still asks for rests on that one. The caller holds the request's row. */
  async restOn(tx: Tx, task: Task, changes: Pick<Task, 'decisionId' | 'stage'>): Promise<void> {
    await tx.em.update(Task, { id: task.id }, changes);
    Object.assign(task, changes);
  }

  /** Opens a step to another desk besides its own. The caller holds the request's row. */
  async raise(
    tx: Tx,
    task: Task,
    { role, unitId }: { role: RoleCode; unitId: string | null },
    because: NonNullable<Task['raisedBecause']>,
  ): Promise<void> {
    const changes = {
      raisedRole: role,
      raisedUnitId: unitId,
      raisedBecause: because,
      escalatedAt: task.escalatedAt ?? tx.now,
    };
    await tx.em.update(Task, { id: task.id }, changes);
    Object.assign(task, changes);
  }

  /** Marks a step as one the governance office was told of. */
  async markNotified(tx: Tx, task: Task): Promise<void> {
    await tx.em.update(Task, { id: task.id }, { escalatedAt: tx.now });
    task.escalatedAt = tx.now;
  }

  /** Votes of the round a task is in, oldest first. */
  votes(tx: Tx, { requestId, round, role }: Pick<Task, 'requestId' | 'round' | 'role'>): Promise<Vote[]> {
    return tx.em.find(Vote, { where: { requestId, round, role }, order: { votedAt: 'ASC', officeUnitId: 'ASC' } });
  }

  /** Everybody who voted on a request in another role, and whom they stood in for. */
  async votersElsewhere(tx: Tx, { requestId, role }: Pick<Task, 'requestId' | 'role'>): Promise<(string | null)[]> {
    const votes = await tx.em.find(Vote, { where: { requestId, role: Not(role) } });
    return votes.flatMap(({ personId, actedForPersonId }) => [personId, actedForPersonId]);
  }

  async addVote(tx: Tx, vote: Vote): Promise<void> {
    await withProblems(() => tx.em.insert(Vote, vote));
  }

  /** The end of a deadline that begins now: the midnight after its last working day, in Wiesbaden. */
  async dueAt(tx: Tx, workingDays: number): Promise<Date> {
    const [today] = await tx.sql<{ day: string }>(
      `SELECT to_char(now() AT TIME ZONE 'Europe/Berlin', 'YYYY-MM-DD') AS day`,
    );
    const [row] = await tx.sql<{ at: Date }>(`SELECT ($1::date + 1)::timestamp AT TIME ZONE 'Europe/Berlin' AS at`, [
      lastDay(today!.day, workingDays),
    ]);
    return row!.at;
  }
}
