import { type DomainEvent, systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { approvalEscalated, approvalOverdue, approvalReminded } from './approvals.events';
import { Task } from './task.entity';
import { taskFacts } from './tasks.repository';

interface Deadline {
  column: 'reminded_at' | 'overdue_at' | 'escalated_at';
  /** how long after the deadline; negative: before */
  after: string;
  event: (facts: ReturnType<typeof taskFacts> & { dueAt: string }) => DomainEvent;
}

/** In the order of time. None of them touches the state of a task: a timeout never approves (K10). */
const DEADLINES: readonly Deadline[] = [
  { column: 'reminded_at', after: '-1 day', event: approvalReminded },
  { column: 'overdue_at', after: '0 days', event: approvalOverdue },
  { column: 'escalated_at', after: '3 days', event: approvalEscalated },
];

/** Tells, once each, that a deadline comes, has passed, and has passed for long. Nothing else follows from time. */
@Injectable()
export class Deadlines {
  constructor(private readonly uow: UnitOfWork) {}

  async run(): Promise<void> {
    for (const deadline of DEADLINES) {
      await this.uow.run(systemActing('approvals.deadlines'), (tx) => this.tell(tx, deadline));
    }
  }

  private async tell(tx: Tx, { column, after, event }: Deadline): Promise<number> {
    const due = await tx.sql<{ id: string }>(
      `WITH due AS (
         SELECT t.id FROM approvals.task t JOIN requests.access_request r ON r.id = t.request_id AND r.state = 'IN_REVIEW'
          WHERE t.state = 'OPEN' AND t.${column} IS NULL AND t.due_at + $1::interval <= now() ORDER BY t.due_at LIMIT 500 FOR UPDATE OF t SKIP LOCKED),
       told AS (UPDATE approvals.task t SET ${column} = now() FROM due WHERE t.id = due.id RETURNING t.id)
       SELECT id FROM told`,
      [after],
    );
    for (const { id } of due) {
      const task = await tx.em.findOneByOrFail(Task, { id });
      await tx.emit(event({ ...taskFacts(task), dueAt: task.dueAt!.toISOString() }));
    }
    return due.length;
  }
}
