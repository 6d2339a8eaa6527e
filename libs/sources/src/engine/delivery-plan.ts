import { cell, quoted } from '#text';
import { z } from 'zod';
import { FORMAT_NAMES } from '../formats';
import type { ColumnType } from '../reading/recognition';

/** Deepest nesting and most conditions of a row filter; beyond it is no agreement a person could read. */
const FILTER_DEPTH = 8;
const FILTER_CONDITIONS = 500;

const wellFormed = (text: string) => !/[\0\p{Surrogate}]/u.test(text);
const word = z.string().max(10_000).refine(wellFormed, 'Der Text enthält Zeichen, die in keiner Zelle stehen können.');
const value = z.union([word, z.number(), z.boolean()]);
const column = z.string().min(1).max(200).refine(wellFormed, 'Der Name enthält nicht erlaubte Zeichen.');

const masksOf = <P extends z.ZodObject>(words: z.ZodString, pseudonym: P) =>
  z.discriminatedUnion('kind', [
    /** the column is not delivered */
    z.strictObject({ kind: z.literal('drop') }),
    /** the column is delivered empty */
    z.strictObject({ kind: z.literal('null') }),
    /** every value, also a missing one, becomes this text */
    z.strictObject({ kind: z.literal('redact'), with: words }),
    /** DATE and TIMESTAMP only: the year as INTEGER */
    z.strictObject({ kind: z.literal('year') }),
    /** numbers only: to the nearest multiple, halves away from zero */
    z.strictObject({ kind: z.literal('round'), to: z.number().positive().max(1e12) }),
    /**
     * numbers only: lower edge of the grid cell. `metres` fits projected coordinates; for longitude and latitude say which
     * it is, then the step is that many metres in degrees (longitude measured at 50° north).
     */
    z.strictObject({
      kind: z.literal('grid'),
      metres: z.number().positive().max(1e7),
      degrees: z.enum(['LON', 'LAT']).optional(),
    }),
    /** HMAC-SHA256 of the value as text under the key of the delivery, first 32 hexadecimal digits; missing stays missing */
    pseudonym,
  ]);
/** A mask as it is kept and carried out. Those of before named a key (`keyRef`); it is read and counts for nothing. */
export const maskSchema = masksOf(word, z.object({ kind: z.literal('pseudonym') }));
/** A mask as somebody names it. */
export const maskInput = masksOf(cell(200), z.strictObject({ kind: z.literal('pseudonym') }));
export type Mask = z.infer<typeof maskSchema>;

export type RowFilter =
  | { all: RowFilter[] }
  | { any: RowFilter[] }
  | { column: string; op: 'eq' | 'gte' | 'lte'; value: string | number | boolean }
  | { column: string; op: 'in'; value: (string | number | boolean)[] }
  | { column: string; op: 'between'; value: [string | number, string | number] }
  | { column: string; op: 'not_null' };

export const rowFilterSchema: z.ZodType<RowFilter> = z
  .lazy(() =>
    z.union([
      z.strictObject({ all: z.array(rowFilterSchema).min(1).max(100) }),
      z.strictObject({ any: z.array(rowFilterSchema).min(1).max(100) }),
      z.strictObject({ column, op: z.enum(['eq', 'gte', 'lte']), value }),
      z.strictObject({ column, op: z.literal('in'), value: z.array(value).min(1).max(10_000) }),
      z.strictObject({
        column,
        op: z.literal('between'),
        value: z.tuple([z.union([word, z.number()]), z.union([word, z.number()])]),
      }),
      z.strictObject({ column, op: z.literal('not_null') }),
    ]),
  )
  .meta({ id: 'RowFilter' });

export const deliveryPlanSchema = z.strictObject({
  objectKey: z.string(),
  columns: z
    .array(z.strictObject({ name: column, as: column.optional(), mask: maskSchema.optional() }))
    .min(1)
    .max(20_000),
  rows: rowFilterSchema.optional(),
  format: z.enum(FORMAT_NAMES),
  /** defuses cells a spreadsheet would run; for formats that people open in one, without effect on the others */
  spreadsheetSafe: z.boolean().optional(),
  /** rows as stored, unless it `needsKey`; without it they come in any order, which is faster and needs a third of the memory */
  order: z.literal('STORED').optional(),
});

/** What leaves: which columns of one stored object, masked how, which rows, in which format. Never SQL. */
export type DeliveryPlan = z.infer<typeof deliveryPlanSchema>;
export type PlannedColumn = DeliveryPlan['columns'][number];

/** A column of a stored object as the engine sees it. */
export interface StoredColumn {
  name: string;
  type: ColumnType;
  /** type in the Parquet file, e.g. DECIMAL(9,2) */
  stored: string;
}

export interface PlanFault {
  pointer: string;
  code: string;
  detail: string;
}

/** Deep nesting would overflow the stack of the schema itself, so it is measured first, without recursion. */
export function filterTooDeep(filter: unknown): boolean {
  let level: unknown[] = [filter];
  let conditions = 0;
  for (let depth = 0; level.length > 0; depth++) {
    conditions += level.length;
    if (depth > FILTER_DEPTH || conditions > FILTER_CONDITIONS) return true;
    level = level.flatMap((node): unknown[] => {
      const { all, any } = (node ?? {}) as { all?: unknown; any?: unknown };
      return [...(Array.isArray(all) ? (all as unknown[]) : []), ...(Array.isArray(any) ? (any as unknown[]) : [])];
    });
  }
  return false;
}

