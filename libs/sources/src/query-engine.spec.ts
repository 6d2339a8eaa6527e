import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { LocalObjectStore, QUERY_LIMITS, QueryEngine, WorkFolders } from './index';

let folder: string;
let engine: QueryEngine;
let parquet: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sources-'));
  parquet = join(folder, 'a.parquet');
  const c = await (await DuckDBInstance.create()).connect();
  await c.run(`COPY (SELECT i::BIGINT AS id, printf('%03d', i) AS schluessel FROM range(10) t(i)) TO '${parquet}' (FORMAT parquet)`);
  engine = new QueryEngine(new LocalObjectStore(folder), new WorkFolders(folder), QUERY_LIMITS);
});
afterAll(async () => {
  await engine.onModuleDestroy();
  await rm(folder, { recursive: true, force: true });
});

it('delivers csv', async () => {
  const t = Date.now();
  const d = await engine.openPath({ objectKey: 'x', columns: [{ name: 'id' }, { name: 'schluessel' }], format: 'csv' }, parquet);
  const s = await text(d.stream);
  console.log(Date.now() - t, s, await d.rows());
  await d.closed;
});
