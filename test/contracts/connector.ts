import { DuckDBInstance } from '@duckdb/node-api';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '#lib/kernel';
import {
  type Connector,
  connectorFor,
  type Hints,
  IngestService,
  LocalObjectStore,
  recognise,
  recognitionSchema,
  WorkFolders,
} from '#lib/sources';

export interface ConnectorSample {
  good: string;
  columns: string[];
  /** of `good`, as stored */
  rows: (string | null)[][];
  /** a file with a fault in the second or third row, yet a table to show */
  faulty: string;
}

/** What every connector of the product promises, whatever it reads; asked through the child process as in earnest. */
export function connectorContract(connector: Connector<never, never> | Connector, sample: ConnectorSample): void {
  const { kind, title, accept, settings, format } = connector as Connector;
  const { told } = connector as Connector;
  describe(`connector ${kind}`, () => {
    let folder: string;
    let file: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'connector-'));
      await mkdir(join(folder, 'in'));
      file = join(folder, 'in', 'upload');
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));
    const read = (hints: Hints = {}) => recognise(file, { connector: kind, ...hints });
    const ingest = async () => {
      const store = new LocalObjectStore(join(folder, 'store'));
      const recognition = JSON.parse(JSON.stringify(await read())) as Awaited<ReturnType<typeof read>>;
      const { objectKey } = await new IngestService(store, new WorkFolders(join(folder, 'store'))).ingest(
        file,
        recognition,
      );
      return store.path(objectKey);
    };

    it('has settings a form can be made from, each with words', () => {
      const schema = z.toJSONSchema(settings) as { type: string; properties: Record<string, Record<string, unknown>> };
      expect(schema).toMatchObject({ type: 'object', properties: { types: {}, nullValues: {} } });
      for (const [name, { title, enum: values, labels }] of Object.entries(schema.properties)) {
        expect([name, title]).toEqual([name, expect.stringMatching(/\p{L}/u)]);
        if (values) expect(Object.keys(labels as object).sort()).toEqual([...(values as string[])].sort());
      }
      expect(title).toMatch(/\p{L}/u);
      expect(accept.length).toBeGreaterThan(0);
    });

    it('recognises its input without settings and leaves nothing behind', async () => {
      await writeFile(file, sample.good);
      const recognition = await read();
      expect(recognition.columns.map((column) => column.name)).toEqual(sample.columns);
      expect(recognition).toMatchObject({ faultCount: 0, rowCount: sample.rows.length, format: { kind } });
      expect(JSON.parse(JSON.stringify(recognition))).toEqual(recognition);
      expect(recognitionSchema.parse(recognition)).toEqual(recognition);
      expect(format.parse(recognition.format)).toEqual(recognition.format);
      expect(
        told(recognition.format)
          .flat()
          .every((words) => words.length > 0),
      ).toBe(true);
      expect(await readdir(join(folder, 'in'))).toEqual(['upload']);
    });

    it('is found by the content of its input, and says so where it is not the usual one', async () => {
      await writeFile(file, sample.good);
      expect((await connectorFor(file)).kind).toBe(kind);
      expect((await recognise(file)).format.kind).toBe(kind);
    });

    it('stores the rows it recognised, the same bytes each time', async () => {
      await writeFile(file, sample.good);
      const [path, again] = [await ingest(), await ingest()];
      expect(again).toBe(path);
      const connection = await (await DuckDBInstance.create()).connect();
      const rows = (await connection.runAndReadAll(`SELECT * FROM read_parquet('${path}')`)).getRows();
      connection.closeSync();
      expect(rows.map((row) => row.map((value) => (value === null ? null : String(value))))).toEqual(sample.rows);
    });

    it('shows a faulty file with its faults in German and stores nothing of it', async () => {
      await writeFile(file, sample.faulty);
      const { faultCount, faults } = await read();
      expect(faultCount).toBeGreaterThan(0);
      expect(faults[0]?.detail).toMatch(/^[A-ZÄÖÜ].*\.$/u);
      await expect(ingest()).rejects.toMatchObject({ code: connector.faulty, status: 422 });
      expect(await readdir(join(folder, 'store')).catch(() => [])).toEqual([]);
    });

    it('refuses unknown settings', async () => {
      await writeFile(file, sample.good);
      await expect(read({ nothing: 1 })).rejects.toMatchObject({ code: 'validation_failed' });
    });

    it.each([
      ['an empty file', ''],
      ['an archive', Buffer.from('504b030414000000', 'hex')],
      ['random bytes', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256))],
    ])('answers %s with a problem', async (_, bytes) => {
      await writeFile(file, bytes);
      await expect(read()).rejects.toBeInstanceOf(Problem);
    });

    it('answers a file beyond the bound with a problem before it is read', async () => {
      await writeFile(file, sample.good);
      const limits = { fileBytes: 3 };
      await expect(recognise(file, { connector: kind }, { limits })).rejects.toMatchObject({ code: 'file_too_large' });
    });
  });
}
