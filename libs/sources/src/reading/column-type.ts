import { digitsOf, SHAPES, shapeIndex, shapeOf, type Shape } from './cell-shapes';
import type { ColumnType, DateFormat, RecognisedColumn } from './recognition';

const COUNT = SHAPES.length;
const FIRST_ROWS = 3;

const DE_FRACTION: Shape[] = ['COMMA_DECIMAL', 'COMMA3', 'GERMAN', 'EXPONENT_COMMA'];
const EN_FRACTION: Shape[] = ['DOT_DECIMAL', 'DOT3', 'ENGLISH', 'EXPONENT_DOT'];
const DE_GROUPS: Shape[] = ['DOT3', 'DOT_GROUPS', 'GERMAN'];
const EN_GROUPS: Shape[] = ['COMMA3', 'COMMA_GROUPS', 'ENGLISH'];
const GERMAN_NUMBERS: Shape[] = [
  'INTEGER',
  'DOT3',
  'DOT_GROUPS',
  'COMMA_DECIMAL',
  'COMMA3',
  'GERMAN',
  'EXPONENT_COMMA',
];
const ENGLISH_NUMBERS: Shape[] = [
  'INTEGER',
  'COMMA3',
  'COMMA_GROUPS',
  'DOT_DECIMAL',
  'DOT3',
  'ENGLISH',
  'EXPONENT_DOT',
];
const SURELY_GERMAN: Shape[] = ['COMMA_DECIMAL', 'DOT_GROUPS', 'GERMAN', 'EXPONENT_COMMA'];
const SURELY_ENGLISH: Shape[] = ['DOT_DECIMAL', 'COMMA_GROUPS', 'ENGLISH', 'EXPONENT_DOT'];
const TIMES: readonly [Shape, DateFormat, ColumnType][] = [
  ['DATE_GERMAN', 'DD.MM.YYYY', 'DATE'],
  ['DATE_ISO', 'YYYY-MM-DD', 'DATE'],
  ['TIME_GERMAN', 'DD.MM.YYYY HH:mm:ss', 'TIMESTAMP'],
  ['TIME_ISO', 'YYYY-MM-DD HH:mm:ss', 'TIMESTAMP'],
  ['TIME_ZONED', 'YYYY-MM-DD HH:mm:ssZ', 'TIMESTAMP'],
];

type Decimal = ',' | '.';
export type TypeChoice = Omit<RecognisedColumn, 'name' | 'header' | 'nullable' | 'samples'> & {
  /** rows of cells that do not fit, the first few of each shape */
  misfits: { row: number; shape: Shape }[];
  misfitCount: number;
  ambiguous: boolean;
};

/** Counts the shapes of all cells, column by column, in typed arrays: 20 000 columns cost a few megabytes. */
export class ShapeTally {
  private counts: Uint32Array;
  private whole: Uint8Array;
  private fraction: Uint8Array;
  private readonly rows = new Map<number, number[]>();

  constructor(private columns: number) {
    this.counts = new Uint32Array(columns * COUNT);
    this.whole = new Uint8Array(columns * COUNT);
    this.fraction = new Uint8Array(columns * COUNT);
  }

  /** Counts a cell; true when its row is kept, to name it if the cell is a fault. */
  add(column: number, cell: string, row: number, shape = shapeOf(cell)): boolean {
    if (column >= this.columns) this.grow(column + 1);
    const at = column * COUNT + shape;
    const count = (this.counts[at] ?? 0) + 1;
    this.counts[at] = count;
    if (shape > NO_NUMBER_BELOW && shape < NO_NUMBER_FROM) {
      const digits = digitsOf(cell);
      if (digits.whole > (this.whole[at] ?? 0)) this.whole[at] = digits.whole;
      if (digits.fraction > (this.fraction[at] ?? 0)) this.fraction[at] = digits.fraction;
    }
    if (count > FIRST_ROWS) return false;
    const rows = this.rows.get(at);
    if (rows) rows.push(row);
    else this.rows.set(at, [row]);
    return true;
  }