/** Masks that leave something of each value; of the others nothing can be put together again. */
const LEAVES_SOMETHING: readonly Mask['kind'][] = ['pseudonym', 'year', 'round', 'grid'];

/**
 * True when it delivers pseudonyms or coarser values. Without a key it can not be opened, and its rows come in an order of
 * the key: by their place in the file two deliveries would be put together again, row by row.
 */
export const needsKey = (plan: DeliveryPlan): boolean =>
  plan.columns.some(({ mask }) => mask !== undefined && LEAVES_SOMETHING.includes(mask.kind));

/** Checks a well-formed plan against the columns of its object. Every fault, none thrown. */
export function planFaults(plan: DeliveryPlan, stored: readonly StoredColumn[]): PlanFault[] {
  const faults: PlanFault[] = [];
  const known = new Map(stored.map((c) => [c.name, c]));
  const names = new Set<string>();
  let delivered = 0;
  plan.columns.forEach(({ name, as, mask }, i) => {
    const found = known.get(name);
    const pointer = `/columns/${i}`;
    if (!found) {
      faults.push({
        pointer: `${pointer}/name`,
        code: 'column_unknown',
        detail: `Die Spalte ${quoted(name)} gibt es nicht.`,
      });
      return;
    }
    if (mask && !maskFits(mask, found.type)) {
      const detail = `Die Maske „${mask.kind}“ passt nicht zur Spalte ${quoted(name)} (${found.type}).`;
      faults.push({ pointer: `${pointer}/mask`, code: 'mask_not_applicable', detail });
    }
    if (mask?.kind === 'drop') return;
    delivered++;
    const out = (as ?? name).toLowerCase();
    if (names.has(out)) {
      faults.push({
        pointer: `${pointer}/as`,
        code: 'column_twice',
        detail: `Die Spalte ${quoted(as ?? name)} kommt zweimal vor.`,
      });
    }
    names.add(out);
  });
  if (delivered === 0 && faults.length === 0) {
    faults.push({ pointer: '/columns', code: 'no_column', detail: 'Es bleibt keine Spalte übrig.' });
  }
  if (plan.rows) filterFaults(plan.rows, known, '/rows', faults);
  return faults;
}

function maskFits(mask: Mask, type: ColumnType): boolean {
  if (mask.kind === 'year') return type === 'DATE' || type === 'TIMESTAMP';
  if (mask.kind === 'round' || mask.kind === 'grid') return type === 'INTEGER' || type === 'DECIMAL';
  return true;
}

function filterFaults(filter: RowFilter, known: Map<string, StoredColumn>, at: string, faults: PlanFault[]): void {
  if ('all' in filter) return filter.all.forEach((part, i) => filterFaults(part, known, `${at}/all/${i}`, faults));
  if ('any' in filter) return filter.any.forEach((part, i) => filterFaults(part, known, `${at}/any/${i}`, faults));
  const found = known.get(filter.column);
  if (!found) {
    const detail = `Die Spalte ${quoted(filter.column)} gibt es nicht.`;
    faults.push({ pointer: `${at}/column`, code: 'column_unknown', detail });
    return;
  }
  if (filter.op === 'not_null') return;
  if (found.type === 'BOOLEAN' && filter.op !== 'eq' && filter.op !== 'in') {
    faults.push({ pointer: `${at}/op`, code: 'op_not_applicable', detail: 'Ja/nein kennt kein Größer oder Kleiner.' });
    return;
  }
  const values: unknown[] = Array.isArray(filter.value) ? filter.value : [filter.value];
  values.forEach((item, i) => {
    if (valueText(item, found.type) !== undefined) return;
    const pointer = Array.isArray(filter.value) ? `${at}/value/${i}` : `${at}/value`;
    const detail = `Der Wert passt nicht zur Spalte ${quoted(filter.column)} (${found.type}).`;
    faults.push({ pointer, code: 'value_type', detail });
  });
}

/** A filter value in the text the engine casts to the type of its column; undefined when it does not fit. */
export function valueText(item: unknown, type: ColumnType): string | undefined {
  const text = typeof item === 'string' ? item : String(item);
  switch (type) {
    case 'TEXT':
      return typeof item === 'string' ? item : undefined;
    case 'BOOLEAN':
      return typeof item === 'boolean' ? text : undefined;
    case 'INTEGER':
      return typeof item !== 'boolean' && /^-?\d{1,18}$/.test(text) ? text : undefined;
    case 'DECIMAL':
      if (typeof item === 'number' && Number.isFinite(item))
        return /^-?\d{1,20}(?:\.\d{1,17})?$/.test(text) ? text : undefined;
      return typeof item === 'string' && /^-?\d{1,20}(?:\.\d{1,17})?$/.test(text) ? text : undefined;
    case 'DATE':
      return typeof item === 'string' && isDate(text.slice(0, 10)) && text.length === 10 ? text : undefined;
    case 'TIMESTAMP': {
      if (typeof item !== 'string') return undefined;
      const clock = /^[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?$/.test(text.slice(10));
      return isDate(text.slice(0, 10)) && (text.length === 10 || clock) ? text.replace('T', ' ') : undefined;
    }
  }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
