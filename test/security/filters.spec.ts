import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Obligation } from '#lib/policy';
import type { RowFilter } from '#lib/sources';
import { planDelivery } from '../../libs/exchange/src/plan-delivery';
import { joined, narrowed } from '../../libs/requests/src/form/narrowing';
import { deliverySql } from '../../libs/sources/src/engine/delivery-sql';
import type { StoredColumn } from '../../libs/sources/src/engine/delivery-plan';

// Request, two approvals, the agreement and the decision at the gate each take something away. What leaves is what all
// of them let through: followed here from the form to the rows of the real query engine, and beside it by a naive
// reading that shares nothing with them.
type Row = { id: number; art: string | null; hoehe: number | null; bezirk: string };
const NAMES = ['id', 'art', 'hoehe', 'bezirk'] as const;
const KINDS = ['Linde', 'Ahorn', "Ei'che", ''];
const ROWS: Row[] = Array.from({ length: 120 }, (_, id) => ({
  id,
  art: id % 7 === 0 ? null : KINDS[id % 4]!,
  hoehe: id % 5 === 0 ? null : (id * 37) % 40,
  bezirk: ['Mitte', 'Süd', 'Nord'][id % 3]!,
}));
const STORED: StoredColumn[] = [
  { name: 'id', type: 'INTEGER', stored: 'BIGINT' },
  { name: 'art', type: 'TEXT', stored: 'VARCHAR' },
  { name: 'hoehe', type: 'INTEGER', stored: 'BIGINT' },
  { name: 'bezirk', type: 'TEXT', stored: 'VARCHAR' },
];

let folder: string;
let parquet: string;
let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'filters-'));
  parquet = join(folder, 'trees.parquet');
  instance = await DuckDBInstance.create();
  connection = await instance.connect();
  await connection.run('CREATE TABLE t (id BIGINT, art VARCHAR, hoehe BIGINT, bezirk VARCHAR)');
  for (const { id, art, hoehe, bezirk } of ROWS)
    await connection.run('INSERT INTO t SELECT $1, $2, $3, $4', [id, art, hoehe, bezirk]);
  await connection.run(`COPY t TO '${parquet}' (FORMAT parquet)`);
});
afterAll(async () => {
  connection.closeSync();
  instance.closeSync();
  await rm(folder, { recursive: true, force: true });
});

/** A comparison with a missing value does not hold. */
function passes(row: Row, filter: RowFilter | null): boolean {
  if (filter === null) return true;
  if ('all' in filter) return filter.all.every((part) => passes(row, part));
  if ('any' in filter) return filter.any.some((part) => passes(row, part));
  const cell = row[filter.column as keyof Row];
  if (cell === null) return false;
  if (filter.op === 'not_null') return true;
  if (filter.op === 'in') return (filter.value as unknown[]).includes(cell);
  if (filter.op === 'between') return cell >= filter.value[0] && cell <= filter.value[1];
  return filter.op === 'eq' ? cell === filter.value : filter.op === 'gte' ? cell >= filter.value : cell <= filter.value;
}

const number = fc.integer({ min: -5, max: 130 });
const condition: fc.Arbitrary<RowFilter> = fc.oneof(
  fc.record({
    column: fc.constantFrom('id', 'hoehe'),
    op: fc.constantFrom('gte' as const, 'lte' as const),
    value: number,
  }),
  fc.record({
    column: fc.constantFrom('id', 'hoehe'),
    op: fc.constant('between' as const),
    value: fc.tuple(number, number),
  }),
  fc.record({
    column: fc.constant('art'),
    op: fc.constant('in' as const),
    value: fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    column: fc.constant('bezirk'),
    op: fc.constant('eq' as const),
    value: fc.constantFrom('Mitte', 'Süd', 'Nord', 'West'),
  }),
  fc.record({ column: fc.constantFrom('art', 'hoehe'), op: fc.constant('not_null' as const) }),
);
const group = (inner: fc.Arbitrary<RowFilter>): fc.Arbitrary<RowFilter> =>
  fc.oneof(
    inner,
    fc.array(inner, { minLength: 1, maxLength: 3 }).map((all): RowFilter => ({ all })),
    fc.array(inner, { minLength: 1, maxLength: 3 }).map((any): RowFilter => ({ any })),
  );
