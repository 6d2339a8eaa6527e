/**
 * What a cell looks like. A column's type follows from the shapes of all its cells; `column-type.ts` decides.
 * Numbers are judged as German and English writing at once, because "1.234" says nothing alone.
 */
export const SHAPES = [
  'BOOLEAN',
  /** digits without leading zero */
  'INTEGER',
  /** 1.234 — thousands in German, decimal in English */
  'DOT3',
  /** 1.234.567 */
  'DOT_GROUPS',
  /** 12.5 */
  'DOT_DECIMAL',
  /** 1,234 */
  'COMMA3',
  /** 1,234,567 */
  'COMMA_GROUPS',
  /** 12,5 */
  'COMMA_DECIMAL',
  /** 1.234,5 */
  'GERMAN',
  /** 1,234.5 */
  'ENGLISH',
  'EXPONENT_DOT',
  'EXPONENT_COMMA',
  'DATE_GERMAN',
  'DATE_ISO',
  /** written like a date, but no day of the calendar */
  'DATE_IMPOSSIBLE',
  'TIME_GERMAN',
  'TIME_ISO',
  'TIME_ZONED',
  /** 007, 12a, a number beyond 64 bits: a key, so the column is text */
  'KEY',
  'TEXT',
] as const;
export type Shape = (typeof SHAPES)[number];
const INDEX = Object.fromEntries(SHAPES.map((shape, index) => [shape, index])) as Record<Shape, number>;
export const shapeIndex = (shape: Shape): number => INDEX[shape];

const BOOLEANS = new Map([
  ['true', true],
  ['wahr', true],
  ['ja', true],
  ['false', false],
  ['falsch', false],
  ['nein', false],
]);

const NUMBER = /^-?(\d+)(?:([.,])(\d+))?$/;
const GROUPED = /^-?(\d{1,3})((?:\.\d{3})+|(?:,\d{3})+)(?:([.,])\d+)?$/;
// without decimal sign (12E3) it is a key far more often than a number
const EXPONENT = /^-?\d{1,17}([.,])\d{1,17}e[+-]?\d{1,3}$/i;
const GERMAN_DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:(?:, ?| )(\d{1,2}):(\d{2})(?::(\d{2}))?(?: Uhr)?)?$/;
const ISO_DAY =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d{0,3})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** The shape of a trimmed, non-empty cell, as an index into SHAPES. Linear in the length of the cell. */
export function shapeOf(cell: string): number {
  const first = cell.charCodeAt(0);
  const digit = first >= 48 && first <= 57;
  if (!digit && first !== 45) {
    return cell.length <= 6 && BOOLEANS.has(cell.toLowerCase()) ? INDEX.BOOLEAN : INDEX.TEXT;
  }
  if (cell.length > 60) return INDEX.TEXT;
  const plain = NUMBER.exec(cell);
  if (plain) {
    const whole = plain[1] ?? '';
    if (whole.length > 1 && whole.startsWith('0')) return INDEX.KEY;
    if (plain[2] === undefined) return whole.length > 18 ? INDEX.KEY : INDEX.INTEGER;
    const three = plain[3]?.length === 3 && whole.length <= 3 && whole !== '0';
    if (plain[2] === '.') return three ? INDEX.DOT3 : INDEX.DOT_DECIMAL;
    return three ? INDEX.COMMA3 : INDEX.COMMA_DECIMAL;
  }
  const grouped = GROUPED.exec(cell);
  if (grouped && !grouped[1]?.startsWith('0')) {
    const dots = grouped[2]?.startsWith('.') ?? false;
    if (grouped[3] === undefined) return dots ? INDEX.DOT_GROUPS : INDEX.COMMA_GROUPS;
    if (dots && grouped[3] === ',') return INDEX.GERMAN;
    if (!dots && grouped[3] === '.') return INDEX.ENGLISH;
    return INDEX.TEXT;
  }
  if (digit) {
    const german = GERMAN_DAY.exec(cell);
    if (german) {
      if (!isDay(Number(german[3]), Number(german[2]), Number(german[1]))) return INDEX.DATE_IMPOSSIBLE;
      if (german[4] === undefined) return INDEX.DATE_GERMAN;
      return isTime(german[4], german[5], german[6]) ? INDEX.TIME_GERMAN : INDEX.DATE_IMPOSSIBLE;
    }
    const iso = ISO_DAY.exec(cell);
    if (iso) {
      if (!isDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))) return INDEX.DATE_IMPOSSIBLE;
      if (iso[4] === undefined) return INDEX.DATE_ISO;
      if (!isTime(iso[4], iso[5], iso[6])) return INDEX.DATE_IMPOSSIBLE;
      return iso[8] ? INDEX.TIME_ZONED : INDEX.TIME_ISO;
    }
    if (/^\d{1,12}(?: ?[a-z]|e\d{1,3})$/i.test(cell)) return INDEX.KEY;
  }
  const exponent = EXPONENT.exec(cell);
  if (exponent) return exponent[1] === ',' ? INDEX.EXPONENT_COMMA : INDEX.EXPONENT_DOT;
  return INDEX.TEXT;
}

