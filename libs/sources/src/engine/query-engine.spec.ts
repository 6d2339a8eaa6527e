// One file: what the engine promises for every format, mask and end, against values computed without it.
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { createHmac } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, json, text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { type DeliveryPlan, LocalObjectStore, type OpenDelivery, QUERY_LIMITS, QueryEngine, WorkFolders } from '..';
import { literal, lockEngine, openEngine } from '../process/sandbox';

const BIG_ROWS = 1_000_000;
let folder: string;
let engine: QueryEngine;
let small: string;
let big: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'query-'));
  [small, big] = [join(folder, 'small.parquet'), join(folder, 'big.parquet')];
  const instance = await DuckDBInstance.create();
  const c = await instance.connect();
  await c.run(`COPY (SELECT i::BIGINT AS id, printf('%03d', i) AS "sch'lüssel", (i / 4)::DECIMAL(6,2) AS wert, DATE '2025-01-01' + i::INT AS tag,
    CASE WHEN i = 2 THEN NULL WHEN i = 3 THEN '' WHEN i = 4 THEN 'a "b", c' ELSE '=x' END AS notiz FROM range(5) t(i)) TO '${small}' (FORMAT parquet)`);
  await c.run(
    `COPY (SELECT i::BIGINT AS id, 'Straße ' || i AS name, repeat('x', 80) AS lang FROM range(${BIG_ROWS}) t(i)) TO '${big}' (FORMAT parquet)`,
  );
  c.closeSync();
  instance.closeSync();
  engine = engineOf();
});
afterAll(async () => {
  await engine.onModuleDestroy();
  expect(await work()).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});

const engineOf = (limits = {}) =>
  new QueryEngine(new LocalObjectStore(folder), new WorkFolders(folder), { ...QUERY_LIMITS, ...limits });
const work = () => readdir(join(folder, 'work')).catch(() => [] as string[]);
const plan = (part: Partial<DeliveryPlan>): DeliveryPlan => ({
  objectKey: 'x',
  format: 'csv',
  columns: [{ name: 'id' }],
  ...part,
});
const columns = [{ name: 'id' }, { name: "sch'lüssel" }, { name: 'wert' }, { name: 'tag' }, { name: 'notiz' }];
const first = async (delivery: OpenDelivery) => new Promise<Buffer>((resolve) => delivery.stream.once('data', resolve));

it('delivers CSV with its header, and the number of rows at the end', async () => {
  const delivery = await engine.openPath(plan({ columns, order: 'STORED' }), small);
  const lines = (await text(delivery.stream)).split('\n');
  expect(lines).toEqual([
    "id,sch'lüssel,wert,tag,notiz",
    '0,000,0.00,2025-01-01,=x',
    '1,001,0.25,2025-01-02,=x',
    '2,002,0.50,2025-01-03,',
    '3,003,0.75,2025-01-04,""',
    '4,004,1.00,2025-01-05,"a ""b"", c"',
    '',
  ]);
  expect(await delivery.rows()).toBe(5);
  await delivery.closed;
});

