import { parse } from '#lib/kernel';
import { askedOf, checkFields, checkRows, type TypedField } from './form-check';
import { partialForm, requestForm, type RequestFormInput } from './request-form';

const input = (more: object = {}): RequestFormInput => ({
  productId: '01900000-0000-7000-8000-000000000001',
  consumerUnitId: '01900000-0000-7000-8000-000000000002',
  project: 'Stadtklima',
  purposeCode: 'KLIMA_UMWELT',
  purposeText: 'Bäume für die Klimakarte auswerten',
  from: '2026-01-01',
  until: '2026-12-31',
  fields: ['art'],
  form: 'ROWLEVEL',
  ...more,
});
const faults = (more: object): string[] => {
  try {
    parse(requestForm, input(more));
    return [];
  } catch (problem) {
    return (problem as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
  }
};

test.each([
  ['a member nobody knows', { state: 'APPROVED' }, '/state'],
  ['a prototype smuggled in', JSON.parse('{"__proto__":{"admin":true}}'), '/__proto__'],
  ['no end', { until: undefined }, '/until'],
  ['an end before the beginning', { until: '2025-01-01' }, '/until'],
  ['a day that does not exist', { until: '2026-02-30' }, '/until'],
  ['a field twice', { fields: ['art', 'art'] }, '/fields'],
  ['no field', { fields: [] }, '/fields'],
  ['a purpose in one word', { purposeText: 'Karte' }, '/purposeText'],
  ['a NUL in a text', { project: 'Stadt\0klima' }, '/project'],
  ['SQL in place of a filter', { rows: '1=1; DROP TABLE' }, '/rows'],
  ['a half day of keeping', { retentionDays: 0.5 }, '/retentionDays'],
])('a form with %s is refused by pointer', (_, more, pointer) => {
  expect(faults(more as object)).toContain(pointer);
});

test('a text is kept as people read it: composed, trimmed, with its lines', () => {
  const { purposeText } = parse(requestForm, input({ purposeText: '  Ba\u0308ume und 🌳\r\nzählen ' }));
  expect(purposeText).toBe('Bäume und 🌳\nzählen');
});

test('hostile nesting of a filter is refused, not followed', () => {
  let rows: object = { column: 'art', op: 'not_null' };
  for (let depth = 0; depth < 5_000; depth++) rows = { all: [rows] };
  expect(faults({ rows })).toContain('/rows');
});

test('a form still being filled in needs product and unit only', () => {
  const { productId, consumerUnitId } = input();
  expect(parse(partialForm, { productId, consumerUnitId })).toMatchObject({ productId, consumerUnitId });
  expect(() => parse(partialForm, { productId })).toThrow();
});

const FIELDS: TypedField[] = [
  { name: 'art', type: 'TEXT', class: 'NONE' },
  { name: 'hoehe', type: 'DECIMAL', class: 'NONE' },
  { name: 'gutachter', type: 'TEXT', class: 'DIRECT_ID' },
  { name: 'geburtsjahr', type: 'INTEGER', class: 'QUASI_ID' },
  { name: 'lage', type: 'TEXT', class: 'NONE', mask: { kind: 'grid', metres: 100 } },
];
const clear = () => 'CLEAR' as const;

test('rows are chosen by fields of the version, with values of their type', () => {
  expect(
    checkRows(
      {
        all: [
          { column: 'art', op: 'eq', value: 'Linde' },
          { column: 'hoehe', op: 'gte', value: 2.5 },
        ],
      },
      FIELDS,
      clear,
    ),
  ).toEqual([]);
  expect(checkRows({ any: [{ column: 'nix', op: 'not_null' }] }, FIELDS, clear)).toMatchObject([
    { pointer: '/rows/any/0/column' },
  ]);
  expect(checkRows({ column: 'hoehe', op: 'eq', value: 'hoch' }, FIELDS, clear)).toMatchObject([
    { pointer: '/rows/value' },
  ]);
  expect(checkFields(['art', 'nix'], FIELDS)).toMatchObject([{ pointer: '/fields/1', code: 'field_unknown' }]);
});

test.each(['gutachter', 'lage'])(
  'rows are not chosen by the protected field %s: the choice would tell its value',
  (column) => {
    expect(checkRows({ column, op: 'eq', value: 'x' }, FIELDS, clear)).toMatchObject([{ code: 'filter_not_allowed' }]);
  },
);

test('rows are chosen by what is asked for as it is, or has no personal reference', () => {
  const told = (column: string, fields: string[], coarser?: { field: string }[]) =>
    checkRows({ column, op: 'not_null' }, FIELDS, askedOf({ fields, coarser })).map(({ detail }) => detail);
  expect(told('art', [])).toEqual([]);
  expect(told('geburtsjahr', ['geburtsjahr'])).toEqual([]);
  expect(told('geburtsjahr', ['art'])).toEqual([
    'Nach „geburtsjahr“ darf nur ausgewählt werden, wenn Sie das Feld auch anfragen.',
  ]);
  for (const column of ['art', 'geburtsjahr'])
    expect(told(column, [column], [{ field: column }])).toEqual([expect.stringContaining('in gröberer Form')]);
});
