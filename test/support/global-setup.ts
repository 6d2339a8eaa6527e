import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../apps/local/src/postgres/embedded-postgres';

/**
 * One throw-away PostgreSQL for all test files, without durability: where durability is the promise, a test starts
 * its own. With DATENRAUM_TEST_POSTGRES (address as administrator) that server is used instead, e.g. PostgreSQL 15.
 */
export default async function setup(): Promise<void> {
  if (process.env.DATENRAUM_TEST_POSTGRES) return;
  const folder = mkdtempSync(join(tmpdir(), 'datenraum-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), port: 0, durability: 'fast' });
  const state = globalThis as { __datenraumPostgres?: { stop(): Promise<void>; folder: string } };
  state.__datenraumPostgres = { stop: () => postgres.stop(), folder };
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'addresses.json');
  writeFileSync(
    file,
    JSON.stringify({
      admin: postgres.url('postgres', 'postgres'),
      owner: postgres.url('datenraum_owner', 'DATABASE'),
      app: postgres.url('datenraum_app', 'DATABASE'),
      sealer: postgres.url('datenraum_sealer', 'DATABASE'),
    }),
  );
  process.env.DATENRAUM_TEST_ADDRESSES = file;
}
