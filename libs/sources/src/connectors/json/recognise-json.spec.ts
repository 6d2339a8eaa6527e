import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingestFile } from '../../ingest/ingest-parquet';
import { READING_LIMITS, type ReadingLimits } from '../../reading/recognition';
import type { JsonSettings } from './json-recognition';
import { recogniseJson } from './recognise-json';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'json-'));
  file = join(folder, 'upload');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const recognised = async (
  content: string | Buffer,
  settings: JsonSettings = {},
  limits: Partial<ReadingLimits> = {},
) => {
  await writeFile(file, content);
  return recogniseJson(file, settings, { ...READING_LIMITS, ...limits });
};
async function stored(content: string | Buffer, settings: JsonSettings = {}): Promise<(string | null)[][]> {
  const recognition = await recognised(content, settings);
  expect(recognition.faults).toEqual([]);
  const work = await mkdtemp(join(folder, 'work-'));
  const { parquet } = await ingestFile(file, recognition, work, READING_LIMITS);
  const connection = await (await DuckDBInstance.create()).connect();
  const rows = (await connection.runAndReadAll(`SELECT * FROM read_parquet('${parquet}')`)).getRows();
  connection.closeSync();
  return rows.map((row) => row.map((value) => (value === null ? null : String(value))));
}
const types = ({ columns }: Awaited<ReturnType<typeof recognised>>) =>
  Object.fromEntries(columns.map(({ name, type, stored: how }) => [name, type === 'TEXT' ? type : `${type} ${how}`]));
const notes = (r: Awaited<ReturnType<typeof recognised>>) => r.notes.map(({ code }) => code);
const faults = (r: Awaited<ReturnType<typeof recognised>>) => r.faults.map((f) => [f.code, f.row, f.column, f.detail]);

describe('what people hand in', () => {
  const TREES = [
    { nr: 1, art: 'Linde', hoehe: 8.5, gepflanzt: '1987-04-01', geprueft: '2025-12-31T14:05:00Z', gesund: true },
    { nr: 2, art: 'Säulenpappel 😀', hoehe: -7, gepflanzt: null, geprueft: null, gesund: false },
    { nr: 3, hoehe: 12.25, gesund: null },
  ];
  const ROWS = [
    ['1', 'Linde', '8.50', '1987-04-01', '2025-12-31 14:05:00', 'true'],
    ['2', 'Säulenpappel 😀', '-7.00', null, null, 'false'],
    ['3', null, '12.25', null, null, null],
  ];

  it.each([
    ['a list', JSON.stringify(TREES), 'ARRAY'],
    ['a list over many lines', JSON.stringify(TREES, null, 2), 'ARRAY'],
    ['an object per line', TREES.map((row) => JSON.stringify(row)).join('\n'), 'LINES'],
    [
      'an object per line with line ends of Windows',
      TREES.map((row) => JSON.stringify(row)).join('\r\n') + '\r\n',
      'LINES',
    ],
    ['a list with a byte order mark', `\ufeff${JSON.stringify(TREES)}`, 'ARRAY'],
    ['a list in UTF-16', Buffer.from(`\ufeff${JSON.stringify(TREES)}`, 'utf16le'), 'ARRAY'],
  ] as const)('is read from %s', async (_, content, layout) => {
    const r = await recognised(content);
    expect(r.format.layout).toBe(layout);
    expect(types(r)).toEqual({
      nr: 'INTEGER BIGINT',
      art: 'TEXT',
      hoehe: 'DECIMAL DECIMAL(4,2)',
      gepflanzt: 'DATE DATE',
      geprueft: 'TIMESTAMP TIMESTAMP',
      gesund: 'BOOLEAN BOOLEAN',
    });
    expect(r.columns.map(({ nullable }) => nullable)).toEqual([false, true, false, true, true, true]);
    expect(r.preview[2]).toEqual(['3', '', '12.25', '', '', '']);
    expect(await stored(content)).toEqual(ROWS);
  });

  it('puts inner objects into columns of their own and says so', async () => {
    const text =
      '{"nr":1,"adresse":{"ort":"Mainz","geo":{"x":1.5}}}\n{"nr":2,"adresse":{}}\n{"nr":3,"adresse.ort":"Köln"}';
    const r = await recognised(text);
    expect(r.columns.map(({ name }) => name)).toEqual([
      'nr',
      'adresse.ort',
      'adresse.geo.x',
      'adresse',
      'adresse.ort_2',
    ]);
    expect(notes(r)).toContain('nested_flattened');
    expect(await stored(text)).toEqual([
      ['1', 'Mainz', '1.5', null, null],
      ['2', null, null, null, null],
      ['3', null, null, null, 'Köln'],
    ]);
  });

  it('names a list in a cell with line and member, and takes it as text when told to', async () => {
    const text = '[\n{"nr": 1,\n "tags": ["a", {"b": [1.10, null]}]},\n{"nr": 2, "tags": []}]';
    expect(faults(await recognised(text))[0]).toEqual([
      'list',
      3,
      2,
      expect.stringMatching(/^Datensatz 1, Angabe „tags“: Die Angabe enthält eine Liste\./),
    ]);
    expect(notes(await recognised(text, { lists: 'TEXT' }))).toContain('list_as_text');
    expect(await stored(text, { lists: 'TEXT' })).toEqual([
      ['1', '["a",{"b":[1.10,null]}]'],
      ['2', '[]'],
    ]);
  });

  it('leaves texts texts unless a person says what they are', async () => {
    const text = '[{"plz":"65183","an":"ja","wert":"12.5"},{"plz":"01067","an":"nein","wert":"-"}]';
    expect(types(await recognised(text))).toEqual({ plz: 'TEXT', an: 'TEXT', wert: 'TEXT' });
    expect(await stored(text, { types: { an: 'BOOLEAN', wert: 'DECIMAL' }, nullValues: ['-'] })).toEqual([
      ['65183', 'true', '12.5'],
      ['01067', 'false', null],
    ]);
  });
});

