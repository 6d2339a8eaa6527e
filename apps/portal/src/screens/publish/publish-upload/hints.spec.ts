import { CONNECTORS, type Recognition } from '#lib/sources';
import { hintsOf, settingFields } from './hints';

const recognition = {
  format: { kind: 'csv', encoding: 'utf-8', delimiter: ';', headerLine: 1 },
  columns: [
    { name: 'plz', type: 'INTEGER' },
    { name: 'ort', type: 'TEXT' },
  ],
} as unknown as Recognition;

test('only corrections are hints', () => {
  expect(hintsOf({ 'type-0': 'INTEGER', 'type-1': 'TEXT' }, recognition)).toEqual({});
  expect(hintsOf({ 'type-0': 'TEXT', 'type-1': 'TEXT', decimal: ',', nullValues: 'k. A.; -' }, recognition)).toEqual({
    types: { plz: 'TEXT' },
    decimal: ',',
    nullValues: ['k. A.', '-'],
  });
});

test('a tab survives the form', () => {
  expect(hintsOf({ delimiter: '%09' }, recognition).delimiter).toBe('\t');
});

test('with other columns nobody’s old types count', () => {
  expect(hintsOf({ delimiter: ',', 'type-0': 'TEXT' }, recognition)).toEqual({ delimiter: ',' });
  expect(hintsOf({ headerLine: '3', 'type-0': 'TEXT' }, recognition)).toEqual({ headerLine: 3 });
});

test('a type that is none is no hint', () => {
  expect(hintsOf({ 'type-0': 'GEOMETRY' }, recognition)).toEqual({});
});

test('a file read as another kind takes no setting of the old one along', () => {
  expect(hintsOf({ connector: 'json', delimiter: ',', 'type-0': 'TEXT' }, recognition)).toEqual({ connector: 'json' });
  expect(hintsOf({ connector: 'csv' }, recognition)).toEqual({});
});

test.each(CONNECTORS)('$kind: every setting but the types of columns is a field with words', ({ settings }) => {
  const fields = settingFields(settings);
  expect(fields.map(({ name }) => name)).toEqual(Object.keys(settings.shape).filter((name) => name !== 'types'));
  for (const { name, title, options, kind } of fields) {
    expect(title).not.toBe(name);
    if (kind === 'CHOICE') expect(options.every(({ text, value }) => text !== '' && value.trim() !== '')).toBe(true);
  }
});
