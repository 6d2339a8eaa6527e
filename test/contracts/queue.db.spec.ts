import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { defineEvent, EventHandlers, QUEUE_SCHEMA, Relay, systemActing, UnitOfWork } from '#lib/kernel';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { aDatabase, type TestDatabase } from '../support/database';
import { aStage } from '../support/stage';
import { queueContract } from './queue';

describe('PostgreSQL keeps the queue', () => {
  let db: TestDatabase;
  beforeAll(async () => void (db = await aDatabase()));
  afterAll(() => db?.close());

  queueContract('PostgreSQL', () => ({
    db,
    config: db.config,
    forget: async () => {
      const { rows } = await db.owner.query<{ name: string }>(
        `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = $1 AND tablename LIKE '%job%'`,
        [QUEUE_SCHEMA],
      );
      for (const { name } of rows) await db.owner.query(`DELETE FROM ${name}`);
    },
  }));
});

(hasRedis() ? describe : describe.skip)('Redis keeps the queue', () => {
  let db: TestDatabase;
  let server: ChildProcess;
  let address: string;

  let port: number;
  // nothing on disk: what it forgets is gone
  const startServer = (): void => {
    server = spawn(
      'redis-server',
      [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--appendonly',
        'no',
        '--maxmemory-policy',
        'noeviction',
      ],
      { stdio: 'ignore' },
    );
  };

  beforeAll(async () => {
    port = await freePort();
    address = `redis://127.0.0.1:${port}`;
    startServer();
    db = await aDatabase({ QUEUE_BACKEND: 'redis', REDIS_URL: address });
  });
  afterAll(async () => {
    await db?.close();
    server?.kill();
  });

  queueContract('Redis', () => ({
    db,
    config: db.config,
    forget: async () => {
      const redis = new Redis(address);
      await redis.flushall();
      redis.disconnect();
    },
  }));

  it('is killed and forgets everything: changes are committed meanwhile, their events wait, and each has its effect once', async () => {
    const app = await aStage(db, [], [], db.config);
    const [uow, relay] = [app.get(UnitOfWork), app.get(Relay)];
    const handled: number[] = [];
    app.get(EventHandlers).register({
      name: 'contract.outage',
      on: ['test.outage.v1'],
      handle: async (tx, event) => {
        handled.push(event.facts.n as number);
        await tx.sql('SELECT pg_sleep(0.002)');
      },
    });
    const emit = (from: number, to: number) =>
      uow.run(systemActing('contract'), async (tx) => {
        for (let n = from; n < to; n++) await tx.emit(outage({ n }));
      });
    await relay.start();
    await emit(0, 1_000);
    await until(() => handled.length > 20);
    const gone = new Promise((done) => server.once('exit', done));
    server.kill('SIGKILL');
    await gone;
    await emit(1_000, 1_100);
    const { rows } = await db.owner.query<{ count: number }>('SELECT count(*)::int AS count FROM kernel.relay_pending');
    expect(rows[0]!.count).toBeGreaterThanOrEqual(100);
    startServer();
    // a sweep brings back what was in the queue; here it comes at once instead of after its pause
    await until(async () => {
      await db.owner.query(
        `UPDATE kernel.relay_pending SET due_at = now() WHERE due_at > now() + interval '2 seconds'`,
      );
      return (await db.owner.query('SELECT FROM kernel.relay_pending')).rowCount === 0;
    });
    await relay.stop();
    await app.close();
    expect(handled.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1_100 }, (_, n) => n));
  }, 90_000);

  it('is away when the worker is told to stop: it stops all the same', async () => {
    const app = await aStage(db, [], [], db.config);
    await app.get(Relay).start();
    const gone = new Promise((done) => server.once('exit', done));
    server.kill('SIGKILL');
    await gone;
    await app.get(UnitOfWork).run(systemActing('contract'), (tx) => tx.emit(outage({ n: 0 })));
    await app.get(Relay).stop();
    await app.close();
    startServer();
  }, 30_000);
});

const outage = defineEvent('test.outage.v1', z.object({ n: z.int() }));

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const last = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > last) throw new Error('what was waited for did not happen');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

// with DATENRAUM_REDIS a missing server is a failure, without it the suite says that it was left out
function hasRedis(): boolean {
  if (process.env.DATENRAUM_REDIS) return true;
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log('queue: redis-server is not here, so the contract runs on PostgreSQL alone');
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