it('delivers the same rows as lines of JSON, as one JSON array and as Parquet', async () => {
  const wanted = {
    columns: [{ name: 'id' }, { name: 'notiz', as: '"' }],
    rows: { column: 'id', op: 'gte' as const, value: 3 },
    order: 'STORED' as const,
  };
  const expected = [
    { id: 3, '"': '' },
    { id: 4, '"': 'a "b", c' },
  ];
  const lines = await text((await engine.openPath(plan({ ...wanted, format: 'ndjson' }), small)).stream);
  expect(
    lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(expected);
  expect(await json((await engine.openPath(plan({ ...wanted, format: 'json' }), small)).stream)).toEqual(expected);

  const parquet = await engine.openPath(plan({ ...wanted, format: 'parquet' }), small);
  await writeFile(join(folder, 'delivered.parquet'), await buffer(parquet.stream));
  expect(await parquet.rows()).toBe(2);
  expect(
    await engine
      .openPath(plan({ columns: [{ name: '"' }] }), join(folder, 'delivered.parquet'))
      .then((d) => text(d.stream)),
  ).toBe('"""' + '"\n""\n"a ""b"", c"\n');
});

it('delivers an empty result as a complete one', async () => {
  for (const [format, expected] of [
    ['csv', 'id'],
    ['ndjson', ''],
    ['json', '[]'],
  ] as const) {
    const delivery = await engine.openPath(plan({ format, rows: { column: 'id', op: 'eq', value: -1 } }), small);
    expect((await text(delivery.stream)).replace(/\s/g, '')).toBe(expected);
    expect(await delivery.rows()).toBe(0);
  }
});

it('delivers a million rows, none torn and none twice, while the reader takes its time', async () => {
  const delivery = await engine.openPath(plan({ format: 'ndjson', columns: [{ name: 'id' }, { name: 'name' }] }), big);
  let rest = '';
  const seen = new Uint8Array(BIG_ROWS);
  for await (const chunk of delivery.stream) {
    const lines = (rest + (chunk as Buffer).toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const id = Number(/^\{"id":(\d+),"name":"Stra.{2}e \d+"\}$/.exec(line)?.[1] ?? Number.NaN);
      seen[id] = (seen[id] ?? 0) + 1;
    }
  }
  expect(seen.every((count) => count === 1)).toBe(true);
  expect(await delivery.rows()).toBe(BIG_ROWS);
});

it('replaces a value by its HMAC under the key it was given, and delivers nothing without the key', async () => {
  const key = Buffer.alloc(32, 9);
  const masked = plan({
    columns: [{ name: "sch'lüssel", as: 'p', mask: { kind: 'pseudonym' } }],
  });
  const delivery = await engine.openPath(masked, small, { key });
  const expected = createHmac('sha256', key).update('004').digest('hex').slice(0, 32);
  // in an order of the key, so that no place tells a row
  expect((await text(delivery.stream)).trim().split('\n')).toContain(expected);
  await expect(engine.openPath(masked, small)).rejects.toMatchObject({ code: 'pseudonym_key_missing' });
  const coarser = plan({ columns: [{ name: 'id', mask: { kind: 'round', to: 10 } }] });
  await expect(engine.openPath(coarser, small)).rejects.toMatchObject({ code: 'pseudonym_key_missing' });
  await expect(engine.openPath(masked, small, { key: Buffer.alloc(3) })).rejects.toMatchObject({
    code: 'pseudonym_key_missing',
  });
});

describe('a delivery that does not end well', () => {
  it('is stopped at once by its signal, is no complete one, and leaves nothing behind', async () => {
    const stop = new AbortController();
    const delivery = await engine.openPath(plan({ columns: [{ name: 'name' }, { name: 'lang' }] }), big, {
      signal: stop.signal,
    });
    await first(delivery);
    delivery.stream.pause();
    const failed = new Promise((resolve) => delivery.stream.once('error', resolve));
    stop.abort(new Error('revoked'));
    expect(await failed).toMatchObject({ message: 'revoked' });
    await delivery.closed;
    await expect(delivery.rows()).rejects.toThrow();
    expect(delivery.stream.readableEnded).toBe(false);
  });

  it('is not begun when the signal came before', async () => {
    await expect(engine.openPath(plan({}), small, { signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow(
      'early',
    );
  });

  it('is an error and never an end when the engine dies in the middle', async () => {
    const alone = engineOf({ ready: 0 });
    const delivery = await alone.openPath(plan({ columns: [{ name: 'name' }, { name: 'lang' }] }), big);
    const [name = ''] = (await work()).filter((entry) => entry.includes(`_${process.pid}_`)).slice(-1);
    expect(name).not.toBe('');
    await first(delivery);
    delivery.stream.pause();
    for (const pid of await childrenOf(process.pid))
      if ((await environment(pid)).includes(folder)) process.kill(pid, 'SIGKILL');
    await expect(text(delivery.stream)).rejects.toMatchObject({ code: 'engine_failed' });
    await delivery.closed;
  });

  it('leaves nothing behind when the reader goes away', async () => {
    const alone = engineOf({ ready: 0, streams: 1 });
    const delivery = await alone.openPath(plan({ columns: [{ name: 'lang' }] }), big);
    await first(delivery);
    delivery.stream.destroy();
    await delivery.closed;
    await expect(delivery.rows()).rejects.toMatchObject({ code: 'engine_failed' });
    await text((await alone.openPath(plan({}), small)).stream); // its place is free again
  });

  it('is refused when a file is no Parquet file, with no byte delivered', async () => {
    await writeFile(join(folder, 'broken.parquet'), 'PAR1 nothing PAR1');
    await expect(engine.openPath(plan({}), join(folder, 'broken.parquet'))).rejects.toMatchObject({
      code: 'engine_failed',
    });
  });
});

it('takes as many deliveries at once as allowed, and refuses the next one', async () => {
  const two = engineOf({ streams: 2, ready: 0 });
  const open = await Promise.all([0, 1].map(() => two.openPath(plan({ columns: [{ name: 'lang' }] }), big)));
  await expect(two.openPath(plan({}), small)).rejects.toMatchObject({ code: 'engine_busy', status: 429 });
  for (const delivery of open) {
    delivery.stream.destroy();
    await delivery.closed;
  }
  expect(await text((await two.openPath(plan({ rows: { column: 'id', op: 'eq', value: 1 } }), small)).stream)).toBe(
    'id\n1\n',
  );
  await two.onModuleDestroy();
});

it('serves others while blocked readers take nothing', async () => {
  const many = engineOf({ ready: 0 });
  const blocked = await Promise.all(
    [0, 1, 2, 3, 4, 5].map(() => many.openPath(plan({ columns: [{ name: 'lang' }] }), big)),
  );
  expect(await text((await many.openPath(plan({ rows: { column: 'id', op: 'eq', value: 1 } }), small)).stream)).toBe(
    'id\n1\n',
  );
  for (const delivery of blocked) delivery.stream.destroy();
  await Promise.all(blocked.map((delivery) => delivery.closed));
});

it('says object_missing for an object that is not there', async () => {
  await expect(engine.open(plan({ objectKey: `sha256-${'0'.repeat(64)}` }))).rejects.toMatchObject({
    code: 'object_missing',
  });
});

it('knows the columns of an object', async () => {
  const { key } = await new LocalObjectStore(folder).put(small);
  expect(await engine.describe(key)).toEqual([
    { name: 'id', type: 'INTEGER', stored: 'BIGINT' },
    { name: "sch'lüssel", type: 'TEXT', stored: 'VARCHAR' },
    { name: 'wert', type: 'DECIMAL', stored: 'DECIMAL(6,2)' },
    { name: 'tag', type: 'DATE', stored: 'DATE' },
    { name: 'notiz', type: 'TEXT', stored: 'VARCHAR' },
  ]);
});

describe('nobody reaches beyond the data of the plan', () => {
  it.each([
    ['in a column', plan({ columns: [{ name: "id\" FROM read_text('/etc/passwd'); --" }] })],
    ['in a filter', plan({ rows: { column: "1; ATTACH '/tmp/x.db'", op: 'not_null' } })],
  ])('with SQL %s', async (_, evil) => {
    await expect(engine.openPath(evil, small)).rejects.toMatchObject({ code: 'plan_not_valid' });
  });

  it.each([
    "'; ATTACH '/tmp/x.db' AS x; --",
    "' UNION SELECT content FROM read_text('/etc/passwd') --",
    "getvariable('v0')",
    '\u202e"\\',
  ])('with SQL in a value: %s is only text', async (value) => {
    const delivery = await engine.openPath(
      plan({
        columns: [{ name: 'id', as: value, mask: { kind: 'redact', with: value } }],
        format: 'ndjson',
        rows: { column: 'notiz', op: 'in', value: ['=x', value] },
      }),
      small,
    );
    const lines = (await text(delivery.stream)).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([{ [value]: value }, { [value]: value }]);
  });

  it.each<[string, unknown]>([
    ['a mask that is none', { ...plan({}), columns: [{ name: 'id', mask: { kind: 'sql', with: '1' } }] }],
    ['a further property', { ...plan({}), sql: 'SELECT 1' }],
    ['a format that is none', { ...plan({}), format: "csv'); --" }],
    ['a NUL in a value', plan({ rows: { column: 'notiz', op: 'eq', value: 'a\0' } })],
    ['a lone surrogate', plan({ rows: { column: 'notiz', op: 'eq', value: '\ud800' } })],
    ['no number', plan({ rows: { column: 'id', op: 'eq', value: Number.NaN } })],
    ['an empty alternative', plan({ rows: { any: [] } })],
  ])('with %s', async (_, evil) => {
    await expect(engine.openPath(evil as DeliveryPlan, small)).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('with a filter nested ten thousand deep', async () => {
    let rows: object = { column: 'id', op: 'not_null' };
    for (let i = 0; i < 10_000; i++) rows = { all: [rows] };
    await expect(engine.openPath(plan({ rows: rows as DeliveryPlan['rows'] }), small)).rejects.toMatchObject({
      code: 'plan_not_valid',
    });
  });

  describe('not even with SQL of their own, because the engine is locked', () => {
    let locked: DuckDBConnection;
    let secret: string;
    beforeAll(async () => {
      secret = join(folder, 'secret.csv');
      await writeFile(secret, 'a\n1\n');
      locked = await openEngine({ memory: '100MB', threads: 1, tempBytes: '10MB' }, join(folder, 'spill'));
      await lockEngine(locked, [small], false);
    });
    afterAll(() => locked.closeSync());

    it('but its own file is readable', async () => {
      const result = await locked.run(`SELECT count(*) FROM read_parquet(${literal(small)})`);
      expect(String((await result.getRows())[0]?.[0])).toBe('5');
    });

    it.each<[string, () => string]>([
      ['another file', () => `SELECT * FROM read_csv(${literal(secret)})`],
      ['a file beside it', () => `SELECT * FROM read_parquet(${literal(join(small, '..', 'big.parquet'))})`],
      ['a pattern', () => `SELECT * FROM glob(${literal(`${folder}/*`)})`],
      ['a system file', () => `SELECT * FROM read_text('/etc/passwd')`],
      ['a new file', () => `COPY (SELECT 1) TO ${literal(join(folder, 'new.csv'))}`],
      ['a database', () => `ATTACH ${literal(join(folder, 'x.db'))}`],
      ['an extension', () => 'INSTALL httpfs'],
      ['the network', () => "SELECT * FROM read_csv('https://127.0.0.1:9/x.csv')"],
      ['a setting', () => "SET memory_limit = '10GB'"],
      ['the lock', () => 'SET enable_external_access = true'],
      ['the list of files', () => "SET allowed_paths = ['/etc/passwd']"],
    ])('refused: %s', async (_, sql) => {
      await expect(locked.run(sql())).rejects.toThrow();
    });

    it('a runaway query ends at the memory limit', async () => {
      await expect(locked.run('SELECT list(a.i + b.i) FROM range(100000) a(i), range(1000) b(i)')).rejects.toThrow(
        /memory|limit|offload/i,
      );
    });
  });

  it('and the process of the engine has no secret in its environment', async () => {
    process.env.DATABASE_URL = 'postgres://secret';
    const alone = engineOf({ ready: 0 });
    const delivery = await alone.openPath(plan({ columns: [{ name: 'lang' }] }), big);
    const environments = await Promise.all((await childrenOf(process.pid)).map(environment));
    const ours = environments.filter((env) => env.includes('ENGINE_TEMP'));
    expect(ours.length).toBeGreaterThan(0);
    for (const env of ours) expect(env).not.toContain('secret');
    delivery.stream.destroy();
    await delivery.closed;
  });
});

it('a process whose parent is gone ends, even blocked in its pipe', async () => {
  const alone = engineOf({ ready: 0 });
  const before = await engines();
  const delivery = await alone.openPath(plan({ columns: [{ name: 'lang' }] }), big);
  const failed = new Promise((resolve) => delivery.stream.once('error', resolve));
  const [pid = 0] = (await engines()).filter((other) => !before.includes(other));
  const [{ child } = {}] = (alone as unknown as { busy: Set<{ child?: { disconnect(): void } }> }).busy;
  child?.disconnect(); // what a dying parent looks like from inside
  try {
    for (let i = 0; i < 250 && (await engines()).includes(pid); i++) await wait(20);
    expect(await engines()).not.toContain(pid);
    delivery.stream.resume();
    expect(await failed).toMatchObject({ code: 'engine_failed' });
  } finally {
    delivery.stream.destroy();
    await delivery.closed;
  }
});

async function engines(): Promise<number[]> {
  const pids = await childrenOf(process.pid);
  const envs = await Promise.all(pids.map(environment));
  return pids.filter((_, i) => envs[i]?.includes('ENGINE_TEMP'));
}

async function childrenOf(pid: number): Promise<number[]> {
  const tasks = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')),
  );
  return lists.join(' ').split(' ').filter(Boolean).map(Number);
}

async function environment(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
}
