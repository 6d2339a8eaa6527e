import { open, stat } from 'node:fs/promises';
import type { Shape } from './cell-shapes';
import { chooseType, ShapeTally } from './column-type';
import { type Dialect, findDialect } from './csv-dialect';
import type { ColumnType, CsvFault, CsvLimits, Hints, Recognition, RecognisedColumn } from './recognition';
import { cellPointer, SourceFault } from '../source-fault';
import { readTable } from './table-reader';
import { findEncoding, refuseForeignFormats, textDecoder } from './text-encoding';

const SAMPLE_BYTES = 4 * 1024 * 1024;
const PREVIEW_ROWS = 20;
const PREVIEW_COLUMNS = 200;

/**
 * Reads a CSV file twice (encoding, then every cell) in bounded memory and says what it found. Faults of cells and
 * rows are part of the answer, so that a preview can show them; `csv_faulty` is thrown only when there is no table to
 * show, `file_not_csv` for other formats, `file_too_large` beyond the limit. Runs in a child process.
 */
export async function recogniseFile(file: string, hints: Hints, limits: CsvLimits): Promise<Recognition> {
  const { size } = await stat(file);
  refuseTooLarge(size, limits);
  if (size === 0) throw noTable('Die Datei ist leer.');
  const head = await readHead(file, Math.min(size, SAMPLE_BYTES));
  refuseForeignFormats(head);
  const found = await findEncoding(file, hints.encoding);
  const decoder = textDecoder(found.encoding);
  let sample = decoder.write(head.subarray(found.bomBytes));
  if (size <= SAMPLE_BYTES) sample += decoder.end();
  const dialect = findDialect(sample, size <= SAMPLE_BYTES, hints);
  if (!dialect && sample.trim() !== '') throw noTable('Die erste Zeile ist zu lang oder hat zu viele Zellen.');
  if (!dialect) throw noTable('Die Datei enthält keine ausgefüllte Zeile.');
  if (dialect.width > limits.columns) throw noTable(`Die Tabelle hat mehr als ${limits.columns} Spalten.`);

  const finds = new Findings(dialect, hints, limits);
  const frame = { ...found, delimiter: dialect.delimiter, firstDataLine: dialect.dataFrom, width: dialect.width };
  const end = await readTable(file, frame, limits, {
    row: (cells, row) => finds.row(cells, row),
    fault: (fault) => finds.fault(fault),
  });
  if (end.fatal && finds.rowCount === 0) {
    const { row, column, code, detail } = end.fatal;
    throw new SourceFault('csv_faulty', detail, [{ pointer: cellPointer(row, column), code, detail }]);
  }
  const { columns, notes } = finds.columns();
  const kinds = (['CRLF', 'LF', 'CR'] as const).filter((kind) => end.newlines[kind] > 0);
  return {
    encoding: found.encoding,
    bom: found.bomBytes > 0,
    delimiter: dialect.delimiter,
    newline: kinds.length > 1 ? 'MIXED' : (kinds[0] ?? 'LF'),
    headerLine: dialect.headerLine,
    firstDataLine: dialect.dataFrom,
    titleLines: dialect.titleLines.map((line) => shown(line, 500)),
    footerLines: end.footerLines.map((line) => shown(line, 500)),
    nullValues: hints.nullValues ?? [],
    columns,
    rowCount: finds.rowCount,
    faults: finds.faults.sort((a, b) => a.row - b.row || a.column - b.column).slice(0, limits.faults),
    faultCount: finds.faultCount,
    notes,
    preview: finds.preview,
  };
}

/** The beginning of a text, so that it can be kept and shown: no database takes NUL, nor the half of a sign cut in two. */
const shown = (text: string, most: number): string => text.slice(0, most).toWellFormed().replaceAll('\0', '\u{FFFD}');

/** What the cells say, gathered while they stream by. */
class Findings {
  readonly faults: CsvFault[] = [];
  readonly preview: string[][] = [];
  faultCount = 0;
  rowCount = 0;
  private readonly names: string[];
  private readonly tally: ShapeTally;
  private readonly nulls: Set<string>;
  private readonly empties: Uint8Array;
  private readonly samples: string[][];