describe('numbers', () => {
  it.each([
    ['beyond the doubles', '[{"n":9007199254740993},{"n":1}]', 'INTEGER BIGINT', ['9007199254740993', '1']],
    [
      'with many digits after the point',
      '[{"n":0.1234567890123456789}]',
      'DECIMAL DECIMAL(20,19)',
      ['0.1234567890123456789'],
    ],
    [
      'with an exponent',
      '[{"n":1.5E-3},{"n":2e2},{"n":-0.25e+1}]',
      'DECIMAL DECIMAL(7,4)',
      ['0.0015', '200.0000', '-2.5000'],
    ],
    ['like thousands in German', '[{"n":1.234},{"n":2.5}]', 'DECIMAL DECIMAL(4,3)', ['1.234', '2.500']],
  ])('%s stay exact', async (_, text, type, wanted) => {
    expect(types(await recognised(text))).toEqual({ n: type });
    expect((await stored(text)).flat()).toEqual(wanted);
  });

  it.each(['123456789012345678901234567890', '1e400', `0.${'1'.repeat(60)}`, '-98765432109876543210.5e-50'])(
    'that no column of numbers holds are kept as text, digit by digit: %s',
    async (written) => {
      const text = `[{"n":${written}},{"n":1}]`;
      const r = await recognised(text);
      expect([types(r), notes(r)]).toEqual([{ n: 'TEXT' }, ['number_exact']]);
      expect((await stored(text)).flat()).toEqual([written, '1']);
    },
  );

  it('among texts make a column of text, with a note; one text among many numbers is a fault', async () => {
    const mixed = await recognised('[{"n":1},{"n":"zwei"},{"n":true}]');
    expect([types(mixed), notes(mixed)]).toEqual([{ n: 'TEXT' }, ['types_mixed']]);
    const few = await recognised('[{"n":1},{"n":2},\n{"n":3},{"n":4},\n{"n":"x"}]');
    expect(faults(few)).toEqual([
      ['cell_type', 3, 1, 'Datensatz 5: Die Zelle passt nicht zur Spalte „n“ (ganze Zahl).'],
    ]);
  });
});

describe('a broken file names line and member', () => {
  it.each([
    ['a member twice', '[{"a":1},\n{"a":1,\n"a":2}]', ['member_twice', 3, /Datensatz 2, Angabe „a“/]],
    ['a member twice inside', '{"o":{"x":1,"x":2}}', ['member_twice', 1, /Angabe „o\.x“/]],
    ['a comma too many', '[{"a":1},\n{"a":2,}]', ['syntax', 2, /Datensatz 2/]],
    ['a wrong bracket', '[{"a":1},{"a":[1}}]', ['syntax', 1, /Datensatz 2/]],
    ['NaN', '{"a":1}\n{"a":NaN}', ['syntax', 2, /Datensatz 2/]],
    ['a number with a leading zero', '{"a":1}\n{"a":01}', ['syntax', 2, /Datensatz 2/]],
    ['a raw line break in a text', '{"a":1}\n{"a":"x\ny"}', ['syntax', 2, /Datensatz 2/]],
    ['a NUL', '{"a":1}\n{"a":"\\u0000"}', ['nul_byte', 2, /NUL/]],
    ['half a sign', '{"a":1}\n{"a":"\\ud83d"}', ['half_sign', 2, /halbes/]],
    ['no end', '[{"a":1},\n{"a":2', ['end_missing', 2, /endet mitten/]],
    ['no closing bracket', '[{"a":1}', ['end_missing', 1, /endet mitten/]],
    ['text after the list', '[{"a":1}]\nx', ['after_end', 2, /Nach dem Ende/]],
    ['a number for an object', '[{"a":1},\n7]', ['not_an_object', 2, /etwas anderes/]],
    [
      'bytes of another encoding',
      Buffer.concat([Buffer.from('{"a":"ü"}\n'.repeat(3)), Buffer.from('{"a":"\xfc"}', 'latin1')]),
      ['bytes_unreadable', 4, /Zeichensatz/],
    ],
  ])('%s', async (_, content, [code, row, detail]) => {
    const r = await recognised(content);
    expect(r.faultCount).toBe(1);
    expect(r.faults[0]).toMatchObject({ code, row, detail: expect.stringMatching(detail as RegExp) });
  });

  it.each([
    ['nothing', '', 'no_table'],
    ['an empty list', '[]', 'no_table'],
    ['empty objects', '{}\n{}', 'no_table'],
    ['a list of lists', '[[1,2],[3,4]]', 'not_an_object'],
    ['a text', '"a"', 'not_an_object'],
    ['CSV', 'a;b\n1;2\n', 'not_an_object'],
  ])('%s is no table', async (_, content, code) => {
    await expect(recognised(content)).rejects.toMatchObject({ code: 'file_faulty', errors: [{ code }] });
  });
});

