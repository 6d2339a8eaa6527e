/**
 * A streaming CSV reader of our own: it knows the row and column of every fault, keeps memory bounded by two limits,
 * and accepts CRLF, LF and CR in one file. One piece, because its state machine is.
 */
export interface CsvReaderLimits {
  cellChars: number;
  recordChars: number;
  columns: number;
}

/** `fatal` faults end the reading: what follows would be guesswork. */
export interface ReaderFault {
  row: number;
  column: number;
  code: 'quote_open' | 'quote_faulty' | 'cell_too_long' | 'row_too_long' | 'too_many_columns';
  fatal: boolean;
}

const QUOTE = 34;
const LF = 10;
const CR = 13;

type State = 'CELL_START' | 'PLAIN' | 'QUOTED' | 'QUOTE_SEEN' | 'AFTER_QUOTED';

export class CsvReader {
  /** records begun so far, from 1; a quoted line break does not count */
  row = 1;
  stopped = false;
  readonly newlines = { CRLF: 0, LF: 0, CR: 0 };
  private state: State = 'CELL_START';
  private cells: string[] = [];
  private pending = '';
  private quoteRow = 0;
  private quoteColumn = 0;
  private recordChars = 0;
  private lastWasCr = false;
  private readonly delimiter: number;

  constructor(
    delimiter: string,
    private readonly limits: CsvReaderLimits,
    private readonly onRecord: (cells: string[], row: number) => void,
    private readonly onFault: (fault: ReaderFault) => void,
  ) {
    this.delimiter = delimiter.charCodeAt(0);
  }

  write(text: string): void {
    const length = text.length;
    let start = 0; // where the unfinished cell begins in this chunk
    for (let i = 0; i < length && !this.stopped; i++) {
      const code = text.charCodeAt(i);
      if (this.state === 'QUOTED') {
        if (code !== QUOTE) {
          const next = text.indexOf('"', i);
          i = next < 0 ? length : next;
          if (next < 0) break;
        }
        this.keep(text, start, i);
        this.state = 'QUOTE_SEEN';
        start = i + 1;
        continue;
      }
      if (this.state === 'QUOTE_SEEN') {
        if (code === QUOTE) {
          this.pending += '"';
          this.state = 'QUOTED';
          start = i + 1;
          continue;
        }
        this.state = 'AFTER_QUOTED';
        start = i;
      }
      if (code === LF && this.lastWasCr) {
        // second half of CRLF: the record already ended
        this.newlines.CR--;
        this.newlines.CRLF++;
        this.lastWasCr = false;
        start = i + 1;
        continue;
      }
      this.lastWasCr = false;
      if (code === this.delimiter) {
        this.endCell(text, start, i);
        start = i + 1;
      } else if (code === LF || code === CR) {
        this.endCell(text, start, i);
        this.endRecord();
        start = i + 1;
        if (code === CR) {
          this.newlines.CR++;
          this.lastWasCr = true;
        } else this.newlines.LF++;
      } else if (this.state === 'CELL_START') {
        if (code === QUOTE) {
          this.state = 'QUOTED';
          this.quoteRow = this.row;
          this.quoteColumn = this.cells.length + 1;
          start = i + 1;
        } else this.state = 'PLAIN';
      } else if (this.state === 'AFTER_QUOTED' && code !== 32) {
        this.fault('quote_faulty', false);
        this.state = 'PLAIN';
      }
    }
    if (!this.stopped) this.keep(text, start, length);
  }

  /** Ends the file: a last record without line break counts, an open quote is a fault. */
  end(): void {
    if (this.stopped) return;
    if (this.state === 'QUOTED') {
      this.onFault({ row: this.quoteRow, column: this.quoteColumn, code: 'quote_open', fatal: true });
      this.stopped = true;
      return;
    }
    if (this.state !== 'CELL_START' || this.cells.length > 0) {
      this.endCell('', 0, 0);
      this.endRecord();
    }
  }

  private keep(text: string, from: number, to: number): void {
    if (to <= from || (this.state === 'AFTER_QUOTED' && text.slice(from, to).trim() === '')) return;
    if (this.pending.length + to - from > this.limits.cellChars) {
      const inQuotes = this.state === 'QUOTED';
      this.onFault({
        row: inQuotes ? this.quoteRow : this.row,
        column: inQuotes ? this.quoteColumn : this.cells.length + 1,
        code: inQuotes ? 'quote_open' : 'cell_too_long',
        fatal: true,
      });
      this.stopped = true;
      return;
    }
    this.pending += text.slice(from, to);
  }

  private endCell(text: string, from: number, to: number): void {
    this.keep(text, from, to);
    if (this.stopped) return;
    this.recordChars += this.pending.length;
    this.cells.push(this.pending);
    this.pending = '';
    this.state = 'CELL_START';
    if (this.cells.length > this.limits.columns) this.fault('too_many_columns', true);
    else if (this.recordChars > this.limits.recordChars) this.fault('row_too_long', true);
  }

  private endRecord(): void {
    if (this.stopped) return;
    const cells = this.cells;
    this.cells = [];
    this.recordChars = 0;
    this.onRecord(cells, this.row);
    this.row++;
  }

  private fault(code: ReaderFault['code'], fatal: boolean): void {
    this.onFault({ row: this.row, column: this.cells.length + 1, code, fatal });
    if (fatal) this.stopped = true;
  }
}
