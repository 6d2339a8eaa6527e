import {
  type Config,
  defineEvent,
  EventHandlers,
  newId,
  openQueue,
  openWorker,
  type Queue,
  Relay,
  Schedules,
  systemActing,
  UnitOfWork,
  type Worker,
} from '#lib/kernel';
import { z } from 'zod';
import type { TestDatabase } from '../support/database';
import { aStage } from '../support/stage';

const happened = defineEvent('test.queued.v1', z.object({ n: z.int() }));

interface Backend {
  config: Config;
  db: TestDatabase;
  /** the queue forgets everything, as a restart without disk would make it */
  forget(): Promise<void>;
}

/** What the relay needs of a queue, whichever backend keeps it. `made` gives a backend that is ready. */
export function queueContract(name: string, made: () => Backend): void {
  describe(`queue on ${name}`, () => {
    let queue: Queue;
    let workers: Worker[];
    let seen: { id: string | undefined; name: string; data: unknown }[];

    const work = (
      process: (job: { id?: string; name: string; data: unknown }) => Promise<void> = () => Promise.resolve(),
    ): Worker => {
      const worker = openWorker(
        made().config,
        queueName,
        async (job) => {
          seen.push({ id: job.id, name: job.name, data: job.data });
          await process(job);
        },
        4,
      );
      workers.push(worker);
      return worker;
    };
    let queueName: string;
    beforeEach(() => {
      queueName = `contract-${newId()}`;
      queue = openQueue(made().config, queueName);
      workers = [];
      seen = [];
    });
    afterEach(async () => {
      for (const worker of workers) await worker.close();
      await queue.close();
    });

    it('brings every job of a batch to a worker, with its name and data', async () => {
      await queue.addBulk([1, 2, 3].map((n) => ({ name: 'told', data: { n }, opts: { jobId: `job_${n}` } })));
      work();
      await until(() => seen.length === 3);
      expect(seen.map(({ name: called, data }) => [called, data]).sort()).toEqual(
        [1, 2, 3].map((n) => ['told', { n }]),
      );
    });

    it('runs a job once that was added twice under one id', async () => {
      await queue.add('told', { n: 1 }, { jobId: 'twice' });
      await queue.add('told', { n: 1 }, { jobId: 'twice' });
      work();
      await until(() => seen.length > 0);
      await queue.add('told', { n: 1 }, { jobId: 'twice' });
      await queue.add('last', {}, { jobId: 'last' });
      await until(() => seen.some((job) => job.name === 'last'));
      expect(seen.filter(({ id }) => id === 'twice')).toHaveLength(1);
    });

    it('brings a job again that failed', async () => {
      await queue.add('told', { n: 1 }, { jobId: 'again' });
      work(() => (seen.length === 1 ? Promise.reject(new Error('the first try fails')) : Promise.resolve()));
      await until(() => seen.length === 2);
      expect(seen.map(({ id }) => id)).toEqual(['again', 'again']);
    });

    it('lets a running job end before it closes', async () => {
      let ended = false;
      await queue.add('told', { n: 1 }, { jobId: 'long' });
      const worker = work(async () => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        ended = true;
      });
      await until(() => seen.length === 1);
      await worker.close();
      expect(ended).toBe(true);
    });

    it('keeps one schedule however often it is named, and runs it again and again', async () => {
      await queue.upsertJobScheduler('clock', { every: 1_000 }, { name: 'clock' });
      await queue.upsertJobScheduler('clock', { every: 200 }, { name: 'clock' });
      expect(await queue.getJobSchedulers()).toHaveLength(1);
      work();
      await until(() => seen.length >= 3);
      expect(new Set(seen.map(({ name: called }) => called))).toEqual(new Set(['clock']));
    });

    it('runs schedules on after a restart, and after it forgot them', async () => {
      const { config, db, forget } = made();
      let runs = 0;
      const started = async () => {
        const app = await aStage(db, [], [], config);
        app
          .get(Schedules)
          .register({ name: 'contract.clock', everySeconds: 1, run: () => Promise.resolve(void (runs += 1)) });
        await app.get(Relay).start();
        return async () => {
          await app.get(Relay).stop();
          await app.close();
        };
      };
      const further = async () => {
        const before = runs;
        await until(() => runs >= before + 2);
      };
      let stop = await started();
      await further();
      await stop();
      stop = await started();
      await further();
      await forget();
      await further();
      await stop();
      const looking = openQueue(config, 'schedules');
      expect(await looking.getJobSchedulers()).toHaveLength(1);
      await looking.removeJobScheduler('contract.clock');
      await looking.close();
    }, 60_000);

    it('loses no event when it forgets everything, and gives each its effect once', async () => {
      const { config, db, forget } = made();
      const app = await aStage(db, [], [], config);
      const handled: number[] = [];
      app.get(EventHandlers).register({
        name: `contract-${name}`,
        on: ['test.queued.v1'],
        handle: (_tx, event) => {
          handled.push(event.facts.n as number);
          return Promise.resolve();
        },
      });
      const uow = app.get(UnitOfWork);
      const emitted = [1, 2, 3, 4, 5];
      // as a relay does that dies right after: the jobs are in the queue, the rows wait for their sweep
      const moving = openQueue(config, 'events');
      for (const n of emitted) {
        const eventId = await uow.run(systemActing('contract'), (tx) => tx.emit(happened({ n })));
        await moving.add('test.queued.v1', { eventId }, { jobId: `${eventId}_0` });
      }
      await moving.close();
      await db.owner.query('UPDATE kernel.relay_pending SET attempts = 1');
      await forget();
      const relay = app.get(Relay);
      await relay.start();
      await until(() => handled.length >= emitted.length);
      // everything is due once more, as after a sweep that came too early
      await db.owner.query(`UPDATE kernel.relay_pending SET due_at = now()`);
      await until(async () => (await db.owner.query('SELECT FROM kernel.relay_pending')).rowCount === 0);
      await relay.stop();
      await app.close();
      expect(handled.sort()).toEqual(emitted);
    });
  });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const last = Date.now() + 25_000;
  while (!(await holds())) {
    if (Date.now() > last) throw new Error('what was waited for did not happen');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