  constructor(
    private readonly dialect: Dialect,
    private readonly hints: Hints,
    private readonly limits: CsvLimits,
  ) {
    this.names = columnNames(dialect.header);
    this.tally = new ShapeTally(dialect.width);
    this.empties = new Uint8Array(dialect.width);
    this.samples = this.names.map(() => []);
    this.nulls = new Set(hints.nullValues ?? []);
  }

  row(cells: string[], row: number): void {
    this.rowCount++;
    if (this.preview.length < PREVIEW_ROWS) {
      const first = cells.slice(0, Math.min(this.dialect.width, PREVIEW_COLUMNS));
      this.preview.push(first.map((cell) => shown(cell, 200)));
    }
    for (let column = 0; column < this.dialect.width; column++) {
      const cell = cells[column]?.trim() ?? '';
      if (cell === '' || this.nulls.has(cell)) {
        this.empties[column] = 1;
        continue;
      }
      this.tally.add(column, cell, row);
      const samples = this.samples[column];
      if (samples && samples.length < 3 && !samples.includes(shown(cell, 80))) samples.push(shown(cell, 80));
    }
  }

  columns(): { columns: RecognisedColumn[]; notes: Recognition['notes'] } {
    const notes: Recognition['notes'] = [];
    const decimalOfFile = this.hints.decimal ?? this.tally.decimalOfFile();
    const types = new Map<string, ColumnType>(Object.entries(this.hints.types ?? {}));
    const columns = this.names.map((name, index) => {
      const { misfits, misfitCount, ambiguous, ...chosen } = chooseType(this.tally, index, {
        type: types.get(name),
        decimal: this.hints.decimal,
        delimiter: this.dialect.delimiter,
        decimalOfFile,
      });
      this.faultCount += Math.max(0, misfitCount - misfits.length);
      for (const { row, shape } of misfits) {
        this.fault({ row, column: index + 1, code: 'cell_type', detail: misfit(name, chosen.type, shape) });
      }
      if (ambiguous) {
        const detail = `In „${name}“ kann der Punkt oder das Komma Tausender oder Nachkommastellen trennen.`;
        notes.push({ column: index + 1, code: 'number_ambiguous', detail });
      }
      const samples = this.samples[index] ?? [];
      const header = shown(this.dialect.header[index] ?? '', 500);
      return { name, header, ...chosen, nullable: this.empties[index] === 1, samples };
    });
    return { columns, notes };
  }

  fault(fault: CsvFault): void {
    this.faultCount++;
    // the faults of cell types come last: keep more than are shown, and cut after sorting
    if (this.faults.length < this.limits.faults * 4) this.faults.push(fault);
  }
}

const TYPE_WORDS: Record<ColumnType, string> = {
  TEXT: 'Text',
  INTEGER: 'ganze Zahl',
  DECIMAL: 'Dezimalzahl',
  DATE: 'Datum',
  TIMESTAMP: 'Zeitpunkt',
  BOOLEAN: 'ja/nein',
};

export function misfit(name: string, type: ColumnType, shape?: Shape): string {
  const day = shape === 'DATE_IMPOSSIBLE' ? ' Diesen Tag gibt es nicht.' : '';
  return `Die Zelle passt nicht zur Spalte „${name}“ (${TYPE_WORDS[type]}).${day}`;
}

/** Names that are filled, one line, and different even without regard to case, as the engine compares them. */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((raw, index) => {
    // control and format characters (bidi overrides, zero width) would let two names look alike
    const clean = raw
      .normalize('NFC')
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim();
    const base = [...clean].slice(0, 60).join('') || `spalte_${index + 1}`;
    let name = base;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base}_${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

export function refuseTooLarge(size: number, limits: CsvLimits): void {
  const mega = (bytes: number) => Math.floor(bytes / 1024 ** 2);
  if (size <= limits.fileBytes) return;
  throw new SourceFault('file_too_large', `Die Datei hat ${mega(size)} MB, erlaubt sind ${mega(limits.fileBytes)} MB.`);
}

async function readHead(file: string, bytes: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function noTable(detail: string): SourceFault {
  return new SourceFault('csv_faulty', detail, [{ pointer: cellPointer(1, 1), code: 'no_table', detail }]);
}
