import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { DuckDBInstance } from '@duckdb/node-api';
import { ingestFile } from '../../ingest/ingest-parquet';
import { READING_LIMITS, type Recognition } from '../../reading/recognition';
import { recogniseFile } from './recognise-csv';
import { SourceFault } from '../../source-fault';

const DATA = process.env.DATENRAUM_TESTDATA;
const FOLDERS = ['cities', 'wiesbaden-hessen', 'csv', 'hostile'];
const LIKE_CSV = ['.csv', '.tsv', '.psv', '.ssv', '.txt', '.xlsx', '.xls', '.ods', '.zip', '.gz', '.unknown', '.html'];

// Real files that nobody here wrote. Without the folder these promises are not checked, and jest says "skipped".
const real = DATA ? describe : describe.skip;

real('real public data (folder DATENRAUM_TESTDATA)', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'testdata-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const at = (...path: string[]) => join(DATA ?? '', ...path);

  async function stored(file: string, recognition: Recognition): Promise<(string | null)[][]> {
    const work = await mkdtemp(join(folder, 'w-'));
    const { parquet, rows } = await ingestFile(file, recognition, work, READING_LIMITS);
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    const read = (await connection.runAndReadAll(`SELECT * FROM read_parquet('${parquet}')`)).getRows();
    connection.closeSync();
    instance.closeSync();
    expect(read).toHaveLength(rows);
    return read.map((row) => row.map((value) => (value === null ? null : String(value))));
  }

  it('is recognised and stored, or refused with a code and a place', async () => {
    const outcomes = new Map<string, number>();
    for (const part of FOLDERS) {
      const names = await readdir(at(part), { recursive: true, withFileTypes: true });
      for (const entry of names.filter((e) => e.isFile() && LIKE_CSV.includes(extname(e.name)))) {
        const file = join(entry.parentPath, entry.name);
        const outcome = await tried(file);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    }
    expect(outcomes.get('stored')).toBeGreaterThan(150);
    expect([...outcomes.keys()].sort()).toEqual(['csv_faulty', 'faults', 'file_not_csv', 'stored']);
  }, 120_000);

  async function tried(file: string): Promise<string> {
    try {
      const recognition = await recogniseFile(file, {}, READING_LIMITS);
      if (recognition.faultCount > 0) {
        for (const fault of recognition.faults)
          expect(fault).toMatchObject({ row: expect.any(Number) as number, column: expect.any(Number) as number });
        return 'faults';
      }
      await stored(file, recognition);
      return 'stored';
    } catch (cause) {
      if (cause instanceof SourceFault) return cause.code;
      throw cause;
    }
  }

  it.each(['gesamtergebnisplan', 'teilergebnisplan'])(
    'Köln: the raw %s becomes what a person made of it',
    async (name) => {
      const raw = at('cities/koeln/haushalt', `_source_${name}.csv`);
      const clean = parse(await readFile(at('cities/koeln/haushalt', `clean_${name}.csv`), 'utf8'), {
        from_line: 2,
      });
      const rows = await stored(raw, await recogniseFile(raw, {}, READING_LIMITS));
      const words = (row: (string | null)[]) => row.map((cell) => (cell ?? '').trim());
      expect(rows.map(words)).toEqual(clean.map(words));
    },
  );

  it('Wiesbaden: keys keep their zero, the total row stays, names are not cut', async () => {
    const turnout = await recogniseFile(
      at('wiesbaden-hessen/ortsbezirke/raw_wahlbeteiligung_2026.csv'),
      {},
      READING_LIMITS,
    );
    expect(turnout.columns.map((c) => c.type)).toEqual(['TEXT', 'TEXT', 'DECIMAL']);
    const rows = await stored(at('wiesbaden-hessen/ortsbezirke/raw_wahlbeteiligung_2026.csv'), turnout);
    expect(rows.at(-1)).toEqual(['00', 'Wiesbaden', '48.1']);
    expect(rows).toHaveLength(27);
  });

  it('Konstanz: the tree cadastre is stored whole', async () => {
    const recognition = await recogniseFile(
      at('cities/konstanz_baumkataster/KN_Baumkataster_2020.csv'),
      {},
      READING_LIMITS,
    );
    expect(recognition).toMatchObject({ format: { bom: true, delimiter: ',' }, rowCount: 15_711, faultCount: 0 });
    const rows = await stored(at('cities/konstanz_baumkataster/KN_Baumkataster_2020.csv'), recognition);
    const other = parse(await readFile(at('cities/konstanz_baumkataster/KN_Baumkataster_2020.csv')), {
      bom: true,
      from_line: 2,
    });
    expect(rows.map((row) => row[10] ?? '')).toEqual(other.map((row) => row[10]));
    expect(rows.map((row) => Number(row[0]))).toEqual(other.map((row) => Number(row[0])));
  });

  it('Frankfurt: two title lines above the header, two broken rows named', async () => {
    const recognition = await recogniseFile(
      at('wiesbaden-hessen/hessen_staedte/ffm_Anhang zur Grünflächensatzung.csv'),
      {},
      READING_LIMITS,
    );
    expect(recognition).toMatchObject({ format: { bom: true, headerLine: 3 }, rowCount: 972 });
    expect(new Set(recognition.faults.map((fault) => fault.row))).toEqual(new Set([433, 738]));
  });
});
