import type { JsonFaultCode } from './json-faults';

/** Brackets inside brackets; deeper is no table, and a bomb is met here before anything is built. */
const MOST_DEPTH = 64;
const [LF, SPACE, QUOTE, COMMA, BACKSLASH] = [10, 32, 34, 44, 92];
const [OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [91, 93, 123, 125];

type State = 'START' | 'VALUE' | 'VALUE_OR_END' | 'AFTER_VALUE' | 'LINES' | 'END';

export interface RawRecord {
  text: string;
  /** from 1 */
  number: number;
  /** in which it begins, from 1 */
  line: number;
}

/**
 * Cuts a JSON list of objects, or objects one after the other (NDJSON), into the texts of the objects while they stream
 * by. It looks at brackets and quotes only and holds one record at a time; after a fault it has stopped, because what
 * follows would be guesswork.
 */
export class RecordSplitter {
  layout: 'ARRAY' | 'LINES' = 'LINES';
  stopped = false;
  private state: State = 'START';
  private depth = 0;
  private inText = false;
  private escaped = false;
  private line = 1;
  private number = 0;
  private pending = '';
  private beganAt = 1;

  constructor(
    private readonly recordChars: number,
    private readonly onRecord: (record: RawRecord) => void,
    private readonly onFault: (code: JsonFaultCode, line: number) => void,
  ) {}

  write(text: string): void {
    let start = 0; // where the unfinished record begins in this chunk
    for (let i = 0; i < text.length && !this.stopped; i++) {
      const code = text.charCodeAt(i);
      if (code === LF) this.line++;
      if (this.depth === 0) {
        if (code === SPACE || (code >= 9 && code <= 13)) continue;
        start = i;
        this.between(code);
      } else if (this.inText) {
        if (this.escaped) this.escaped = false;
        else if (code === BACKSLASH) this.escaped = true;
        else if (code === QUOTE) this.inText = false;
      } else if (code === QUOTE) this.inText = true;
      else if (code === OPEN || code === OPEN_LIST) {
        if (++this.depth > MOST_DEPTH) this.fault('nested_too_deep');
      } else if ((code === CLOSE || code === CLOSE_LIST) && --this.depth === 0) {
        this.keep(text, start, i + 1);
        if (!this.stopped) this.emit();
      }
    }
    if (this.depth > 0 && !this.stopped) this.keep(text, start, text.length);
  }

  end(): void {
    if (this.stopped) return;
    const whole = this.depth === 0 && (this.state === 'END' || this.state === 'LINES');
    if (!whole && this.state !== 'START') this.fault('end_missing');
  }

  private between(code: number): void {
    if (code === OPEN && this.state !== 'AFTER_VALUE' && this.state !== 'END') {
      if (this.state === 'START') this.state = 'LINES';
      this.depth = 1;
      this.beganAt = this.line;
    } else if (this.state === 'START' && code === OPEN_LIST) {
      this.layout = 'ARRAY';
      this.state = 'VALUE_OR_END';
    } else if (this.state === 'AFTER_VALUE' && code === COMMA) this.state = 'VALUE';
    else if ((this.state === 'AFTER_VALUE' || this.state === 'VALUE_OR_END') && code === CLOSE_LIST) this.state = 'END';
    else if (this.state === 'END') this.fault('after_end');
    else this.fault(this.state === 'AFTER_VALUE' || code === CLOSE_LIST ? 'syntax' : 'not_an_object');
  }

  private keep(text: string, from: number, to: number): void {
    if (this.pending.length + to - from > this.recordChars) this.fault('record_too_long', this.beganAt);
    else this.pending += text.slice(from, to);
  }

  private emit(): void {
    const text = this.pending;
    this.pending = '';
    if (this.state !== 'LINES') this.state = 'AFTER_VALUE';
    this.onRecord({ text, number: ++this.number, line: this.beganAt });
  }

  private fault(code: JsonFaultCode, line = this.line): void {
    this.stopped = true;
    this.pending = '';
    this.onFault(code, line);
  }
}
