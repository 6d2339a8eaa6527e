import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { cellReader, TEXT_FORM } from '../reading/normalise';
import type { CellFault, ReadingLimits, Recognition, RecognisedColumn } from '../reading/recognition';
import { connectorOf } from '../connectors';
import type { Connector } from '../connectors/connector';
import { misfit } from '../reading/table-findings';
import { identifier, literal, lockEngine, openEngine } from '../process/sandbox';
import { cellPointer, refuseTooLarge, SourceFault } from '../source-fault';

const FLUSH_CHARS = 1 << 18;

/**
 * Turns a recognised file into one Parquet file inside `folder`, with the types of the recognition. Two steps: its
 * connector's rows are written as plain CSV (every value quoted, ISO dates, dots), then the engine writes Parquet with
 * explicit types. One thread and kept order, so that the same upload gives the same bytes and thus the same key. Nothing
 * outside `folder` is written: if we die in here, the caller removes the folder and nothing is half stored.
 * Throws the connector's `faulty` naming rows and columns.
 */
export async function ingestFile(
  file: string,
  recognition: Recognition,
  folder: string,
  limits: ReadingLimits,
): Promise<{ parquet: string; rows: number }> {
  refuseTooLarge((await stat(file)).size, limits);
  const connector = connectorOf(recognition.format.kind);
  const plain = join(folder, 'plain.csv');
  const parquet = join(folder, 'table.parquet');
  const { rows, longestLine } = await writePlain(connector, file, recognition, plain, limits);
  // the engine works on 2048 rows at once: a table of 20 000 columns needs gigabytes, a usual one very little
  const megabytes = Math.min(640 + Math.ceil(recognition.columns.length / 4), 3000);
  const engine = await openEngine({ memory: `${megabytes}MB`, threads: 1, tempBytes: '4GB' }, join(folder, 'spill'));
  try {
    await lockEngine(engine, [plain, parquet], false);
    const result = await engine.run(copySql(plain, parquet, recognition.columns, longestLine));
    const [[copied] = []] = await result.getRows();
    if (Number(copied) !== rows) throw new Error(`the engine copied ${String(copied)} of ${rows} rows`);
  } finally {
    engine.closeSync();
  }
  return { parquet, rows };
}

async function writePlain(
  connector: Connector,
  file: string,
  recognition: Recognition,
  target: string,
  limits: ReadingLimits,
) {
  const readers = recognition.columns.map((column) => cellReader(column, recognition.nullValues));
  const faults: CellFault[] = [];
  let faultCount = 0;
  const report = (fault: CellFault) => {
    faultCount++;
    if (faults.length < limits.faults) faults.push(fault);
  };
  const out = createWriteStream(target, { flags: 'wx', mode: 0o600 });
  let buffer = '';
  let rows = 0;
  let longestLine = 0;
  const width = recognition.columns.length;
  await connector.rows(file, recognition, limits, {
    fault: report,
    row: (cells, row) => {
      // the row number keeps a table of one empty column from having blank lines
      const before = buffer.length;
      buffer += String(++rows);
      for (let i = 0; i < width; i++) {
        const value = readers[i]?.(cells[i] ?? '');
        if (value === undefined) {
          const { name, type } = recognition.columns[i] as RecognisedColumn;
          report({ row, column: i + 1, code: 'cell_type', detail: misfit(name, type) });
        } else {
          buffer += value === null ? ',' : value.includes('"') ? `,"${value.replaceAll('"', '""')}"` : `,"${value}"`;
        }
      }
      buffer += '\n';
      longestLine = Math.max(longestLine, buffer.length - before);
      if (buffer.length > FLUSH_CHARS) {
        if (faultCount === 0) out.write(buffer);
        buffer = '';
      }
    },
    pause: () => (out.writableNeedDrain ? once(out, 'drain').then(() => undefined) : undefined),
  });
  out.end(faultCount === 0 ? buffer : '');
  await finished(out);
  if (faultCount > 0) {
    const more = faultCount > faults.length ? `, die ersten ${faults.length} sind genannt` : '';
    const errors = faults.map(({ row, column, code, detail }) => ({ pointer: cellPointer(row, column), code, detail }));
    throw new SourceFault(connector.faulty, `${faultCount} Fehler in der Datei${more}.`, errors);
  }
  return { rows, longestLine };
}

function copySql(plain: string, parquet: string, columns: readonly RecognisedColumn[], longestLine: number) {
  // `stored` was checked against a closed pattern when the recognition was read
  const types = columns.map((column, i) => `'c${i}': ${literal(column.stored)}`).join(', ');
  const names = columns.map((column, i) => `c${i} AS ${identifier(column.name)}`).join(', ');
  // a wide table would hold too much in one row group
  const group = Math.max(2048, Math.min(122_880, Math.floor(2_000_000 / columns.length)));
  const dictionary = Math.max(8192, Math.min(1 << 20, Math.floor((128 << 20) / columns.length))); // held once a column
  const lineBytes = Math.max(2 << 20, longestLine * 4); // a character has at most four bytes
  return `COPY (SELECT ${names} FROM read_csv(${literal(plain)}, auto_detect=false, header=false, delim=',', quote='"',
    escape='"', new_line='\\n', nullstr='', allow_quoted_nulls=false, parallel=false, max_line_size=${lineBytes}, strict_mode=true, columns={'row_number': 'BIGINT', ${types}}))
    TO ${literal(parquet)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${group}, STRING_DICTIONARY_PAGE_SIZE_LIMIT ${dictionary}, KV_METADATA {${TEXT_FORM.key}: ${literal(TEXT_FORM.value)}})`;
}
