import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { DuckDBInstance } from '@duckdb/node-api';
import { DeliveryService } from '#lib/exchange';
import { type Mask, type ObjectStore, OBJECT_STORE, QueryEngine, type RowFilter } from '#lib/sources';
import { startEmbeddedPostgres } from '../../apps/local/src/postgres/embedded-postgres';
import { addressesOf } from '../support/test-server';
import { aGate, type Gate, type Version } from '../support/gate.fixture';
import type { ReferenceAnswer, ReferenceOrder } from './exchange-reference';

const ROWS = 3_000_000;
const ROUNDS = 7;
const SECONDS = 60;
/** the columns of a real tree cadastre, and the two that hold people */
const TYPES = {
  x: 'DECIMAL',
  y: 'DECIMAL',
  objectid: 'INTEGER',
  baum_id: 'INTEGER',
  baum_nr: 'INTEGER',
  baumart: 'INTEGER',
  hoehe: 'INTEGER',
  krone: 'INTEGER',
  umfang: 'INTEGER',
  ort: 'TEXT',
  name_dt: 'TEXT',
  name_lat: 'TEXT',
  gattung: 'TEXT',
  gepflanzt: 'DATE',
  gutachter: 'TEXT',
};
const FIELDS = Object.keys(TYPES);
const FILTER: RowFilter = { column: 'hoehe', op: 'gte', value: 10 };
const MASKS: Record<string, Mask> = {
  gutachter: { kind: 'redact', with: 'entfernt' },
  gepflanzt: { kind: 'year' },
  x: { kind: 'grid', metres: 100, degrees: 'LON' },
  y: { kind: 'grid', metres: 100, degrees: 'LAT' },
};

export interface ExchangeBench {
  name: 'exchange';
  ratios: {
    /**
     * speed of a fresh filtered CSV through the whole delivery, over DuckDB's own COPY of the same rows to /dev/null,
     * in a process with the engine's settings
     */
    engine: number;
    /** time with masks, decision, credit windows, SHA-256 and log, over the time of the row filter alone */
    enforcement: number;
  };
  /** the fastest of the rounds each: what disturbs a run only ever makes it slower */
  seconds: { reference: number; delivery: number; filter: number; enforced: number };
  firstByteMs: number;
  /** rows of the table, and what a delivery without masks has of it, equal to what the reference writes */
  rows: number;
  delivered: { rows: number; bytes: number };
  rounds: number;
}

/**
 * Everything real but the network: the delivery with its decision, its commits on a durable PostgreSQL and the engine
 * in its own process, into a sink. The reference and the candidates run in turn, so that a busy machine hits all.
 */
