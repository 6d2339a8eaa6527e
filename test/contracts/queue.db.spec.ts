import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { QUEUE_SCHEMA } from '#lib/kernel';
import { Redis } from 'ioredis';
import { aDatabase, type TestDatabase } from '../support/database';
import { queueContract } from './queue';

describe('PostgreSQL keeps the queue', () => {
  let db: TestDatabase;
  beforeAll(async () => void (db = await aDatabase()));
  afterAll(() => db?.close());

  queueContract('PostgreSQL', () => ({
    db,
    config: db.config,
    forget: async () => {
      const { rows } = await db.owner.query<{ name: string }>(`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = $1 AND tablename LIKE '%job%'`, [QUEUE_SCHEMA]);
      for (const { name } of rows) await db.owner.query(`DELETE FROM ${name}`);
    },
  }));
});

(hasRedis() ? describe : describe.skip)('Redis keeps the queue', () => {
  let db: TestDatabase;
  let server: ChildProcess;
  let address: string;

  beforeAll(async () => {
    const port = await freePort();
    address = `redis://127.0.0.1:${port}`;
    // nothing on disk: what it forgets is gone
    server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
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
});

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