const members = (count: number, member: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => member(n)).join();

describe('a file made to harm', () => {
  it.each([
    ['brackets without end', `[{"a":${'['.repeat(5_000_000)}`, 'nested_too_deep'],
    ['objects without end', `{"a":`.repeat(1_000_000), 'nested_too_deep'],
    ['one endless text', `[{"a":"${'x'.repeat(9_000_000)}`, 'record_too_long'],
    ['columns without end', `[{${Array.from({ length: 20_001 }, (_, i) => `"a${i}":1`).join()}}]`, 'too_many_columns'],
  ])('is refused: %s', async (_, content, code) => {
    await expect(recognised(content)).rejects.toMatchObject({ code: 'file_faulty', errors: [{ code }] });
  });

  it('can not name thousands of columns for millions of rows', async () => {
    const wide = `{${Array.from({ length: 500 }, (_, i) => `"a${i}":1`).join()}}`;
    const content = `${wide}\n${'{"b":1}\n'.repeat(3000)}`;
    await expect(recognised(content, {}, { cells: 1_000_000 })).rejects.toMatchObject({ code: 'file_too_large' });
  });

  // by steps that grow with the length, not with its square: any of these once took minutes
  it.each([
    ['faults at the end of a long record', `{${'\n'.repeat(3_000_000)}${members(800, (n) => `"${n}":[]`)}}`],
    ['a million zeros and an exponent', `{"n":0.${'0'.repeat(900_000)}1e1}`],
    ['thousands of names that begin alike', `{${members(15_000, (n) => `"${'x'.repeat(60)}${n}":1`)}}`],
  ])('is read in one go: %s', async (_, text) => expect((await recognised(text)).rowCount).toBe(1), 20_000);

  it('names the line of every fault', async () => {
    const text = `{"a":[],\n\n"b":[],"c":[],\n"a":1}\n{"a":\n[]}`;
    expect(faults(await recognised(text)).map(([code, row]) => [code, row])).toEqual([
      ['list', 1],
      ['list', 3],
      ['list', 3],
      ['member_twice', 4],
      ['list', 6],
    ]);
  });

  it('can not put half a sign into a fault, which no database takes', async () => {
    const [fault] = (await recognised(`{"${'a'.repeat(99)}😀":[]}`)).faults;
    expect(fault?.detail.isWellFormed()).toBe(true);
  });

  it('can not take a name of ours', async () => {
    const text = '[{"__proto__":"a","constructor":"b","toString":"c"}]';
    expect((await recognised(text)).columns.map(({ name }) => name)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(await stored(text)).toEqual([['a', 'b', 'c']]);
  });
});

it('reads what JSON.parse reads, in NFC, wherever the chunks are cut', async () => {
  const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null));
  const record = fc.dictionary(fc.constantFrom('a', 'b', 'ü"\\', 'c d'), value, { minKeys: 1 });
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 8 }), fc.boolean(), async (records, lines) => {
      const clean = records.map((one) =>
        Object.fromEntries(
          Object.entries(one).map(([k, v]) => [k, typeof v === 'string' ? `t${v.replaceAll('\0', '')}` : v]),
        ),
      );
      const text = lines ? clean.map((one) => JSON.stringify(one)).join('\n') : JSON.stringify(clean, null, 1);
      const names = [...new Set(clean.flatMap((one) => Object.keys(one)))];
      const settings: JsonSettings = { types: Object.fromEntries(names.map((name) => [name, 'TEXT' as const])) };
      const wanted = clean.map((one) =>
        names.map((name) =>
          one[name] === undefined || one[name] === null ? null : String(one[name]).normalize('NFC'),
        ),
      );
      expect(await stored(text, settings)).toEqual(wanted);
    }),
    { numRuns: 60 },
  );
}, 60_000);

it('reads a large file in little memory', async () => {
  const handle = await open(file, 'w');
  const block = '{"nr":12345,"text":"Ein Text, der eine Zeile füllt und sonst nichts sagt","wert":12.25}\n'.repeat(
    10_000,
  );
  for (let i = 0; i < 40; i++) await handle.write(block);
  await handle.close();
  global.gc?.();
  const before = process.memoryUsage().heapUsed;
  const r = await recogniseJson(file, {}, READING_LIMITS);
  expect(r.rowCount).toBe(400_000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(300 * 1024 ** 2);
}, 60_000);
