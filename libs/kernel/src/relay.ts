import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { systemActing } from './acting';
import { CONFIG, type Config } from './config';
import { withCorrelation } from './correlation';
import type { StoredEvent } from './event';
import { EventHandlers, Schedules } from './event-handlers';
import { Logger } from './logger';
import { openQueue, openWorker, type Queue, type Worker } from './queue';
import { UnitOfWork } from './unit-of-work';

const EVENTS = 'events';
const SCHEDULES = 'schedules';
const BATCH = 500;
const POLL_MS = 150;
const LOST_MS = 1_000;
const SCHEDULES_MS = 5_000;
const OVERDUE_MS = 5_000;

/**
 * Moves committed events into the queue, runs their handlers and the schedules. Only the worker starts it.
 * The queue is a means: `relay_pending` in PostgreSQL says what is still to be done, and a row goes only when every
 * handler of its event has committed. Whatever the queue forgets is put in again.
 */
@Injectable()
export class Relay {
  private events?: Queue;
  private schedulesQueue?: Queue;
  private workers: Worker[] = [];
  private running?: Promise<void>;
  private stopping = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: DataSource,
    private readonly uow: UnitOfWork,
    private readonly handlers: EventHandlers,
    private readonly schedules: Schedules,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    this.events = openQueue(this.config, EVENTS);
    this.schedulesQueue = openQueue(this.config, SCHEDULES);
    this.workers = [
      openWorker(this.config, EVENTS, async (job) => this.process(String(job.data.eventId)), 4),
      openWorker(this.config, SCHEDULES, async (job) => this.runSchedule(job.name), 2),
    ];
    const parts = [this.events, this.schedulesQueue, ...this.workers] as {
      on(event: 'error', told: (error: Error) => void): unknown;
    }[];
    for (const part of parts) {
      part.on('error', (error) => this.stopping || this.logger.warn({ err: error }, 'the queue reported an error'));
    }
    // a change of its period reaches the queue here; what the queue loses later comes back in the loop
    for (const schedule of this.schedules.all()) await this.place(schedule);
    this.running = this.loop();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
    for (const part of [...this.workers, this.events, this.schedulesQueue]) await part?.close();
  }

  private async place({ name, everySeconds }: { name: string; everySeconds: number }): Promise<void> {
    await this.schedulesQueue!.upsertJobScheduler(name, { every: everySeconds * 1000 }, { name });
  }

  /**
   * Puts schedules back that the queue forgot, or whose next run it forgot. Those that go on are left alone: to place
   * one again moves its next run.
   */
  private async keepSchedules(): Promise<void> {
    const next = new Map((await this.schedulesQueue!.getJobSchedulers()).map((one) => [one.key, one.next ?? 0]));
    for (const schedule of this.schedules.all()) {
      const late = Date.now() - (next.get(schedule.name) ?? 0) - schedule.everySeconds * 1000;
      if (late > OVERDUE_MS) await this.place(schedule);
    }
  }

  private async loop(): Promise<void> {
    let looked = Date.now();
    while (!this.stopping) {
      if (Date.now() - looked > SCHEDULES_MS) {
        looked = Date.now();
        await this.keepSchedules().catch((error: Error) =>
          this.logger.warn({ err: error }, 'the schedules could not be looked at, trying again'),
        );
      }
      let pause = POLL_MS;
      const moved = await this.relayOnce().catch((error: Error) => {
        this.logger.warn({ err: error }, 'events could not be moved into the queue, trying again');
        pause = LOST_MS;
        return 0;
      });
      if (moved < BATCH) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Puts due events into the queue. Gives the number of rows taken. */
  async relayOnce(): Promise<number> {
    return this.database.transaction(async (em) => {
      const due: { event_id: string; type: string; attempts: number }[] = await em.query(
        `SELECT p.event_id, e.type, p.attempts FROM kernel.relay_pending p JOIN kernel.audit_event e USING (event_id)
         WHERE p.due_at <= now() ORDER BY p.due_at LIMIT $1 FOR UPDATE OF p SKIP LOCKED`,
        [BATCH],
      );
      const wanted = due.filter(({ type }) => this.handlers.of(type).length > 0);
      const unwanted = due.filter(({ type }) => this.handlers.of(type).length === 0).map(({ event_id }) => event_id);
      if (unwanted.length > 0) await em.query('DELETE FROM kernel.relay_pending WHERE event_id = ANY($1)', [unwanted]);
      if (wanted.length > 0) {
        // if we die after adding and before the commit, the same jobs are added once more: same id, or handled already
        await this.events!.addBulk(
          wanted.map(({ event_id, type, attempts }) => ({
            name: type,
            data: { eventId: event_id },
            opts: { jobId: `${event_id}_${attempts}` },
          })),
        );
        // due again later unless a processor removes the row: this is what re-drives jobs a lost queue forgot
        await em.query(
          `UPDATE kernel.relay_pending SET attempts = attempts + 1, due_at = now() + least(interval '10 seconds' * power(2, least(attempts, 10)), interval '1 hour')
           WHERE event_id = ANY($1)`,
          [wanted.map(({ event_id }) => event_id)],
        );
      }
      return due.length;
    });
  }

  /** Runs every handler of one event that has not run yet. Throws when one fails; the queue then tries again. */
  async process(eventId: string): Promise<void> {
    const event = await this.load(eventId);
    if (!event) return;
    for (const handler of this.handlers.of(event.type)) {
      await withCorrelation(eventId, () =>
        this.uow.run(systemActing(`worker:${handler.name}`), async (tx) => {
          // a second worker with the same event waits here, then finds the mark
          const [mark] = await tx.sql<object>(
            'INSERT INTO kernel.processed_event (event_id, handler) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING handler',
            [eventId, handler.name],
          );
          if (mark) await handler.handle(tx, event);
        }),
      ).catch((error: Error) => {
        this.logger.error(
          { err: error, eventId, handler: handler.name },
          'an event handler failed and will be tried again',
        );
        throw error;
      });
    }
    // if we die before this, the sweep brings the event again and finds all marks set
    await this.database.query('DELETE FROM kernel.relay_pending WHERE event_id = $1', [eventId]);
  }

  private async runSchedule(name: string): Promise<void> {
    await withCorrelation(`schedule-${name}`, async () => this.schedules.named(name)?.run(this.uow));
  }

  private async load(eventId: string): Promise<StoredEvent | undefined> {
    const [row] = await this.database.query(
      `SELECT event_id AS id, type, created_at AS time, facts, actor, unit_id AS "unitId" FROM kernel.audit_event WHERE event_id = $1`,
      [eventId],
    );
    return row as StoredEvent | undefined;
  }
}