/** Digits before and after the decimal sign, the last sign read as decimal (1.234 gives 1 and 3, 1.234,5 gives 4 and 1). */
export function digitsOf(cell: string): { whole: number; fraction: number } {
  const end = cell.length;
  const at = Math.max(cell.lastIndexOf(','), cell.lastIndexOf('.'));
  let whole = 0;
  for (let i = 0; i < (at < 0 ? end : at); i++) {
    const code = cell.charCodeAt(i);
    if (code >= 48 && code <= 57) whole++;
  }
  return { whole, fraction: at < 0 ? 0 : end - at - 1 };
}

export function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return day <= last;
}

function isTime(hour = '0', minute = '0', second = '0'): boolean {
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}

export function readBoolean(cell: string): string | undefined {
  const value = BOOLEANS.get(cell.toLowerCase());
  return value === undefined ? undefined : String(value);
}

/** A number as written into the plain form DuckDB reads, or undefined when it is none in this writing. */
export function readNumber(cell: string, decimal: ',' | '.' | null, thousands: ',' | '.' | null): string | undefined {
  let plain = cell;
  if (thousands !== null && plain.includes(thousands)) {
    const grouped = GROUPED.exec(plain);
    if (!grouped || !grouped[2]?.startsWith(thousands) || (grouped[3] !== undefined && grouped[3] !== decimal)) {
      return undefined;
    }
    plain = plain.replaceAll(thousands, '');
  }
  if (decimal !== '.' && plain.includes('.')) return undefined;
  if (decimal === ',') plain = plain.replace(',', '.');
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(plain)) return plain;
  return decimal !== null && /^-?\d{1,17}\.\d{1,17}e[+-]?\d{1,3}$/i.test(plain) ? plain : undefined;
}

/** A German or ISO day (and time) in the form DuckDB reads; undefined when it is no such day. */
export function readTime(cell: string): { kind: 'DATE' | 'TIME' | 'ZONED'; german: boolean; iso: string } | undefined {
  const german = GERMAN_DAY.exec(cell);
  if (german) {
    const [, d = '', m = '', y = '', hour, minute = '00', second = '00'] = german;
    if (!isDay(Number(y), Number(m), Number(d)) || !isTime(hour, minute, second)) return undefined;
    const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
    if (hour === undefined) return { kind: 'DATE', german: true, iso: day };
    return { kind: 'TIME', german: true, iso: `${day} ${hour.padStart(2, '0')}:${minute}:${second}` };
  }
  const iso = ISO_DAY.exec(cell);
  if (!iso) return undefined;
  const [, y = '', m = '', d = '', hour, minute = '00', second = '00', fraction, zone] = iso;
  if (!isDay(Number(y), Number(m), Number(d)) || !isTime(hour, minute, second)) return undefined;
  const day = `${y}-${m}-${d}`;
  if (hour === undefined) return { kind: 'DATE', german: false, iso: day };
  const tail = fraction ? `.${fraction}` : '';
  if (!zone) return { kind: 'TIME', german: false, iso: `${day} ${hour}:${minute}:${second}${tail}` };
  const offset = zone === 'Z' ? 'Z' : zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const instant = new Date(`${day}T${hour}:${minute}:${second}${offset}`);
  if (Number.isNaN(instant.getTime())) return undefined;
  return { kind: 'ZONED', german: false, iso: instant.toISOString().slice(0, 19).replace('T', ' ') + tail };
}
