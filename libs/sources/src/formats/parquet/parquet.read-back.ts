import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ReadBack } from '../../../../../test/contracts/format';

const NUMBERS = /^(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|DOUBLE|DECIMAL\(.*\))$/;

export const readBack: ReadBack = {
  carries: 'TYPES',
  async read(body) {
    const folder = await mkdtemp(join(tmpdir(), 'read-back-'));
    const file = join(folder, 'delivered.parquet');
    await writeFile(file, body);
    const connection = await (await DuckDBInstance.create()).connect();
    try {
      const reader = await connection.runAndReadAll(`SELECT * FROM read_parquet('${file}')`);
      const numbers = reader.columnNames().filter((_, at) => NUMBERS.test(String(reader.columnType(at))));
      return (reader.getRowObjectsJson() as Record<string, unknown>[]).map((row) => ({
        ...row,
        ...Object.fromEntries(numbers.map((name) => [name, row[name] === null ? null : Number(row[name])])),
      }));
    } finally {
      connection.closeSync();
      await rm(folder, { recursive: true });
    }
  },
};
