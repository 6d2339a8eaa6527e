import { blobValue, type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DeliveryPlan, type Mask, needsKey, planFaults, type RowFilter, type StoredColumn } from './delivery-plan';
import { deliverySql } from './delivery-sql';

const KEY = Buffer.alloc(32, 7);
const STORED: StoredColumn[] = [
  { name: 'id', type: 'INTEGER', stored: 'BIGINT' },
  { name: 'ka\'tegorie"; --', type: 'TEXT', stored: 'VARCHAR' },
  { name: 'hoehe', type: 'DECIMAL', stored: 'DECIMAL(6,2)' },
  { name: 'tag', type: 'DATE', stored: 'DATE' },
  { name: 'aktiv', type: 'BOOLEAN', stored: 'BOOLEAN' },
];
type Row = { id: number; text: string | null; hoehe: number | null; tag: string | null; aktiv: boolean | null };
const TEXTS = ['Linde', "Ei'che", '=1+1', '', 'Straße; "x"', null];
const ROWS: Row[] = Array.from({ length: 200 }, (_, i) => ({
  id: (i - 100) * 37,
  text: TEXTS[i % TEXTS.length] ?? null,
  hoehe: i % 9 === 0 ? null : ((i * 7919) % 200_000) / 100 - 1000,
  tag: i % 8 === 0 ? null : new Date(Date.UTC(1990, 0, 1 + i * 53)).toISOString().slice(0, 10),
  aktiv: i % 5 === 0 ? null : i % 2 === 0,
}));

let folder: string;
let parquet: string;
let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-'));
  parquet = join(folder, "it's.parquet");
  instance = await DuckDBInstance.create();
  connection = await instance.connect();
  await connection.run(
    'CREATE TABLE t (id BIGINT, "ka\'tegorie""; --" VARCHAR, hoehe DECIMAL(6,2), tag DATE, aktiv BOOLEAN)',
  );
  for (const { id, text, hoehe, tag, aktiv } of ROWS) {
    await connection.run('INSERT INTO t SELECT $1, $2, $3::DECIMAL(6,2), $4::DATE, $5', [id, text, hoehe, tag, aktiv]);
  }
  await connection.run(`COPY t TO '${parquet.replaceAll("'", "''")}' (FORMAT parquet)`);
});
afterAll(async () => {
  connection.closeSync();
  instance.closeSync();
  await rm(folder, { recursive: true, force: true });
});

async function delivered(
  plan: Omit<DeliveryPlan, 'objectKey' | 'format'> & Partial<DeliveryPlan>,
): Promise<unknown[][]> {
  const whole: DeliveryPlan = { objectKey: 'x', format: 'csv', ...plan };
  expect(planFaults(whole, STORED)).toEqual([]);
  const { select, variables } = deliverySql(whole, STORED, parquet, { key: KEY });
  for (const [name, value] of variables) {
    await connection.run(`SET VARIABLE ${name} = $1`, [typeof value === 'string' ? value : blobValue(value)]);
  }
  const result = await connection.runAndReadAll(select);
  return result.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
}

const inOrder = (rows: readonly unknown[][]): string[] => rows.map((row) => JSON.stringify(row)).sort();

const COLUMN_KEYS: Record<string, keyof Row> = {
  id: 'id',
  'ka\'tegorie"; --': 'text',
  hoehe: 'hoehe',
  tag: 'tag',
  aktiv: 'aktiv',
};
const cellOf = (row: Row, name: string) => row[COLUMN_KEYS[name] as keyof Row];

/** An independent, naive reading of a filter: a comparison with a missing value does not hold. */
function holds(filter: RowFilter, row: Row): boolean {
  if ('all' in filter) return filter.all.every((part) => holds(part, row));
  if ('any' in filter) return filter.any.some((part) => holds(part, row));
  const cell = cellOf(row, filter.column);
  if (cell === null) return false;
  switch (filter.op) {
    case 'not_null':
      return true;
    case 'eq':
      return cell === filter.value;
    case 'in':
      return filter.value.includes(cell);
    case 'gte':
      return cell >= filter.value;
    case 'lte':
      return cell <= filter.value;
    case 'between':
      return cell >= filter.value[0] && cell <= filter.value[1];
  }
}

function masked(row: Row, name: string, mask: Mask | undefined): string | null {
  const cell = cellOf(row, name);
  if (mask?.kind === 'null') return null;
  if (mask?.kind === 'redact') return mask.with;
  if (cell === null) return null;
  const plain = name === 'hoehe' ? Number(cell).toFixed(2) : String(cell);
  switch (mask?.kind) {
    case undefined:
    case 'drop':
      return plain;
    case 'year':
      return plain.slice(0, 4);
    case 'round': {
      const value = Math.sign(Number(cell)) * Math.round(Math.abs(Number(cell)) / mask.to) * mask.to;
      return mask.to < 1 ? value.toFixed(1) : String(value === 0 ? 0 : value);
    }
    case 'grid':
      return String(Math.floor(Number(cell) / mask.metres) * mask.metres);
    case 'pseudonym':
      return createHmac('sha256', KEY).update(plain).digest('hex').slice(0, 32);
  }
}

