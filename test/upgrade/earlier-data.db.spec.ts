import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../apps/local/src/postgres/embedded-postgres';
import { postgresUser } from '../../apps/local/src/postgres/programs';
import { build, Stack } from '../faults/stack.fixture';
import { expectSoundLog, settled, verify } from '../faults/sound-log.assert';
import { City } from '../journeys/city';
import { signIn } from '../support/sign-in';

// Data that an earlier version wrote: see test/fixtures/README.md. The present version starts on it as a whole, as it
// will in the city on the day of the update.
const FOLDER = 'test/fixtures/data-folder-a2bdb2a.tar.br';
const LOG = { year: 2026, size: 1025 };

jest.setTimeout(180_000);

let stack: Stack;
let database: Client;

beforeAll(async () => {
  build();
  stack = await Stack.start(async (dataDir) => {
    unpack(dataDir);
    writeFileSync(join(dataDir, 'earlier.vkey'), readFileSync(join(dataDir, `log/audit.${LOG.year}.vkey`)));
    writeFileSync(
      join(dataDir, 'earlier.checkpoint'),
      readFileSync(join(dataDir, `log/published/checkpoint.${LOG.year}`)),
    );
    await prolongAgreements(dataDir);
  });
  database = await stack.database();
});
afterAll(async () => {
  await database?.end();
  await stack?.close();
});

function unpack(dataDir: string): void {
  mkdirSync(dataDir);
  const { status, stderr } = spawnSync('tar', ['-x', '-C', dataDir], {
    input: brotliDecompressSync(readFileSync(FOLDER)),
  });
  if (status !== 0) throw new Error(`the data folder can not be unpacked: ${stderr.toString()}`);
  const { uid, gid } = postgresUser();
  if (uid !== undefined) spawnSync('chown', ['-R', `${uid}:${gid}`, join(dataDir, 'postgres')]);
}

/** Agreements end after a year, and this folder does not grow younger: what was in force is in force a little longer. */
async function prolongAgreements(dataDir: string): Promise<void> {
  const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), port: 0, durability: 'real' });
  const client = new Client({ connectionString: postgres.url('postgres', 'datenraum') });
  await client.connect();
  await client.query('SET session_replication_role = replica');
  for (const table of ['requests.access_request', 'agreements.agreement'])
    await client.query(`UPDATE ${table} SET valid_until = now() + interval '90 days' WHERE valid_until > '2026-12-31'`);
  await client.end();
  await postgres.stop();
}

test('people sign in and find products and agreements, and a delivery brings what it brought before', async () => {
  const city = new City(stack);
  const eva = await city.as('eva.bach');
  const { items: products } = await eva.must<{ items: { id: string; title: string }[] }>(
    'GET',
    '/v1/products?text=Bäumen',
  );
  expect(products.map(({ title }) => title)).toContain('Baumkataster mit Kontrollen');

  const { items: agreements } = await eva.must<{ items: { id: string; state: string; consumerUnitId: string }[] }>(
    'GET',
    '/v1/agreements?side=ALL',
  );
  expect(agreements.map(({ state }) => state)).toEqual(expect.arrayContaining(['ACTIVE', 'REVOKED', 'SUSPENDED']));

  const own = await city.unit('umweltamt');
  const inForce = agreements.filter(({ state, consumerUnitId }) => state === 'ACTIVE' && consumerUnitId === own);
  let compared = 0;
  for (const { id } of inForce) {
    const path = `/v1/agreements/${id}/exchanges`;
    type Exchange = { id: string; state: string; format: string; rows: number; bytes: number; sha256: string };
    const { items: before } = await eva.must<{ items: Exchange[] }>('GET', path);
    const earlier = before.find(({ state, format }) => state === 'COMPLETED' && format === 'csv');
    if (!earlier) continue;
    const response = await eva.receive(id, 'csv');
    const text = await response.text();
    expect([response.status, Buffer.byteLength(text)]).toEqual([200, Number(earlier.bytes)]);
    expect(text.trimEnd().split('\n').length - 1).toBe(Number(earlier.rows));
    compared += 1;
  }
  expect(compared).toBeGreaterThan(0);
});

test('every decision still has the law it was taken under', async () => {
  const { rows } = await database.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM requests.decision d JOIN law.version v ON v.hash = d.ruleset_hash',
  );
  expect(rows[0]!.n).toBeGreaterThan(100);
});

test('the log has grown from the one the earlier version sealed, under the same key', async () => {
  await settled(database);
  await expectSoundLog(stack, database);
  const { accessToken } = await signIn(stack.issuer, 'willi.pruefer');
  const trusted = ['--vkey', join(stack.dataDir, 'earlier.vkey'), '--known', join(stack.dataDir, 'earlier.checkpoint')];
  const report = await verify(`${stack.api}/audit/${LOG.year}`, ...trusted, '--bearer', accessToken, '--json');
  expect(report.ok).toBe(true);
  expect(report.size).toBeGreaterThanOrEqual(LOG.size);
});
