import { readdirSync } from 'node:fs';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { contentType, copySql, deliverySql, FORMATS, formatOf, type OutputFormat } from '#lib/sources';
import { delivery } from '../../apps/api/src/openapi';
import { formatFor } from '../../apps/gateway/src/media-types';
import { formatChoices } from '../../apps/portal/src/screens/agreements/agreement/deliveries';

/** Made up here and known to nobody: what derives from the list of formats carries it. */
const bars = {
  name: 'bars',
  mediaType: 'text/x-bars',
  extension: 'bars',
  title: 'Strichliste',
  hint: 'nur zur Probe',
  copy: `FORMAT csv, HEADER true, DELIMITER '|'`,
  spreadsheet: true,
} as const satisfies OutputFormat;
const formats: readonly OutputFormat[] = [...FORMATS, bars];

describe('an output format is one entry in the list', () => {
  it('is negotiated by the gateway', () => {
    expect(formatFor('text/x-bars', formats)).toBe('bars');
    expect(formatFor('text/x-bars')).toBeNull();
    expect(contentType(formatOf('bars', formats))).toBe('text/x-bars');
  });

  it('is told by the API and offered by the portal', () => {
    const told = JSON.stringify(delivery('http://gate', formats));
    expect(told).toContain('"text/x-bars":{}');
    expect(told).toContain('"bars"');
    expect(told).toContain('Strichliste');
    expect(formatChoices(formats).at(-1)).toEqual({ value: 'bars', text: 'Strichliste', hint: 'nur zur Probe' });
  });

  it('is written by the engine, with cells defused as it says', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bars-'));
    const connection = await (await DuckDBInstance.create()).connect();
    try {
      const [stored, out] = [join(folder, 'a.parquet'), join(folder, 'a.bars')];
      await connection.run(`COPY (SELECT 1 AS id, '=2|3' AS text) TO '${stored}' (FORMAT parquet)`);
      const columns = [
        { name: 'id', type: 'INTEGER', stored: 'BIGINT' } as const,
        { name: 'text', type: 'TEXT', stored: 'VARCHAR' } as const,
      ];
      // a plan can not name what the product does not know; its writer takes what the list gives it
      const plan = {
        objectKey: 'x',
        columns: [{ name: 'id' }, { name: 'text' }],
        format: 'csv' as const,
        spreadsheetSafe: true,
      };
      const { select } = deliverySql(plan, columns, stored, {}, bars);
      await connection.run(copySql(select, bars, out));
      expect(await readFile(out, 'utf8')).toBe(`id|text\n1|"'=2|3"\n`);
    } finally {
      connection.closeSync();
      await rm(folder, { recursive: true });
    }
  });

  it('has a folder with its contract, and every folder has its line', () => {
    const root = join(__dirname, '../../libs/sources/src/formats');
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(FORMATS.map(({ name }) => name).sort());
    for (const { name } of folders) {
      expect(readdirSync(join(root, name))).toContain(`${name}.format.spec.ts`);
    }
  });

  it('has a name and a media type of its own, and the first is the one for whoever names none', () => {
    expect(new Set(FORMATS.map(({ name }) => name)).size).toBe(FORMATS.length);
    expect(new Set(FORMATS.map(({ mediaType }) => mediaType)).size).toBe(FORMATS.length);
    expect(formatFor(undefined)).toBe(FORMATS[0].name);
  });
});
