import type { RowFilter } from '#lib/sources';
import type { TypedField } from '../form/form-check';
import { singlesOut } from './facts-assembly';

const HELD: TypedField[] = [
  { name: 'art', type: 'TEXT', class: 'NONE' },
  { name: 'geburtsjahr', type: 'INTEGER', class: 'QUASI_ID' },
  { name: 'nummer', type: 'INTEGER', class: 'NONE', mask: { kind: 'pseudonym' } },
];
const chosen = (rows: RowFilter | null) => singlesOut({ rows }, HELD);

test.each<[string, RowFilter | null, boolean]>([
  ['no rows', null, false],
  ['what is free of persons', { column: 'art', op: 'eq', value: 'Linde' }, false],
  ['that a value is there, which few may have', { column: 'geburtsjahr', op: 'not_null' }, true],
  ['that a value free of persons is there', { column: 'art', op: 'not_null' }, false],
  ['a value', { column: 'geburtsjahr', op: 'eq', value: 1950 }, true],
  ['one of some values', { column: 'geburtsjahr', op: 'in', value: [1950] }, true],
  ['two bounds that meet', { column: 'geburtsjahr', op: 'between', value: [1950, 1950] }, true],
  [
    'a bound deep inside',
    {
      any: [{ column: 'art', op: 'eq', value: 'Linde' }, { all: [{ column: 'geburtsjahr', op: 'gte', value: 1950 }] }],
    },
    true,
  ],
  ['what is delivered as a pseudonym', { column: 'nummer', op: 'eq', value: 7 }, true],
  ['a field nobody knows', { column: 'fremd', op: 'eq', value: 1 }, true],
])('choosing rows by %s', (_, rows, expected) => expect(chosen(rows)).toBe(expected));