export async function run(): Promise<ExchangeBench> {
  const folder = mkdtempSync(join(tmpdir(), 'datenraum-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), port: 0, durability: 'real' });
  writeFileSync(join(folder, 'addresses.json'), JSON.stringify(addressesOf(postgres)));
  process.env.DATENRAUM_TEST_FOLDER = folder;
  // PostgreSQL and the engine run in children that do not keep this process alive by themselves
  const awake = setInterval(() => undefined, 60_000);
  let gate: Gate | undefined;
  try {
    gate = await aGate();
    return await measure(gate, folder);
  } finally {
    await gate?.close();
    await postgres.stop();
    clearInterval(awake);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(gate: Gate, folder: string): Promise<ExchangeBench> {
  const parquet = join(folder, 'trees.parquet');
  const duckdb = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  await duckdb.run(
    `COPY (SELECT CAST(9.1 + (i * 37 % 9000000) / 1e8 AS DECIMAL(16,13)) AS x, CAST(47.6 + (i * 41 % 9000000) / 1e8 AS DECIMAL(16,13)) AS y, i AS objectid,
       i + 7 AS baum_id, i % 900 AS baum_nr, i * 13 % 700 AS baumart, 3 + i * 31 % 30 AS hoehe, i * 17 % 20 AS krone, i * 19 % 400 AS umfang,
       'Friedhof ' || (i % 260) || ' (' || (i % 997) || ')' AS ort,
       ['Erle, Schwarz-Erle', 'Nussbaum, Walnuss', 'Ahorn, Berg-Ahorn', 'Eiche, Stiel-Eiche, Sommer-Eiche', 'Feldulme'][1 + (i * 7 % 5)] AS name_dt,
       ['Alnus glutinosa', 'Juglans regia', 'Acer pseudoplatanus', 'Quercus robur', 'Ulmus minor'][1 + (i * 7 % 5)] AS name_lat,
       ['Alnus', 'Juglans', 'Acer', 'Quercus', 'Ulmus'][1 + (i * 7 % 5)] AS gattung,
       DATE '1950-01-01' + CAST(i * 13 % 27000 AS INTEGER) AS gepflanzt, 'Gutachterin ' || (i % 97) AS gutachter FROM range(${ROWS}) t(i)) TO '${parquet}' (FORMAT parquet)`,
  );
  duckdb.closeSync();
  const { key } = await gate.app.get<ObjectStore>(OBJECT_STORE, { strict: false }).put(parquet);
  const version: Version = await gate.version('Bäume, gemessen', key, ROWS, TYPES);
  const plain = await gate.agreement({ version, rows: FILTER });
  const masked = await gate.agreement({ version, rows: FILTER, masks: MASKS });
  const actor = await gate.actor('eva.bach');
  const engine = gate.app.get(QueryEngine, { strict: false });
  const deliveries = gate.app.get(DeliveryService, { strict: false });
  const firstBytes: number[] = [];

  const other = fork(join(__dirname, 'exchange-reference.js'));
  const reference = async (target = '/dev/null'): Promise<ReferenceAnswer> =>
    answered(other, { parquet, where: 'hoehe >= 10', target });
  const filter = async (): Promise<{ rows: number; bytes: number }> => {
    const delivery = await engine.open({
      objectKey: key,
      columns: FIELDS.map((name) => ({ name })),
      rows: FILTER,
      format: 'csv',
    });
    let bytes = 0;
    for await (const chunk of delivery.stream) bytes += (chunk as Buffer).length;
    const rows = await delivery.rows();
    await delivery.closed;
    return { rows, bytes };
  };
  // two programs are compared only when they write the same
  const delivered = await filter();
  const written = join(folder, 'reference.csv');
  const { rows: referenceRows } = await reference(written);
  if (referenceRows !== delivered.rows || statSync(written).size !== delivered.bytes) {
    throw new Error(
      `the reference wrote ${referenceRows} rows and ${statSync(written).size} bytes, the engine ${delivered.rows} and ${delivered.bytes}`,
    );
  }
  rmSync(written);
  const delivery = (agreementId: string) => async (): Promise<void> => {
    const begun = performance.now();
    let first = false;
    const sink = new Writable({
      write: (_chunk, _encoding, done) => {
        if (!first) firstBytes.push(performance.now() - begun);
        first = true;
        done();
      },
    });
    const outcome = await deliveries.deliver(
      { actor, agreementId, format: 'csv', spreadsheetSafe: false },
      { begin: () => sink, finish: () => void sink.end(), sever: () => void sink.destroy() },
    );
    if (outcome.state !== 'COMPLETED') throw new Error(`the delivery stopped: ${outcome.reason}`);
  };

  const candidates = { reference: () => reference(), delivery: delivery(plain), filter, enforced: delivery(masked) };
  const times: Record<keyof typeof candidates, number[]> = { reference: [], delivery: [], filter: [], enforced: [] };
  const begun = performance.now();
  let rounds = 0;
  // the first round warms up; then in turn until the rounds are done or the time is
  for (let round = 0; round <= ROUNDS && (round < 3 || performance.now() - begun < SECONDS * 1000); round++) {
    for (const name of Object.keys(candidates) as (keyof typeof candidates)[]) {
      const start = performance.now();
      await candidates[name]();
      if (round > 0) times[name].push((performance.now() - start) / 1000);
    }
    rounds = round;
  }
  other.disconnect();
  if (statSync(parquet).size < ROWS) throw new Error('the table is too small to measure');
  const seconds = {
    reference: Math.min(...times.reference),
    delivery: Math.min(...times.delivery),
    filter: Math.min(...times.filter),
    enforced: Math.min(...times.enforced),
  };
  return {
    name: 'exchange',
    ratios: { engine: seconds.reference / seconds.delivery, enforcement: seconds.enforced / seconds.filter },
    seconds,
    firstByteMs: median(firstBytes),
    rows: ROWS,
    delivered,
    rounds,
  };
}

function answered(other: ChildProcess, order: ReferenceOrder): Promise<ReferenceAnswer> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`the reference ended with ${code}`));
    other.once('exit', gone);
    other.once('message', (answer) => {
      other.off('exit', gone);
      resolve(answer as ReferenceAnswer);
    });
    other.send(order);
  });
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