const text = fc.constantFrom(...TEXTS.filter((value) => value !== null), "'; ATTACH 'x", 'fehlt');
const height = fc.integer({ min: -1000, max: 1000 });
const day = fc.constantFrom('1990-01-01', '1999-12-31', '2005-06-15', '2020-02-29');
const condition: fc.Arbitrary<RowFilter> = fc.oneof(
  fc.record({ column: fc.constant('ka\'tegorie"; --'), op: fc.constant('eq' as const), value: text }),
  fc.record({
    column: fc.constant('ka\'tegorie"; --'),
    op: fc.constant('in' as const),
    value: fc.array(text, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    column: fc.constantFrom('id', 'hoehe'),
    op: fc.constantFrom('gte' as const, 'lte' as const, 'eq' as const),
    value: height,
  }),
  fc.record({ column: fc.constant('hoehe'), op: fc.constant('between' as const), value: fc.tuple(height, height) }),
  fc.record({ column: fc.constant('tag'), op: fc.constantFrom('gte' as const, 'lte' as const), value: day }),
  fc.record({ column: fc.constant('aktiv'), op: fc.constant('eq' as const), value: fc.boolean() }),
  fc.record({ column: fc.constantFrom(...STORED.map((c) => c.name)), op: fc.constant('not_null' as const) }),
);
const filter: fc.Arbitrary<RowFilter> = fc.letrec<{ node: RowFilter }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    condition,
    fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
  ),
})).node;
const anywhere: fc.Arbitrary<Mask | undefined>[] = [
  fc.constant(undefined),
  fc.constant({ kind: 'drop' }),
  fc.constant({ kind: 'null' }),
  text.map((word) => ({ kind: 'redact', with: word })),
  fc.constant({ kind: 'pseudonym' }),
];
const ofNumbers: fc.Arbitrary<Mask | undefined>[] = [
  fc.constantFrom(1, 5, 10, 250).map((to) => ({ kind: 'round', to })),
  fc.constantFrom(1, 50, 100).map((metres) => ({ kind: 'grid', metres })),
];
const columns = fc
  .tuple(
    ...STORED.map((column) =>
      fc.record({
        name: fc.constant(column.name),
        mask: fc.oneof(
          ...anywhere,
          ...(column.type === 'INTEGER' || column.type === 'DECIMAL' ? ofNumbers : []),
          ...(column.type === 'DATE' ? [fc.constant<Mask>({ kind: 'year' })] : []),
        ),
      }),
    ),
  )
  .filter((list) => list.some(({ mask }) => mask?.kind !== 'drop'));

it('delivers exactly the rows and cells a naive reading of the plan gives', async () => {
  await fc.assert(
    fc.asyncProperty(columns, fc.option(filter, { nil: undefined }), async (list, rows) => {
      const kept = ROWS.filter((row) => !rows || holds(rows, row));
      const expected = kept.map((row) =>
        list.filter(({ mask }) => mask?.kind !== 'drop').map(({ name, mask }) => masked(row, name, mask)),
      );
      // with a key of its own order, so that no place tells a row
      const got = await delivered({ columns: list, rows });
      if (!needsKey({ objectKey: 'x', format: 'csv', columns: list })) expect(got).toEqual(expected);
      expect(inOrder(got)).toEqual(inOrder(expected));
    }),
    { numRuns: 300 },
  );
});

it('writes no value of a person and no key into the text of the query', () => {
  const plan: DeliveryPlan = {
    objectKey: 'x',
    format: 'csv',
    columns: [
      { name: 'id', mask: { kind: 'pseudonym' } },
      { name: 'tag', mask: { kind: 'redact', with: 'geheim-1' } },
    ],
    rows: {
      all: [
        { column: 'ka\'tegorie"; --', op: 'in', value: ['geheim-2'] },
        { column: 'id', op: 'gte', value: 424242 },
      ],
    },
  };
  const { select } = deliverySql(plan, STORED, parquet, { key: KEY });
  for (const secret of ['geheim', '424242', KEY.toString('hex'), KEY.toString('latin1')])
    expect(select).not.toContain(secret);
});

it('guards text against formulas for spreadsheets, and leaves figures as they are', async () => {
  const rows = await delivered({
    columns: [{ name: 'id' }, { name: 'ka\'tegorie"; --' }, { name: 'tag', mask: { kind: 'redact', with: '@x' } }],
    rows: {
      all: [
        { column: 'ka\'tegorie"; --', op: 'eq', value: '=1+1' },
        { column: 'id', op: 'lte', value: -3600 },
      ],
    },
    spreadsheetSafe: true,
  });
  expect(rows).toEqual([['-3626', "'=1+1", "'@x"]]);
});

