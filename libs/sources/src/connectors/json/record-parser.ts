import { RecordFault } from './json-faults';

/** Objects inside objects become columns down to this depth. */
const MOST_LEVELS = 8;
const MOST_POINTER_CHARS = 500;
const SPACES = /[ \t\r\n]*/y;
// eslint-disable-next-line no-control-regex -- JSON forbids raw control characters in a text
const PLAIN_TEXT = /"[^"\\\u0000-\u001f]*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?/iy;

export type CellKind = 'TEXT' | 'NUMBER' | 'BOOLEAN' | 'NULL' | 'LIST';

export interface RecordSink {
  /** `pointer` (RFC 6901) names the member; a number comes as its digits were written */
  cell(pointer: string, path: readonly string[], kind: CellKind, text: string, at: number): void;
}

/**
 * Reads the text of one object and hands on its members, those of inner objects under a longer pointer. Of our own,
 * because `JSON.parse` rounds numbers to doubles and keeps the last of two members of one name.
 * Throws `RecordFault` with the offset of what is wrong.
 */
export function parseRecord(text: string, sink: RecordSink): void {
  const reader = new RecordReader(text, sink);
  reader.object('', []);
}

class RecordReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly sink: RecordSink,
  ) {}

  object(pointer: string, path: readonly string[]): void {
    if (path.length > MOST_LEVELS) throw new RecordFault('nested_too_deep', this.at, path.join('.'));
    const seen = new Set<string>();
    this.expect('{');
    if (this.taken('}')) {
      if (path.length > 0) this.sink.cell(pointer, path, 'NULL', '', this.at);
      return;
    }
    do {
      this.spaces();
      const begin = this.at;
      const name = this.string();
      const member = [...path, name];
      const inner = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (name === '' || inner.length > MOST_POINTER_CHARS || !name.isWellFormed() || name.includes('\0'))
        throw new RecordFault('member_name', begin, member.join('.').slice(0, 100).toWellFormed().replaceAll('\0', ''));
      if (seen.has(name)) throw new RecordFault('member_twice', begin, member.join('.'));
      seen.add(name);
      this.expect(':');
      this.value(inner, member);
    } while (this.taken(','));
    this.expect('}');
  }

  private value(pointer: string, path: readonly string[]): void {
    this.spaces();
    const begin = this.at;
    const sign = this.text[begin];
    if (sign === '{') return this.object(pointer, path);
    if (sign === '[') return this.sink.cell(pointer, path, 'LIST', this.list(), begin);
    const [kind, text] = this.scalar();
    this.sink.cell(pointer, path, kind, text, begin);
  }

  /** the one value here that is neither object nor list */
  private scalar(): [CellKind, string] {
    if (this.text[this.at] === '"') return ['TEXT', this.string()];
    if (this.text.startsWith('null', this.at)) return ((this.at += 4), ['NULL', '']);
    for (const word of ['true', 'false']) {
      if (this.text.startsWith(word, this.at)) return ((this.at += word.length), ['BOOLEAN', word]);
    }
    return ['NUMBER', this.match(NUMBER)];
  }

  /** A list as text without the spaces between its parts; its brackets are balanced and its depth was bounded before. */
  private list(): string {
    const parts: string[] = [];
    const value = (): void => {
      this.spaces();
      const open = this.text[this.at];
      if (open !== '[' && open !== '{') {
        const begin = this.at;
        this.scalar();
        parts.push(this.text.slice(begin, this.at));
        return;
      }
      const close = open === '[' ? ']' : '}';
      parts.push(open);
      this.at++;
      if (!this.taken(close)) {
        do {
          if (open === '{') {
            this.spaces();
            const begin = this.at;
            this.string();
            parts.push(this.text.slice(begin, this.at), ':');
            this.expect(':');
          }
          value();
          parts.push(',');
        } while (this.taken(','));
        parts.pop();
        this.expect(close);
      }
      parts.push(close);
    };
    value();
    return parts.join('');
  }

  private string(): string {
    const begin = this.at;
    PLAIN_TEXT.lastIndex = begin;
    if (PLAIN_TEXT.test(this.text)) {
      this.at = PLAIN_TEXT.lastIndex;
      return this.text.slice(begin + 1, this.at - 1);
    }
    if (this.text[begin] !== '"') throw new RecordFault('syntax', begin);
    let end = begin + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    this.at = end + 1;
    try {
      return JSON.parse(this.text.slice(begin, this.at)) as string;
    } catch {
      throw new RecordFault('syntax', begin);
    }
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found === undefined) throw new RecordFault('syntax', this.at);
    this.at += found.length;
    return found;
  }

  private spaces(): void {
    this.match(SPACES);
  }

  private taken(sign: string): boolean {
    this.spaces();
    if (this.text[this.at] !== sign) return false;
    this.at++;
    return true;
  }

  private expect(sign: string): void {
    if (!this.taken(sign)) throw new RecordFault('syntax', this.at);
  }
}