  private grow(columns: number): void {
    this.columns = Math.max(columns, this.columns * 2);
    const size = this.columns * COUNT;
    const [counts, whole, fraction] = [new Uint32Array(size), new Uint8Array(size), new Uint8Array(size)];
    counts.set(this.counts);
    whole.set(this.whole);
    fraction.set(this.fraction);
    [this.counts, this.whole, this.fraction] = [counts, whole, fraction];
  }

  count(column: number, shapes: readonly Shape[]): number {
    return shapes.reduce((sum, shape) => sum + (this.counts[column * COUNT + shapeIndex(shape)] ?? 0), 0);
  }

  /** Most digits before and after the decimal sign, `1.234` and `1,234` read as `decimal` says. */
  digits(column: number, shapes: readonly Shape[], decimal: Decimal): { whole: number; fraction: number } {
    let whole = 1;
    let fraction = 0;
    for (const shape of shapes) {
      const at = column * COUNT + shapeIndex(shape);
      if (!this.counts[at]) continue;
      const groups = decimal === ',' ? ['DOT3', 'DOT_GROUPS'] : ['COMMA3', 'COMMA_GROUPS'];
      const grouped = groups.includes(shape);
      whole = Math.max(whole, (this.whole[at] ?? 0) + (grouped ? 3 : 0));
      if (!grouped) fraction = Math.max(fraction, this.fraction[at] ?? 0);
    }
    return { whole, fraction };
  }

  /** How the file as a whole writes numbers, from the cells that leave no doubt. */
  decimalOfFile(): Decimal | null {
    let german = 0;
    let english = 0;
    for (let column = 0; column < this.columns; column++) {
      german += this.count(column, SURELY_GERMAN);
      english += this.count(column, SURELY_ENGLISH);
    }
    return german === english ? null : german > english ? ',' : '.';
  }

  misfits(column: number, fitting: readonly Shape[]): { row: number; shape: Shape }[] {
    return SHAPES.filter((shape) => !fitting.includes(shape))
      .flatMap((shape) => (this.rows.get(column * COUNT + shapeIndex(shape)) ?? []).map((row) => ({ row, shape })))
      .sort((a, b) => a.row - b.row);
  }
}
const NO_NUMBER_BELOW = shapeIndex('BOOLEAN');
const NO_NUMBER_FROM = shapeIndex('EXPONENT_DOT');

/**
 * The type of one column. All cells fit: that type. A few do not (at most one in five of at least five cells): the
 * type stays and those cells are faults, because a typing error must not turn a column of figures into text unseen.
 * Otherwise, and with any key (007, 12a): TEXT.
 */
export function chooseType(
  tally: ShapeTally,
  column: number,
  given: { type?: ColumnType; decimal?: Decimal; delimiter: string; decimalOfFile: Decimal | null },
): TypeChoice {
  const total = tally.count(column, SHAPES);
  const number = numberWriting(tally, column, given);
  const candidates: { type: ColumnType; shapes: Shape[]; format?: DateFormat }[] = [
    { type: number.type, shapes: number.shapes },
    { type: 'BOOLEAN', shapes: ['BOOLEAN'] },
    ...TIMES.map(([shape, format, type]) => ({ type, shapes: [shape], format })),
  ];
  if (given.type && given.type !== 'TEXT') {
    const forced = candidates
      .filter((c) => c.type === given.type || (given.type === 'DECIMAL' && c.type === 'INTEGER'))
      .map((c) => ({ ...c, fits: tally.count(column, c.shapes) }))
      .sort((a, b) => b.fits - a.fits)[0];
    if (forced) return choice(tally, column, { ...forced, type: given.type }, number);
    // asked for INTEGER where there are fractions: the fractions are the faults
    return choice(
      tally,
      column,
      { type: 'INTEGER', shapes: number.shapes.filter((s) => !number.fractions.includes(s)) },
      number,
    );
  }
  const [best] = candidates
    .map((candidate) => ({ ...candidate, fits: tally.count(column, candidate.shapes) }))
    .sort((a, b) => b.fits - a.fits);
  if (given.type === 'TEXT' || !best || best.fits === 0) return text();
  const misfits = total - best.fits;
  if (misfits > 0) {
    const impossible = best.type === 'DATE' || best.type === 'TIMESTAMP' ? tally.count(column, ['DATE_IMPOSSIBLE']) : 0;
    const keys = tally.count(column, ['KEY']);
    const few = best.fits >= 4 && misfits * 5 <= total && keys === 0;
    if (!few && misfits !== impossible) return text();
  }
  return choice(tally, column, best, number);
}

