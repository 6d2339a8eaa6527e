import type { RowFilter } from '#lib/sources';
import { z } from 'zod';
import { cell, quoted } from '#lib/kernel';
import { column } from './input-schemas';

const scalar = z.union([cell(500), z.number('Bitte geben Sie eine Zahl an.'), z.boolean()]);
const bound = z.union([cell(500), z.number()]);
const condition = z.union([
  z.strictObject({ column, op: z.enum(['eq', 'gte', 'lte']), value: scalar }),
  z.strictObject({
    column,
    op: z.literal('in'),
    value: z.array(scalar).min(1).max(1000, 'Höchstens 1000 Werte je Bedingung.'),
  }),
  z.strictObject({ column, op: z.literal('between'), value: z.tuple([bound, bound]) }),
  z.strictObject({ column, op: z.literal('not_null') }),
]);
// three levels are enough for "all of (any of …)"; a bound keeps hostile nesting out
const group = <T extends z.ZodType>(inner: T) =>
  z.union([
    condition,
    z.strictObject({ all: z.array(inner).min(1).max(50) }),
    z.strictObject({ any: z.array(inner).min(1).max(50) }),
  ]);

/** Which rows are asked for: conditions on typed fields, joined by `all` and `any`. Never SQL. */
export const rowFilter: z.ZodType<RowFilter> = group(group(group(condition)));

export type RowCondition = z.infer<typeof condition>;
export type { RowFilter };

/** All conditions of a filter with their place in it as a JSON pointer. */
export function conditionsOf(filter: RowFilter, at = '/rows'): { condition: RowCondition; pointer: string }[] {
  if ('all' in filter) return filter.all.flatMap((inner, i) => conditionsOf(inner, `${at}/all/${i}`));
  if ('any' in filter) return filter.any.flatMap((inner, i) => conditionsOf(inner, `${at}/any/${i}`));
  return [{ condition: filter, pointer: at }];
}

/** Rows that pass both filters. Joining with `all` can only take rows away, so the result is never wider than either. */
export function narrowRows(a: RowFilter | null, b: RowFilter | null): RowFilter | null {
  if (!a) return b;
  if (!b) return a;
  return { all: [a, b] };
}

const OPERATOR: Record<RowCondition['op'], string> = {
  eq: 'ist',
  gte: 'ist mindestens',
  lte: 'ist höchstens',
  in: 'ist eines von',
  between: 'liegt zwischen',
  not_null: 'ist angegeben',
};

/** A row filter as a sentence: `art ist eines von „Linde“, „Eiche“ und gepflanzt ist mindestens 01.04.2026`. */
export function filterInWords(filter: RowFilter | null | undefined): string {
  if (!filter) return 'alle Zeilen';
  if ('all' in filter) return filter.all.map(bracketed).join(' und ');
  if ('any' in filter) return filter.any.map(bracketed).join(' oder ');
  const start = `${filter.column} ${OPERATOR[filter.op]}`;
  switch (filter.op) {
    case 'not_null':
      return start;
    case 'between':
      return `${start} ${valueInWords(filter.value[0])} und ${valueInWords(filter.value[1])}`;
    case 'in':
      return `${start} ${filter.value.map(valueInWords).join(', ')}`;
    case 'eq':
    case 'gte':
    case 'lte':
      return `${start} ${valueInWords(filter.value)}`;
  }
}
const bracketed = (inner: RowFilter): string =>
  'all' in inner || 'any' in inner ? `(${filterInWords(inner)})` : filterInWords(inner);
function valueInWords(one: string | number | boolean): string {
  if (typeof one === 'boolean') return one ? 'ja' : 'nein';
  return /^\d{4}-\d{2}-\d{2}$/.test(String(one)) ? String(one).split('-').reverse().join('.') : quoted(String(one));
}
