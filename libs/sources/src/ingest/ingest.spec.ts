import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IngestService, LocalObjectStore, type Recognition, recognise, WorkFolders } from '..';
import { ingestFile } from './ingest-parquet';
import { READING_LIMITS } from '../reading/recognition';
import { recogniseFile } from '../connectors/csv/recognise-csv';

let folder: string;
let file: string;
let store: LocalObjectStore;
let service: IngestService;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingest-'));
  file = join(folder, 'upload.csv');
  store = new LocalObjectStore(join(folder, 'store'));
  service = new IngestService(store, new WorkFolders(join(folder, 'store')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function rowsOf(parquet: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const result = await connection.runAndReadAll(`SELECT * FROM read_parquet('${parquet}')`);
  const rows = result.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
  connection.closeSync();
  instance.closeSync();
  return rows;
}

async function left(): Promise<string[]> {
  const entries = await readdir(join(folder, 'store'), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

it('stores a German table with the types a person would give it', async () => {
  await writeFile(
    file,
    Buffer.from(
      'Nr;Straße;Höhe;Wert;gepflanzt;geprüft;schützen\r\n01;"Am ""Bach""";8,5;1.234,50;01.04.1987;31.12.2025 14:05;ja\r\n02;;;-7;;;nein\r\n',
      'latin1',
    ),
  );
  const recognition = await recognise(file);
  const version = await service.ingest(file, recognition);
  expect(version).toMatchObject({ rows: 2, objectKey: `sha256-${version.sha256}` });
  expect(version.columns.map((c) => c.stored)).toEqual([
    'VARCHAR',
    'VARCHAR',
    'DECIMAL(2,1)',
    'DECIMAL(6,2)',
    'DATE',
    'TIMESTAMP',
    'BOOLEAN',
  ]);
  expect(await rowsOf(store.path(version.objectKey))).toEqual([
    ['01', 'Am "Bach"', '8.5', '1234.50', '1987-04-01', '2025-12-31 14:05:00', 'true'],
    ['02', null, null, '-7.00', null, null, 'false'],
  ]);
  expect(await left()).toEqual([version.objectKey]);
});

it('keeps the order of the rows and gives the same upload the same key', async () => {
  await writeFile(file, `a;b\n${Array.from({ length: 300_000 }, (_, i) => `${i};x${i % 7}`).join('\n')}\n`);
  const recognition = await recognise(file);
  const [one, two] = [await service.ingest(file, recognition), await service.ingest(file, recognition)];
  expect(one).toEqual(two);
  const rows = await rowsOf(store.path(one.objectKey));
  expect(rows.every((row, i) => row[0] === String(i))).toBe(true);
});

it('leaves nothing behind when the file has faults, and names row and column', async () => {
  await writeFile(file, 'a;b\n1;2\n3;4;5\n');
  await expect(service.ingest(file, await recognise(file))).rejects.toMatchObject({
    code: 'csv_faulty',
    status: 422,
    errors: [{ pointer: '/rows/3/columns/3', code: 'cells_extra', detail: expect.any(String) as string }],
  });
  expect(await left()).toEqual([]);
});

it('trusts the file and not the recognition: what changed since the preview is a fault', async () => {
  await writeFile(file, 'a;b\n1;2\n3;4\n');
  const recognition = await recognise(file);
  await writeFile(file, 'a;b\n1;2\n3;vier\n5;1234567890123456789012\n');
  await expect(service.ingest(file, recognition)).rejects.toMatchObject({
    code: 'csv_faulty',
    errors: [
      expect.objectContaining({ pointer: '/rows/3/columns/2', code: 'cell_type' }),
      expect.objectContaining({ pointer: '/rows/4/columns/2' }),
    ],
  });
  expect(await left()).toEqual([]);
});

it('never rounds: a fraction longer than the column is a fault', async () => {
  await writeFile(file, 'a;b\n1,5;x\n2,5;y\n');
  const recognition = await recognise(file);
  await writeFile(file, 'a;b\n1,5;x\n2,55;y\n');
  await expect(service.ingest(file, recognition)).rejects.toMatchObject({
    errors: [expect.objectContaining({ pointer: '/rows/3/columns/1', code: 'cell_type' })],
  });
});

it('refuses a recognition that was tampered with', async () => {
  await writeFile(file, 'a\n1\n');
  const recognition = await recognise(file);
  const [column] = recognition.columns;
  const evil = { ...recognition, columns: [{ ...column, stored: "BIGINT'}) ; ATTACH '/tmp/x" }] } as Recognition;
  await expect(service.ingest(file, evil)).rejects.toMatchObject({ code: 'validation_failed' });
  expect(await left()).toEqual([]);
});

it.each([
  ['a workbook under the name of a CSV', Buffer.from('504b030414000600', 'hex'), 'file_not_csv'],
  ['an unbalanced quote', Buffer.from('a;b\n1;2\n3;"4\n5;6\n'), 'csv_faulty'],
])('refuses %s without a trace, also when the preview was another file', async (_, bytes, code) => {
  await writeFile(file, 'a;b\n1;x\n3;y\n');
  const recognition = await recognise(file);
  await writeFile(file, bytes);
  await expect(service.ingest(file, recognition)).rejects.toMatchObject({ code });
  expect(await left()).toEqual([]);
});

it('removes its work when it is stopped', async () => {
  await writeFile(file, `a;b\n${'1;2\n'.repeat(200_000)}`);
  const recognition = await recognise(file);
  const stop = new AbortController();
  const ingest = service.ingest(file, recognition, { signal: stop.signal });
  setTimeout(() => stop.abort(), 50);
  await expect(ingest).rejects.toThrow();
  expect(await left()).toEqual([]);
});

it('sweeps the folders of processes that died, and only those', async () => {
  const folders = new WorkFolders(join(folder, 'store'));
  const mine = await folders.make();
  const dead = mine.replace(`_${process.pid}_`, '_4194304_');
  const foreign = join(mine, '..', 'another-host_4194304_x');
  await mkdir(dead);
  await mkdir(foreign);
  await folders.sweep();
  expect((await readdir(join(mine, '..'))).sort()).toEqual(
    [mine, foreign].map((path) => path.split('/').at(-1)).sort(),
  );
});

it('keeps every text exactly as it was, whatever it holds', async () => {
  const text = fc
    .array(
      fc.constantFrom(
        'a',
        'ß',
        '"',
        '""',
        "'",
        ';',
        ',',
        '\n',
        '\r\n',
        '\r',
        '\\',
        '\t',
        ' ',
        '😀',
        'NULL',
        '=1+1',
        '\u0001',
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((parts) => `t${parts.join('')}`); // a letter first: not blank, not a number
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, fc.option(text)), { minLength: 1, maxLength: 6 }), async (rows) => {
      const work = await mkdtemp(join(folder, 'w-'));
      const csv = rows.map((row) =>
        row.map((cell) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`)).join(';'),
      );
      await writeFile(file, `"eins";"zwei"\n${csv.join('\n')}\n`);
      const hints = { delimiter: ';' as const, headerLine: 1, types: { eins: 'TEXT' as const, zwei: 'TEXT' as const } };
      const { parquet } = await ingestFile(
        file,
        await recogniseFile(file, hints, READING_LIMITS),
        work,
        READING_LIMITS,
      );
      expect(await rowsOf(parquet)).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

it('stores a table of 5 000 columns', async () => {
  const names = Array.from({ length: 5_000 }, (_, i) => `m${i}`);
  await writeFile(file, `${names.join(';')}\n${`${names.map((_, i) => i).join(';')}\n`.repeat(3)}`);
  expect(await service.ingest(file, await recognise(file))).toMatchObject({ rows: 3 });
}, 60_000);
