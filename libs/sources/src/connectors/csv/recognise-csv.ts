import { stat } from 'node:fs/promises';
import type { ReadingLimits } from '../../reading/recognition';
import { columnNamer, shown, TableFindings } from '../../reading/table-findings';
import { findEncoding, foreignFormat, looksLikeJson, readHead, textDecoder } from '../../reading/text-encoding';
import { cellPointer, refuseTooLarge, SourceFault } from '../../source-fault';
import type { RowSink } from '../connector';
import { findDialect } from './csv-dialect';
import type { CsvRecognition, CsvSettings } from './csv-recognition';
import { readTable } from './csv-table';

const SAMPLE_BYTES = 4 * 1024 * 1024;

/**
 * Reads a CSV file twice (encoding, then every cell) in bounded memory and says what it found. Faults of cells and
 * rows are part of the answer, so that a preview can show them; `csv_faulty` is thrown only when there is no table to
 * show, `file_not_csv` for other formats, `file_too_large` beyond the limit. Runs in a child process.
 */
export async function recogniseFile(file: string, hints: CsvSettings, limits: ReadingLimits): Promise<CsvRecognition> {
  const { size } = await stat(file);
  refuseTooLarge(size, limits);
  if (size === 0) throw noTable('Die Datei ist leer.');
  const head = await readHead(file, Math.min(size, SAMPLE_BYTES));
  refuseForeign(head);
  const found = await findEncoding(file, hints.encoding);
  const decoder = textDecoder(found.encoding);
  let sample = decoder.write(head.subarray(found.bomBytes));
  if (size <= SAMPLE_BYTES) sample += decoder.end();
  const dialect = findDialect(sample, size <= SAMPLE_BYTES, hints);
  if (!dialect && sample.trim() !== '') throw noTable('Die erste Zeile ist zu lang oder hat zu viele Zellen.');
  if (!dialect) throw noTable('Die Datei enthält keine ausgefüllte Zeile.');
  if (dialect.width > limits.columns) throw noTable(`Die Tabelle hat mehr als ${limits.columns} Spalten.`);

  const writing = { decimal: hints.decimal, delimiter: dialect.delimiter };
  const finds = new TableFindings(hints, limits, writing, dialect.width);
  for (const header of dialect.header) finds.addColumn(header);
  const frame = { ...found, delimiter: dialect.delimiter, firstDataLine: dialect.dataFrom, width: dialect.width };
  const end = await readTable(file, frame, limits, {
    row: (cells, row) => {
      finds.row(() => cells.slice(0, dialect.width));
      for (let column = 0; column < dialect.width; column++) finds.cell(column, cells[column] ?? '', row);
    },
    fault: (fault) => finds.fault(fault),
  });
  if (end.fatal && finds.rowCount === 0) {
    const { row, column, code, detail } = end.fatal;
    throw new SourceFault('csv_faulty', detail, [{ pointer: cellPointer(row, column), code, detail }]);
  }
  const kinds = (['CRLF', 'LF', 'CR'] as const).filter((kind) => end.newlines[kind] > 0);
  return {
    ...finds.result(),
    format: {
      kind: 'csv',
      encoding: found.encoding,
      bom: found.bomBytes > 0,
      delimiter: dialect.delimiter,
      newline: kinds.length > 1 ? 'MIXED' : (kinds[0] ?? 'LF'),
      headerLine: dialect.headerLine,
      firstDataLine: dialect.dataFrom,
      titleLines: dialect.titleLines.map((line) => shown(line, 500)),
      footerLines: end.footerLines.map((line) => shown(line, 500)),
    },
  };
}

/** Streams the rows of a recognised file, in the frame that the recognition found. */
export async function csvRows(
  file: string,
  { format, columns }: CsvRecognition,
  limits: ReadingLimits,
  sink: RowSink,
): Promise<void> {
  refuseForeign(await readHead(file, 4096));
  const found = await findEncoding(file, format.encoding);
  const { delimiter, firstDataLine } = format;
  await readTable(file, { ...found, delimiter, firstDataLine, width: columns.length }, limits, sink);
}

/** The names of the columns under this header. */
export const columnNames = (header: readonly string[]): string[] => header.map(columnNamer());

function refuseForeign(head: Buffer): void {
  const what = foreignFormat(head) ?? (looksLikeJson(head) ? 'eine JSON-Datei' : undefined);
  if (what) throw new SourceFault('file_not_csv', `Die Datei ist keine CSV-Datei, sondern ${what}.`);
}

function noTable(detail: string): SourceFault {
  return new SourceFault('csv_faulty', detail, [{ pointer: cellPointer(1, 1), code: 'no_table', detail }]);
}
