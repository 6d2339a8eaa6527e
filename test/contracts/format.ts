import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { contentType, copySql, type OutputFormat } from '#lib/sources';

type Row = Record<string, unknown>;

/** Reads a delivery with a tool that is not the engine's writer. Stands as `<format>.read-back.ts` beside the format. */
export interface ReadBack {
  /** TEXT: every value is text and a missing one empty; TYPES: numbers, yes/no and missing values are told apart */
  carries: 'TEXT' | 'TYPES';
  read(body: Buffer): Promise<Row[]>;
}

/** What was read, each value in the type of the wanted one where the format itself carries none. */
export async function readLike(readBack: ReadBack, body: Buffer, wanted: readonly Row[]): Promise<Row[]> {
  const kinds = new Map<string, string>();
  for (const row of wanted)
    for (const [name, value] of Object.entries(row)) if (value !== null) kinds.set(name, typeof value);
  const rows = await readBack.read(body);
  if (readBack.carries === 'TYPES') return rows;
  const typed = (name: string, text: unknown): unknown => {
    if (text === '') return null;
    if (kinds.get(name) === 'number') return Number(text);
    if (kinds.get(name) === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
    return text;
  };
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, text]) => [name, typed(name, text)])));
}

/** The reader that stands beside a format of the product. */
export async function readBackOf(name: string): Promise<ReadBack> {
  const { readBack } = (await import(`../../libs/sources/src/formats/${name}/${name}.read-back`)) as {
    readBack: ReadBack;
  };
  return readBack;
}

const TABLE: readonly Row[] = [
  { id: 1, text: 'Straße; "Ost", \'Süd\'', zahl: 12.5, ja: true, tag: '2024-02-29' },
  { id: -2, text: 'Zeile\nzwei\tmit Tabulator', zahl: -0.01, ja: false, tag: null },
  { id: 9007199254740991, text: '007', zahl: null, ja: null, tag: '1900-01-01' },
  { id: 3, text: '日本 😀 \\n {"a": [1]}', zahl: 99999.99, ja: true, tag: '2026-12-31' },
  { id: 4, text: null, zahl: 0, ja: false, tag: '2026-01-01' },
];
const cell = (value: unknown) => (typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value));
const SELECT = `SELECT id::BIGINT AS id, text::VARCHAR AS text, zahl::DECIMAL(9,2) AS zahl, ja::BOOLEAN AS ja, tag::DATE AS tag
  FROM (VALUES ${TABLE.map((row) => `(${Object.values(row).map(cell).join(', ')})`).join(', ')}) t(id, text, zahl, ja, tag)`;

/** What every format promises, whatever it looks like. */
export function formatContract(format: OutputFormat, readBack: ReadBack): void {
  describe(`format ${format.name}`, () => {
    let folder: string;
    beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'format-'))));
    afterEach(() => rm(folder, { recursive: true, force: true }));

    const written = async (select: string): Promise<Buffer> => {
      const file = join(folder, 'delivery');
      const connection = await (await DuckDBInstance.create()).connect();
      await connection.run(copySql(select, format, file)).finally(() => connection.closeSync());
      return readFile(file);
    };

    it('has a name the log can keep, and words and types for everybody who asks', () => {
      expect(format.name).toMatch(/^[a-z][a-z0-9]{0,15}$/);
      expect(format.extension).toMatch(/^[a-z0-9]+$/);
      expect(format.title).toMatch(/\p{L}/u);
      expect(contentType(format)).toMatch(/^[a-z]+\/[a-z0-9.+-]+(?:; [a-z]+=[\w-]+)*$/);
    });

    it('gives back every value as it was, with columns in order', async () => {
      const rows = await readLike(readBack, await written(SELECT), TABLE);
      expect(rows).toEqual(TABLE);
      expect(rows.map((row) => Object.keys(row))).toEqual(TABLE.map((row) => Object.keys(row)));
    });

    it('gives an empty table for none', async () => {
      expect(await readLike(readBack, await written(`${SELECT} WHERE false`), [])).toEqual([]);
    });
  });
}
