import { type DomainEvent, isId, type Tx } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { approvalProblems } from './approvals.problems';
import { Task } from './task.entity';
import { canMove, type TaskState } from './task.states';
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
  >
>;
const COLUMN: Record<keyof TaskChanges, string> = {
  openedAt: 'opened_at',
  dueAt: 'due_at',
  decidedAt: 'decided_at',
  decidedByPersonId: 'decided_by_person_id',
  actedForPersonId: 'acted_for_person_id',
  appointmentId: 'appointment_id',
  opinion: 'opinion',
  text: 'text',
  conditions: 'conditions',
  reasonCode: 'reason_code',
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
export type TaskMove = ReturnType<typeof taskFacts> & { from: TaskState; to: TaskState; revision: number };

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

  /** The one way a task's state changes; the caller holds the request's row, so nobody else moves a task of it. */
  async move(
    tx: Tx,
    task: Task,
    to: TaskState,
    event: (move: TaskMove) => DomainEvent,
    changes: TaskChanges = {},
    clear: Record<string, string> = {},
  ): Promise<void> {
    const { state: from, revision } = task;
    if (!canMove(from, to)) throw approvalProblems.task_not_open();
    const keys = Object.keys(changes) as (keyof TaskChanges)[];
    const sets = keys.map((key, i) => `, ${COLUMN[key]} = $${i + 4}${key === 'conditions' ? '::jsonb' : ''}`);
    const values = keys.map((key) =>
      key === 'conditions' && changes.conditions ? JSON.stringify(changes.conditions) : changes[key],
    );
    const rows = await guarded(() =>
      tx.sql(
        `WITH moved AS (UPDATE approvals.task SET state = $3, revision = revision + 1${sets.join('')} WHERE id = $1 AND revision = $2 RETURNING id)
         SELECT id FROM moved`,
        [task.id, revision, to, ...values],
      ),
    );
    if (rows.length === 0) throw approvalProblems.task_already_decided();
    await tx.emit(event({ ...taskFacts(task), from, to, revision: revision + 1 }), clear);
    Object.assign(task, changes, { state: to, revision: revision + 1 });
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

/** What the constraints refuse, in the words of the office: the second line behind the service. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { constraint } = (cause as { driverError?: { constraint?: string } }).driverError ?? {};
    if (constraint === 'task_not_requester' || constraint === 'task_not_for_requester')
      throw approvalProblems.self_approval({ cause });
    if (constraint === 'task_four_eyes') throw approvalProblems.four_eyes({ cause });
    throw cause;
  }
}