interface NumberWriting {
  type: 'INTEGER' | 'DECIMAL';
  shapes: Shape[];
  fractions: Shape[];
  decimal: Decimal;
  grouped: boolean;
  ambiguous: boolean;
}

function numberWriting(
  tally: ShapeTally,
  column: number,
  given: { decimal?: Decimal; delimiter: string; decimalOfFile: Decimal | null },
): NumberWriting {
  const german = tally.count(column, GERMAN_NUMBERS);
  const english = tally.count(column, ENGLISH_NUMBERS);
  const doubtful = tally.count(column, ['DOT3', 'COMMA3']) > 0;
  let decimal = given.decimal;
  let ambiguous = false;
  if (!decimal && german !== english) decimal = german > english ? ',' : '.';
  if (!decimal && doubtful) {
    // 12345 beside 1.234: whoever groups thousands groups them everywhere, so the sign is a decimal sign
    const longPlain = tally.digits(column, ['INTEGER'], ',').whole > 3;
    const dots = tally.count(column, ['DOT3']) > 0;
    if (longPlain) decimal = dots ? '.' : ',';
    ambiguous = longPlain ? given.decimalOfFile === (dots ? ',' : '.') : given.decimalOfFile === null;
  }
  decimal ??= given.decimalOfFile ?? (given.delimiter === ',' ? '.' : ',');
  const shapes = decimal === ',' ? GERMAN_NUMBERS : ENGLISH_NUMBERS;
  const fractions = decimal === ',' ? DE_FRACTION : EN_FRACTION;
  const groups = decimal === ',' ? DE_GROUPS : EN_GROUPS;
  return {
    type: tally.count(column, fractions) > 0 ? 'DECIMAL' : 'INTEGER',
    shapes,
    fractions,
    decimal,
    grouped: tally.count(column, groups) > 0,
    ambiguous,
  };
}

function choice(
  tally: ShapeTally,
  column: number,
  best: { type: ColumnType; shapes: Shape[]; format?: DateFormat },
  number: NumberWriting,
): TypeChoice {
  const misfits = tally.misfits(column, best.shapes);
  const misfitCount = tally.count(column, SHAPES) - tally.count(column, best.shapes);
  const common = { misfits, misfitCount, dateFormat: best.format ?? null };
  if (best.type === 'INTEGER' || best.type === 'DECIMAL') {
    const { whole, fraction } = tally.digits(column, best.shapes, number.decimal);
    const exponent = tally.count(column, ['EXPONENT_DOT', 'EXPONENT_COMMA']) > 0;
    const tooLong = best.type === 'INTEGER' ? whole > 18 : whole + fraction > 38;
    if (tooLong) return text();
    const stored =
      best.type === 'INTEGER' ? 'BIGINT' : exponent ? 'DOUBLE' : `DECIMAL(${whole + fraction},${fraction})`;
    const thousands = number.grouped ? (number.decimal === ',' ? '.' : ',') : null;
    return {
      ...common,
      type: best.type,
      stored,
      decimal: best.type === 'DECIMAL' ? number.decimal : null,
      thousands,
      ambiguous: number.ambiguous,
    };
  }
  const stored = best.type === 'TEXT' ? 'VARCHAR' : best.type;
  return { ...common, type: best.type, stored, decimal: null, thousands: null, ambiguous: false };
}

function text(): TypeChoice {
  const none = { decimal: null, thousands: null, dateFormat: null, misfits: [], misfitCount: 0, ambiguous: false };
  return { type: 'TEXT', stored: 'VARCHAR', ...none };
}