it('rounds a large key without losing a digit, and a fraction to a fraction', async () => {
  await connection.run(
    `COPY (SELECT 123456789012345675::BIGINT AS id, 0.25::DECIMAL(6,2) AS hoehe) TO '${folder}/big.parquet' (FORMAT parquet)`,
  );
  const plan: DeliveryPlan = {
    objectKey: 'x',
    format: 'csv',
    columns: [
      { name: 'id', mask: { kind: 'round', to: 10 } },
      { name: 'hoehe', mask: { kind: 'round', to: 0.1 } },
    ],
  };
  const { select } = deliverySql(
    plan,
    STORED.filter((c) => c.name === 'id' || c.name === 'hoehe'),
    `${folder}/big.parquet`,
    { key: KEY },
  );
  const [row] = (await connection.runAndReadAll(select)).getRows();
  expect(row?.map(String)).toEqual(['123456789012345680', '0.3']);
});

describe('the place of a row', () => {
  const COARSER: Mask[] = [
    { kind: 'pseudonym' },
    { kind: 'year' },
    { kind: 'grid', metres: 50 },
    { kind: 'round', to: 5 },
  ];
  /** Numbers of the rows in the order in which they are delivered. */
  const places = async (mask: Mask | undefined, key: Uint8Array, objectKey = 'x'): Promise<number[]> => {
    const name = mask?.kind === 'year' ? 'tag' : 'hoehe';
    const plan: DeliveryPlan = { objectKey, format: 'csv', columns: [{ name: 'id' }, { name, mask }] };
    const { select, variables } = deliverySql(plan, STORED, parquet, { key });
    for (const [variable, value] of variables)
      await connection.run(`SET VARIABLE ${variable} = $1`, [typeof value === 'string' ? value : blobValue(value)]);
    return (await connection.runAndReadAll(select)).getRows().map(([id]) => Number(id));
  };
  const alike = (a: readonly number[], b: readonly number[]): number => a.filter((id, at) => b[at] === id).length;
  const filed = ROWS.map(({ id }) => id);

  it.each(COARSER.map((mask) => [mask.kind, mask] as const))(
    'tells nothing of the file or of another agreement where %s leaves something of the values',
    async (_, mask) => {
      const mine = await places(mask, KEY);
      expect([...mine].sort((a, b) => a - b)).toEqual(filed);
      // of 200 rows about one stands by chance where it stood
      for (const other of [filed, await places(mask, Buffer.alloc(32, 8)), await places(mask, KEY, 'y')])
        expect(alike(mine, other)).toBeLessThan(10);
      expect(await places(mask, KEY)).toEqual(mine);
    },
  );

  it('is that of the file where every value is whole or gone', async () => {
    expect(await places(undefined, KEY)).toEqual(filed);
    expect(await places({ kind: 'null' }, KEY)).toEqual(filed);
  });
});

describe('a plan that does not fit its data is refused', () => {
  const plan = (part: object): DeliveryPlan => ({ objectKey: 'x', format: 'csv', columns: [{ name: 'id' }], ...part });
  it.each<[string, DeliveryPlan, string, string]>([
    ['an unknown column', plan({ columns: [{ name: 'id" FROM x; --' }] }), '/columns/0/name', 'column_unknown'],
    [
      'an unknown column in a filter',
      plan({ rows: { any: [{ column: "read_text('/etc/passwd')", op: 'not_null' }] } }),
      '/rows/any/0/column',
      'column_unknown',
    ],
    [
      'a year of a number',
      plan({ columns: [{ name: 'id', mask: { kind: 'year' } }] }),
      '/columns/0/mask',
      'mask_not_applicable',
    ],
    [
      'a grid over text',
      plan({ columns: [{ name: 'ka\'tegorie"; --', mask: { kind: 'grid', metres: 5 } }] }),
      '/columns/0/mask',
      'mask_not_applicable',
    ],
    [
      'two columns of one name',
      plan({ columns: [{ name: 'id' }, { name: 'tag', as: 'ID' }] }),
      '/columns/1/as',
      'column_twice',
    ],
    ['nothing left', plan({ columns: [{ name: 'id', mask: { kind: 'drop' } }] }), '/columns', 'no_column'],
    [
      'text compared with a number',
      plan({ rows: { column: 'ka\'tegorie"; --', op: 'eq', value: 5 } }),
      '/rows/value',
      'value_type',
    ],
    [
      'a number compared with text',
      plan({ rows: { column: 'id', op: 'in', value: [1, '1 OR 1=1'] } }),
      '/rows/value/1',
      'value_type',
    ],
    [
      'a day that does not exist',
      plan({ rows: { column: 'tag', op: 'gte', value: '2025-02-30' } }),
      '/rows/value',
      'value_type',
    ],
    [
      'an order of yes and no',
      plan({ rows: { column: 'aktiv', op: 'gte', value: true } }),
      '/rows/op',
      'op_not_applicable',
    ],
  ])('%s', (_, bad, pointer, code) => {
    expect(planFaults(bad, STORED)).toEqual([expect.objectContaining({ pointer, code })]);
  });
});
