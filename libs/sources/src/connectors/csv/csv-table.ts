import { createReadStream } from 'node:fs';
import { CsvReader, type ReaderFault } from './csv-reader';
import type { CellFault, ReadingLimits, Encoding } from '../../reading/recognition';
import { textDecoder } from '../../reading/text-encoding';

/** Where the table lies in a file; the same frame for the preview and for the ingest, so that both see the same rows. */
export interface TableFrame {
  encoding: Encoding;
  bomBytes: number;
  /** look for cells that can not be read in this encoding */
  damaged: boolean;
  delimiter: string;
  firstDataLine: number;
  width: number;
}

export interface TableEnd {
  footerLines: string[];
  newlines: CsvReader['newlines'];
  /** a fault after which nothing was read */
  fatal: CellFault | undefined;
}

const FOOTER = /^(?:quelle|stand|hinweis|anmerkung|legende|erläuterung|copyright|©|\*|\d\))/i;
const FOOTER_ROWS = 50;

/**
 * Streams the data rows of a table. Blank rows are skipped, notes below the table ("Quelle: …") are set aside, a row
 * with too few or too many cells is a fault; missing cells arrive as empty ones.
 */
export async function readTable(
  file: string,
  frame: TableFrame,
  limits: ReadingLimits,
  on: { row(cells: string[], row: number): void; fault(fault: CellFault): void; pause?(): Promise<void> | undefined },
): Promise<TableEnd> {
  const walk = new TableWalk(frame, on);
  const reader = new CsvReader(
    frame.delimiter,
    limits,
    (cells, row) => walk.record(cells, row),
    (fault) => walk.readerFault(fault),
  );
  const decoder = textDecoder(frame.encoding);
  for await (const chunk of createReadStream(file, { start: frame.bomBytes, highWaterMark: 1 << 18 })) {
    reader.write(decoder.write(chunk as Buffer));
    if (reader.stopped) break; // leaving the loop closes the file
    const wait = on.pause?.();
    if (wait) await wait;
  }
  if (!reader.stopped) {
    reader.write(decoder.end());
    reader.end();
  }
  return { footerLines: walk.footer(), newlines: reader.newlines, fatal: walk.fatal };
}

class TableWalk {
  fatal: CellFault | undefined;
  private held: { cells: string[]; row: number }[] = [];
  private blankBefore = false;

  constructor(
    private readonly frame: TableFrame,
    private readonly on: { row(cells: string[], row: number): void; fault(fault: CellFault): void },
  ) {}

  record(cells: string[], row: number): void {
    if (row < this.frame.firstDataLine) return;
    const last = lastFilled(cells);
    if (last < 0) {
      this.blankBefore = true; // an empty line, or ";;;;" as spreadsheets write it
      return;
    }
    if (last === 0 && this.frame.width > 1) {
      const note = FOOTER.test(cells[0]?.trim() ?? '');
      if (note || (cells.length === 1 && (this.blankBefore || this.held.length > 0))) {
        this.held.push({ cells, row });
        if (this.held.length > FOOTER_ROWS) this.release();
        return;
      }
    }
    this.release();
    this.blankBefore = false;
    this.emit(cells, row, last);
  }

  footer(): string[] {
    return this.held.map(({ cells }) => cells[0]?.trim() ?? '');
  }

  readerFault({ row, column, code, fatal }: ReaderFault): void {
    const fault = { row, column, code, detail: READER_FAULTS[code] };
    if (fatal) this.fatal = fault;
    this.on.fault(fault);
  }

  /** data follows, so what looked like notes are rows after all */
  private release(): void {
    for (const { cells, row } of this.held.splice(0)) this.emit(cells, row, 0);
  }

  private emit(cells: string[], row: number, last: number): void {
    const { width, damaged, encoding } = this.frame;
    const fault = (column: number, code: string, detail: string) => this.on.fault({ row, column, code, detail });
    if (cells.length < width) {
      fault(cells.length + 1, 'cells_missing', `Die Zeile hat ${cells.length} statt ${width} Zellen.`);
      while (cells.length < width) cells.push('');
    } else if (last >= width) {
      fault(width + 1, 'cells_extra', `Die Zeile hat ${last + 1} statt ${width} Zellen.`);
    }
    for (let i = 0; i < width; i++) {
      const cell = cells[i] ?? '';
      if (cell.includes('\0')) fault(i + 1, 'nul_byte', 'Die Zelle enthält ein NUL-Zeichen.');
      if (damaged && cell.includes('\ufffd')) {
        fault(i + 1, 'bytes_unreadable', `Die Zelle ist im Zeichensatz ${encoding} nicht lesbar.`);
      }
    }
    this.on.row(cells, row);
  }
}

const READER_FAULTS: Record<ReaderFault['code'], string> = {
  quote_open: 'Ein Anführungszeichen wird geöffnet, aber nicht geschlossen.',
  quote_faulty: 'Nach dem schließenden Anführungszeichen folgt noch Text.',
  cell_too_long: 'Die Zelle ist länger als erlaubt.',
  row_too_long: 'Die Zeile ist länger als erlaubt.',
  too_many_columns: 'Die Zeile hat mehr Zellen als erlaubt.',
};

function lastFilled(cells: string[]): number {
  let last = cells.length - 1;
  while (last >= 0 && cells[last]?.trim() === '') last--;
  return last;
}
