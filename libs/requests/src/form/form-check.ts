import type { FieldList, Generalisation } from '#lib/catalogue';
import { canonicalJson, type InputFault, quoted } from '#lib/kernel';
import { PROTECTED_CLASSES } from '#lib/policy';
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

/** Faults of the asked fields: each must exist in the version. */
export function checkFields(names: readonly string[], held: readonly TypedField[], at = '/fields'): InputFault[] {
  const known = new Set(held.map((field) => field.name));
  return names
    .map((name, i) => ({ name, pointer: `${at}/${i}` }))
    .filter(({ name }) => !known.has(name))
    .map(({ name, pointer }) => ({
      pointer,
      code: 'field_unknown',
      detail: `Das Feld ${quoted(name)} gibt es in dieser Fassung nicht.`,
    }));
}

/** What is delivered of a field that rows are chosen by: as it is, in a coarser form, or nothing. */
export type Delivered = 'CLEAR' | 'COARSER' | 'NOT';

/**
 * Whether choosing rows by a field tells more of it than is delivered. What is left out may be chosen by only where it
 * has no personal reference and nobody masks it.
 */
export const tellsByChoosing = (field: { class: string; mask?: unknown }, delivered: Delivered): boolean =>
  delivered === 'COARSER' || (delivered === 'NOT' && (field.class !== 'NONE' || Boolean(field.mask)));

/** What a form asks of a field. */
export const askedOf =
  ({ fields, coarser }: { fields: readonly string[]; coarser?: readonly { field: string }[] | undefined }) =>
  (name: string): Delivered => {
    if (coarser?.some(({ field }) => field === name)) return 'COARSER';
    return fields.includes(name) ? 'CLEAR' : 'NOT';
  };

/** Faults of a row filter: what the engine could not answer, and fields whose value the choice itself would tell. */
export function checkRows(
  filter: RowFilter | null,
  held: readonly TypedField[],
  delivered: (name: string) => Delivered,
): InputFault[] {
  if (!filter) return [];
  const columns = held.slice(0, 1).map(({ name }) => ({ name }));
  const stored = held.map(({ name, type }) => ({ name, type, stored: type }));
  const unfit = planFaults({ objectKey: '', columns, rows: filter, format: 'csv' }, stored).filter(({ pointer }) =>
    pointer.startsWith('/rows'),
  );
  const byName = new Map(held.map((field) => [field.name, field]));
  const telling = conditionsOf(filter).flatMap(({ condition, pointer }): InputFault[] => {
    const field = byName.get(condition.column);
    if (!field) return [];
    const fault = (detail: string) => [{ pointer: `${pointer}/column`, code: 'filter_not_allowed', detail }];
    // it may be masked by a rule that is asked later: then the choice would tell what the mask hides
    if (PROTECTED_CLASSES.includes(field.class) || field.mask)
      return fault(`Nach ${quoted(field.name)} darf nicht ausgewählt werden, weil das Feld geschützt ist.`);
    const asked = delivered(field.name);
    if (!tellsByChoosing(field, asked)) return [];
    return fault(
      asked === 'COARSER'
        ? `Nach ${quoted(field.name)} darf nicht ausgewählt werden, weil Sie das Feld in gröberer Form bekommen.`
        : `Nach ${quoted(field.name)} darf nur ausgewählt werden, wenn Sie das Feld auch anfragen.`,
    );
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
