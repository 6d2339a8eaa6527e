import type { InputFault } from '#lib/kernel';
import { conditionsOf, type RowFilter, type Scalar } from './row-filter';

/** What is known of a field of a product version. */
export interface TypedField {
  name: string;
  type: 'TEXT' | 'INTEGER' | 'DECIMAL' | 'DATE' | 'TIMESTAMP' | 'BOOLEAN';
  class: string;
  mask?: unknown;
}

const FITS: Record<TypedField['type'], (value: Scalar) => boolean> = {
  TEXT: (value) => typeof value === 'string',
  INTEGER: (value) => typeof value === 'number' && Number.isSafeInteger(value),
  DECIMAL: (value) =>
    (typeof value === 'number' && Number.isFinite(value)) ||
    (typeof value === 'string' && /^-?\d{1,20}(?:\.\d{1,20})?$/.test(value)),
  DATE: (value) =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`)),
  TIMESTAMP: (value) =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value)),
  BOOLEAN: (value) => typeof value === 'boolean',
};
const ORDERED: readonly TypedField['type'][] = ['INTEGER', 'DECIMAL', 'DATE', 'TIMESTAMP'];
const TYPE_NAME: Record<TypedField['type'], string> = {
  TEXT: 'Text',
  INTEGER: 'ganze Zahl',
  DECIMAL: 'Zahl',
  DATE: 'Datum wie 2026-12-31',
  TIMESTAMP: 'Zeitpunkt wie 2026-12-31T12:00:00Z',
  BOOLEAN: 'ja oder nein',
};
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

/** Faults of a row filter: fields must exist and not tell what is masked; values must have the type of their field. */
export function checkRows(filter: RowFilter | null, held: readonly TypedField[], at = '/rows'): InputFault[] {
  if (!filter) return [];
  const byName = new Map(held.map((field) => [field.name, field]));
  return conditionsOf(filter, at).flatMap(({ condition, pointer }): InputFault[] => {
    const field = byName.get(condition.column);
    if (!field)
      return [
        {
          pointer: `${pointer}/column`,
          code: 'field_unknown',
          detail: `Das Feld „${condition.column}“ gibt es in dieser Fassung nicht.`,
        },
      ];
    if (TELLING.includes(field.class) || field.mask) {
      return [
        {
          pointer: `${pointer}/column`,
          code: 'filter_not_allowed',
          detail: `Nach „${field.name}“ darf nicht ausgewählt werden, weil das Feld geschützt ist.`,
        },
      ];
    }
    if (condition.op === 'not_null') return [];
    if (['gte', 'lte', 'between'].includes(condition.op) && !ORDERED.includes(field.type)) {
      return [
        {
          pointer: `${pointer}/op`,
          code: 'filter_not_ordered',
          detail: `„${field.name}“ hat keine Reihenfolge. Bitte wählen Sie „gleich“ oder „eines von“.`,
        },
      ];
    }
    const values = Array.isArray(condition.value) ? condition.value : [condition.value];
    return values.every(FITS[field.type])
      ? []
      : [
          {
            pointer: `${pointer}/value`,
            code: 'filter_type',
            detail: `„${field.name}“ erwartet: ${TYPE_NAME[field.type]}.`,
          },
        ];
  });
}

/** Names of the members in which two forms differ. */
export function changedMembers(before: object, after: object): string[] {
  const [a, b] = [before as Record<string, unknown>, after as Record<string, unknown>];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]))
    .sort();
}
