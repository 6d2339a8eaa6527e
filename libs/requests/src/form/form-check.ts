import type { FieldList, Generalisation } from '#lib/catalogue';
import { canonicalJson, type InputFault } from '#lib/kernel';
import { type ColumnType, planFaults } from '#lib/sources';
import { conditionsOf, type RowFilter } from './row-filter';

/** What is known of a field of a product version. */
export interface TypedField {
  name: string;
  type: ColumnType;
  class: string;
  mask?: unknown;
  /** coarser forms the product declares */
  generalisations?: readonly Generalisation[];
  /** statutes that name it; absent: none */
  listedIn?: readonly FieldList[];
}

/** Choosing rows by such a field tells its value, whatever mask the delivery puts on it. */
const TELLING: readonly string[] = ['DIRECT_ID', 'SENSITIVE', 'SECRET'];

/** Faults of the asked fields: each must exist in the version. */
export function checkFields(names: readonly string[], held: readonly TypedField[], at = '/fields'): InputFault[] {
  const known = new Set(held.map((field) => field.name));
  return names
    .map((name, i) => ({ name, pointer: `${at}/${i}` }))
    .filter(({ name }) => !known.has(name))
    .map(({ name, pointer }) => ({
      pointer,
      code: 'field_unknown',
      detail: `Das Feld „${name}“ gibt es in dieser Fassung nicht.`,
    }));
}

/** Faults of a row filter: what the engine could not answer, and fields whose value the choice itself would tell. */
export function checkRows(filter: RowFilter | null, held: readonly TypedField[]): InputFault[] {
  if (!filter) return [];
  const columns = held.slice(0, 1).map(({ name }) => ({ name }));
  const stored = held.map(({ name, type }) => ({ name, type, stored: type }));
  const unfit = planFaults({ objectKey: '', columns, rows: filter, format: 'csv' }, stored).filter(({ pointer }) =>
    pointer.startsWith('/rows'),
  );
  const byName = new Map(held.map((field) => [field.name, field]));
  const telling = conditionsOf(filter).flatMap(({ condition, pointer }): InputFault[] => {
    const field = byName.get(condition.column);
    if (!field || (!TELLING.includes(field.class) && !field.mask)) return [];
    const detail = `Nach „${field.name}“ darf nicht ausgewählt werden, weil das Feld geschützt ist.`;
    return [{ pointer: `${pointer}/column`, code: 'filter_not_allowed', detail }];
  });
  return [...unfit, ...telling];
}

/**
 * One text for one value, whatever the order of its members (jsonb keeps none). Canonical JSON knows no decimals, which
 * filters may have, so numbers go in as text.
 */
export const sameText = (value: unknown): string =>
  canonicalJson(
    JSON.parse(JSON.stringify(value ?? null, (_, part: unknown) => (typeof part === 'number' ? String(part) : part))),
  );

/** Names of the members in which two forms differ. */
export function changedMembers(before: object, after: object): string[] {
  const [a, b] = [before as Record<string, unknown>, after as Record<string, unknown>];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((key) => sameText(a[key]) !== sameText(b[key]))
    .sort();
}
