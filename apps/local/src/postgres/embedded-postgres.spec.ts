import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';

const folder = mkdtempSync(join(tmpdir(), 'datenraum-postgres-'));
const restarts: string[] = [];
let postgres: EmbeddedPostgres;

beforeAll(async () => {
  postgres = await startEmbeddedPostgres({
    dataDir: join(folder, 'cluster'),
    port: 0,
    durability: 'real',
    onRestart: (doing) => restarts.push(doing),
  });
}, 60_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ask = async (text: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: postgres.url('postgres', 'postgres') });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const patiently = async (text: string): Promise<unknown[]> => {
  for (let i = 0; i < 300; i++) {
    try {
      return await ask(text);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('the database did not come back');
};

test('a killed database comes back by itself, on its port, with what was committed', async () => {
  await ask(`CREATE TABLE kept AS SELECT 'committed' AS row`);
  const before = postgres.pid;
  process.kill(before, 'SIGKILL');
  expect(await patiently('SELECT row FROM kept')).toEqual([{ row: 'committed' }]);
  expect(postgres.pid).not.toBe(before);
  expect(restarts).toHaveLength(1);
}, 60_000);

test('a database that was stopped stays away', async () => {
  const { pid } = postgres;
  await postgres.stop();
  await new Promise((resolve) => setTimeout(resolve, 1_000)); // longer than the pause before a restart
  await expect(ask('SELECT 1')).rejects.toThrow();
  expect(() => process.kill(pid, 0)).toThrow();
});
