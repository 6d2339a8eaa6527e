import { readBoolean, readNumber, readTime } from './cell-shapes';
import type { DateFormat, RecognisedColumn } from './recognition';

/** What a stored file says of its texts, as key and value of its metadata; files without it are of before. */
export const TEXT_FORM = { key: 'text_form', value: 'NFC' } as const;

/** A cell in the plain form the engine reads; null is "no value"; undefined does not fit the column. */
export type CellReader = (cell: string) => string | null | undefined;

/** Reads the cells of a column exactly as recognised: nothing is guessed any more, what does not fit is a fault. */
export function cellReader(column: RecognisedColumn, nullValues: readonly string[]): CellReader {
  const nulls = new Set(nullValues);
  const read = typedReader(column);
  return (raw) => {
    if (raw === '') return null;
    const cell = raw.trim();
    if (nulls.size > 0 && nulls.has(cell.normalize('NFC'))) return null;
    // one spelling for one text, so that a filter finds what people see
    if (column.type === 'TEXT') return raw.normalize('NFC');
    return cell === '' ? null : read(cell);
  };
}

function typedReader(column: RecognisedColumn): (cell: string) => string | undefined {
  const { decimal, thousands, dateFormat } = column;
  switch (column.type) {
    case 'TEXT':
      return (cell) => cell;
    case 'BOOLEAN':
      return readBoolean;
    case 'INTEGER':
      return (cell) => fitting(readNumber(cell, null, thousands), 18, 0);
    case 'DECIMAL': {
      const size = /^DECIMAL\((\d+),(\d+)\)$/.exec(column.stored);
      if (!size) return (cell) => readNumber(cell, decimal ?? '.', thousands);
      const scale = Number(size[2]);
      const whole = Number(size[1]) - scale;
      return (cell) => fitting(readNumber(cell, decimal ?? '.', thousands), whole, scale);
    }
    case 'DATE':
    case 'TIMESTAMP':
      return (cell) => {
        const time = readTime(cell);
        return time && formatOf(time) === dateFormat ? time.iso : undefined;
      };
  }
}

/** The engine would round or refuse a number with more digits than its column has: neither may happen unseen. */
function fitting(number: string | undefined, whole: number, scale: number): string | undefined {
  if (number === undefined || /e/i.test(number)) return undefined;
  const [before = '', after = ''] = number.replace('-', '').split('.');
  return (before === '0' || before.length <= whole) && after.length <= scale ? number : undefined;
}

function formatOf(time: { kind: 'DATE' | 'TIME' | 'ZONED'; german: boolean }): DateFormat {
  if (time.kind === 'ZONED') return 'YYYY-MM-DD HH:mm:ssZ';
  if (time.kind === 'DATE') return time.german ? 'DD.MM.YYYY' : 'YYYY-MM-DD';
  return time.german ? 'DD.MM.YYYY HH:mm:ss' : 'YYYY-MM-DD HH:mm:ss';
}
