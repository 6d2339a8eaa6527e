import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';

/** What a delivery must hold, computed from the source table without any code of the product. */
export interface Wanted {
  header: string[];
  rows: string[][];
}

/** `01` is a key and no number: whoever drops its zero changes it. */
const isNumber = (cell: string): boolean => /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(cell);

/** Equal as text, or as numbers where both are numbers (a store may write 9.10 as 9.1). */
const same = (a: string, b: string): boolean => a === b || (isNumber(a) && isNumber(b) && Number(a) === Number(b));

const sortKey = (row: readonly string[]): string =>
  row.map((cell) => (isNumber(cell) ? String(Number(cell)) : cell)).join('\u{1f}');

/** Compares a delivered CSV with what it must hold, row by row, whatever the order. Gives the first difference or null. */
export function firstDifference(csv: Buffer, delimiter: string, wanted: Wanted): string | null {
  const [header, ...rows] = parse(csv, { bom: true, delimiter });
  if (JSON.stringify(header) !== JSON.stringify(wanted.header))
    return `header ${header?.join()} instead of ${wanted.header.join()}`;
  if (rows.length !== wanted.rows.length) return `${rows.length} rows instead of ${wanted.rows.length}`;
  const given = rows.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const due = wanted.rows.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  for (const [at, row] of due.entries()) {
    const column = row.findIndex((cell, i) => !same(cell, given[at]![i]!));
    if (column >= 0)
      return `row ${at}, ${wanted.header[column]}: \`${given[at]![column]}\` instead of \`${row[column]}\``;
  }
  return null;
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
