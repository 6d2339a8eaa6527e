import { CsvReader } from './csv-reader';
import { READING_LIMITS } from '../../reading/recognition';
import { shapeIndex, shapeOf } from '../../reading/cell-shapes';

export type Delimiter = ';' | ',' | '\t' | '|';
const DELIMITERS: readonly Delimiter[] = [';', ',', '\t', '|'];
const SAMPLE_ROWS = 500;

export interface Dialect {
  delimiter: Delimiter;
  /** row of the header, from 1; 0 when the table begins with data */
  headerLine: number;
  /** row of the first data record */
  dataFrom: number;
  width: number;
  header: string[];
  titleLines: string[];
}

type SampleRow = { row: number; cells: string[] };

/**
 * Finds delimiter and header in the first rows. The delimiter that cuts most rows into equally many cells wins; the
 * header is the first row of that width which is filled for the most part, what stands above it are title lines.
 * `sample` is decoded text; `whole` says that it is the entire file. Undefined when there is not one filled row.
 */
export function findDialect(
  sample: string,
  whole: boolean,
  hints: { delimiter?: Delimiter; headerLine?: number },
): Dialect | undefined {
  const directive = /^sep=([;,\t|])\r?\n?/i.exec(sample.slice(0, 16));
  const given = hints.delimiter ?? (directive?.[1] as Delimiter | undefined);
  const readings = (given ? [given] : DELIMITERS).map((delimiter) => {
    const rows = readRows(sample, delimiter, whole);
    return { delimiter, rows, ...score(rows) };
  });
  const best = readings.reduce((a, b) => (b.score > a.score ? b : a));
  const rows = directive ? best.rows.slice(1) : best.rows;
  if (rows.length === 0) return undefined;
  const width = best.width;
  const header = headerAmong(rows, width, hints.headerLine);
  const titles = best.rows.filter((r) => r.row < header.row).map((r) => filled(r.cells).join(best.delimiter));
  const frame = { delimiter: best.delimiter, titleLines: titles.slice(0, 50) };
  const noHeader = hints.headerLine === 0 || (hints.headerLine === undefined && looksLikeData(header.cells));
  if (noHeader) {
    const first = hints.headerLine === 0 ? (rows.find((r) => r.cells.length === width) ?? header) : header;
    return { ...frame, headerLine: 0, dataFrom: first.row, width, header: new Array<string>(width).fill('') };
  }
  const headerWidth = Math.max(trimmedWidth(header.cells), hints.headerLine === undefined ? 1 : 0);
  // a header shorter than its rows still names them all; cells beyond are named by us
  const columns = Math.max(headerWidth, width);
  const names = Array.from({ length: columns }, (_, i) => header.cells[i] ?? '');
  return { ...frame, headerLine: header.row, dataFrom: header.row + 1, width: columns, header: names };
}

function readRows(sample: string, delimiter: Delimiter, whole: boolean): SampleRow[] {
  const rows: SampleRow[] = [];
  const reader: CsvReader = new CsvReader(
    delimiter,
    READING_LIMITS,
    (cells, row) => {
      if (cells.some((cell) => cell.trim() !== '')) rows.push({ row, cells });
      if (rows.length >= SAMPLE_ROWS) reader.stopped = true;
    },
    () => undefined,
  );
  reader.write(sample);
  // the last row of a cut sample may be cut itself; alone it is all there is
  if (whole || rows.length === 0) reader.end();
  return rows;
}

function score(rows: SampleRow[]): { score: number; width: number } {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let width = 1;
  let most = 0;
  for (const [cells, count] of counts) {
    if (cells > 1 && (count > most || (count === most && cells > width))) [width, most] = [cells, count];
  }
  if (width === 1) return { score: 0.01, width };
  const share = most / rows.length;
  // a lone row with a comma in a list of plain lines does not make a table
  if (share < 0.2) return { score: 0.005, width: 1 };
  return { score: share * share * (1 + Math.log2(width)), width };
}

function headerAmong(rows: SampleRow[], width: number, wanted?: number): SampleRow {
  const asked = wanted ? rows.find((r) => r.row === wanted) : undefined;
  if (asked) return asked;
  const fits = rows.find((r) => {
    if (width === 1) return true;
    const count = filled(r.cells).length;
    return (
      r.cells.length >= width - trailingEmpty(rows, width) && count >= 2 && count * 2 >= Math.min(r.cells.length, width)
    );
  });
  return fits ?? rows.find((r) => r.cells.length === width) ?? (rows[0] as SampleRow);
}

/** How many trailing columns are empty in every row: exports often end each row with a delimiter, but not the header. */
function trailingEmpty(rows: SampleRow[], width: number): number {
  return Math.min(...rows.filter((r) => r.cells.length === width).map((r) => width - trimmedWidth(r.cells)));
}

function trimmedWidth(cells: string[]): number {
  let width = cells.length;
  while (width > 0 && cells[width - 1]?.trim() === '') width--;
  return width;
}

function filled(cells: string[]): string[] {
  return cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
}

/** A header has at least one word; a row of figures and dates only is data. Years above columns stay a header. */
function looksLikeData(cells: string[]): boolean {
  const text = shapeIndex('TEXT');
  const seen = filled(cells);
  if (seen.every((cell) => /^(?:19|20)\d{2}$/.test(cell))) return false;
  return seen.every((cell) => shapeOf(cell) !== text);
}
