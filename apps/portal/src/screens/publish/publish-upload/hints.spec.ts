import type { Recognition } from '#lib/sources';
import { hintsOf } from './hints';

const recognition = {
  encoding: 'utf-8',
  delimiter: ';',
  headerLine: 1,
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
  expect(hintsOf({ delimiter: 'TAB' }, recognition).delimiter).toBe('\t');
});

test('with other columns nobody’s old types count', () => {
  expect(hintsOf({ delimiter: ',', 'type-0': 'TEXT' }, recognition)).toEqual({ delimiter: ',' });
  expect(hintsOf({ headerLine: '3', 'type-0': 'TEXT' }, recognition)).toEqual({ headerLine: 3 });
});

test('a type that is none is no hint', () => {
  expect(hintsOf({ 'type-0': 'GEOMETRY' }, recognition)).toEqual({});
});