const filter = fc.option(group(group(condition)), { nil: null });
const fields = fc.subarray([...NAMES], { minLength: 3 });
const some = fc.option(fields, { nil: null });

const minimum = (names: string[] | null): Obligation[] =>
  names ? [{ id: 'O-MINFIELDS', params: { fields: names }, enforcement: 'ENFORCED' }] : [];

test('request, approvals, agreement and gate intersect: no row and no column leaves that one of them takes away, and none is lost', async () => {
  const steps = fc.record({
    asked: filter,
    askedFields: fields,
    first: filter,
    firstFields: some,
    second: filter,
    secondFields: some,
    agreed: some,
    now: some,
  });
  let empty = 0;
  await fc.assert(
    fc.asyncProperty(steps, async ({ asked, askedFields, first, firstFields, second, secondFields, agreed, now }) => {
      const form = {
        fields: askedFields,
        rows: asked,
        until: '2027-01-01',
        recipients: ['Amt'],
        retentionDays: 90,
      } as unknown as Parameters<typeof narrowed>[0];
      const conditions = [
        [first, firstFields],
        [second, secondFields],
      ].map(
        ([rows, names]) => ({ ...(rows && { rows }), ...(names && { fields: names }) }) as Parameters<typeof joined>[0],
      );
      const granted = narrowed(form, joined(conditions[0]!, conditions[1]!));
      const planned = planDelivery({
        objectKey: 'x',
        fields: NAMES.map((name) => ({ name, class: 'NONE', mask: null })),
        terms: {
          fields: granted.fields,
          masks: {},
          rows: granted.rows,
          form: 'ROWLEVEL',
          obligations: minimum(agreed),
        },
        obligationsNow: minimum(now),
        contract: { status: 'VALID', kinds: [] },
        format: 'json',
        spreadsheetSafe: false,
      });
      const columns = askedFields.filter((name) =>
        [firstFields, secondFields, agreed, now].every((names) => names === null || names.includes(name)),
      );
      const rows = ROWS.filter((row) => [asked, first, second].every((one) => passes(row, one)));
      if ('because' in planned) {
        empty += 1;
        expect(columns).toEqual([]);
        return;
      }
      const { select, variables } = deliverySql({ ...planned.plan, order: 'STORED' }, STORED, parquet);
      for (const [name, value] of variables) await connection.run(`SET VARIABLE ${name} = $1`, [value as string]);
      const result = await connection.runAndReadAll(select);
      expect(result.columnNames()).toEqual(columns);
      const cells = (list: unknown[][]): string[] =>
        list.map((row) => JSON.stringify(row.map((cell) => (cell === null ? null : String(cell))))).sort();
      expect(cells(result.getRows())).toEqual(cells(rows.map((row) => columns.map((name) => row[name]))));
    }),
    { numRuns: 300 },
  );
  expect(empty).toBeLessThan(150);
});

test('the order in which two approvers narrow means nothing to what is left', () => {
  fc.assert(
    fc.property(filter, some, filter, some, filter, (a, aFields, b, bFields, asked) => {
      const of = (rows: RowFilter | null, names: string[] | null) =>
        ({ ...(rows && { rows }), ...(names && { fields: names }) }) as Parameters<typeof joined>[0];
      const form = {
        fields: [...NAMES],
        rows: asked,
        until: '2027-01-01',
        recipients: [],
        retentionDays: null,
      } as unknown as Parameters<typeof narrowed>[0];
      const [one, other] = [
        narrowed(form, joined(of(a, aFields), of(b, bFields))),
        narrowed(form, joined(of(b, bFields), of(a, aFields))),
      ];
      const left = (filter: RowFilter | null) =>
        ROWS.filter((row) => passes(row, filter))
          .map(({ id }) => id)
          .join();
      return (
        [...one.fields].sort().join() === [...other.fields].sort().join() &&
        left(one.rows) === left(other.rows) &&
        left(narrowed(narrowed(form, of(a, aFields)), of(b, bFields)).rows) === left(one.rows)
      );
    }),
    { numRuns: 300 },
  );
});
