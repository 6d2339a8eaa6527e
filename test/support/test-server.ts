import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../apps/local/src/postgres/embedded-postgres';

/** Addresses of a PostgreSQL as its roles; the name of the database stands as DATABASE, but for the administrator. */
export interface Addresses {
  admin: string;
  owner: string;
  app: string;
  sealer: string;
  /** process to end after the last test */
  pid: number;
}

export const addressesOf = ({ url, pid }: EmbeddedPostgres): Addresses => ({
  admin: url('postgres', 'postgres'),
  owner: url('datenraum_owner', 'DATABASE'),
  app: url('datenraum_app', 'DATABASE'),
  sealer: url('datenraum_sealer', 'DATABASE'),
  pid,
});

/**
 * The one throw-away PostgreSQL of all test files, without durability: where durability is the promise, a test starts
 * its own. Whoever asks first starts it, in the folder DATENRAUM_TEST_FOLDER that the run has made; the others wait. So a
 * run without database tests starts none. It outlives the worker that started it; the teardown of the run ends it.
 */
export async function testServer(): Promise<Addresses> {
  const folder = process.env.DATENRAUM_TEST_FOLDER;
  if (!folder) throw new Error('DATENRAUM_TEST_FOLDER is not set: this runs inside jest or a benchmark only');
  const [file, mine] = [join(folder, 'addresses.json'), join(folder, 'starting')];
  if (!existsSync(file) && isFirst(mine)) {
    try {
      const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), port: 0, durability: 'fast' });
      writeFileSync(`${file}.half`, JSON.stringify(addressesOf(postgres)));
      renameSync(`${file}.half`, file);
    } finally {
      rmSync(mine, { recursive: true, force: true }); // after a failure the next one tries
    }
  }
  for (let waited = 0; !existsSync(file); waited += 50) {
    if (waited > 60_000) throw new Error('the PostgreSQL of the tests did not start within a minute');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Addresses;
}

/** The file system decides between two workers that ask at once. */
function isFirst(mark: string): boolean {
  try {
    mkdirSync(mark);
    return true;
  } catch {
    return false;
  }
}
