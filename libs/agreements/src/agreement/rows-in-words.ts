import { quoted } from '#lib/kernel';
import type { RowFilter } from '#lib/sources';

/** A row filter as a sentence; values of `hidden` columns are not told. */
export function rowsInWords(filter: RowFilter, hidden: readonly string[] = []): string {
  if ('all' in filter) return filter.all.map((one) => bracketed(one, hidden)).join(' und ');
  if ('any' in filter) return filter.any.map((one) => bracketed(one, hidden)).join(' oder ');
  const { column } = filter;
  if (filter.op === 'not_null') return `${column} ist angegeben`;
  if (hidden.includes(column)) return `${column} erfüllt eine Bedingung, deren Wert geschützt ist`;
  switch (filter.op) {
    case 'eq':
      return `${column} ist ${word(filter.value)}`;
    case 'in':
      return `${column} ist eines von ${filter.value.map(word).join(', ')}`;
    case 'gte':
      return `${column} ab ${word(filter.value)}`;
    case 'lte':
      return `${column} bis ${word(filter.value)}`;
    case 'between':
      return `${column} von ${word(filter.value[0])} bis ${word(filter.value[1])}`;
  }
}
const bracketed = (filter: RowFilter, hidden: readonly string[]): string =>
  'all' in filter || 'any' in filter ? `(${rowsInWords(filter, hidden)})` : rowsInWords(filter, hidden);
const word = (value: string | number | boolean): string => {
  if (typeof value === 'boolean') return value ? 'ja' : 'nein';
  return typeof value === 'number' ? String(value).replace('.', ',') : quoted(value);
};
