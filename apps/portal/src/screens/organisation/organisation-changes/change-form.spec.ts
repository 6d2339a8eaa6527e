import { Problem } from '#lib/kernel';
import type { FormBody } from '../../../layout/form-body';
import { changeOf, rowsOf } from './change-form';

const A = '0190a000-0000-7000-8000-00000000000a';
const B = '0190a000-0000-7000-8000-00000000000b';
const key = (name: string) => name.toLowerCase();
const faults = (kind: Parameters<typeof changeOf>[0], body: FormBody): string[] => {
  try {
    changeOf(kind, body, key);
    return [];
  } catch (problem) {
    return ((problem as Problem).errors ?? []).map(({ pointer }) => pointer);
  }
};
const basis = 'OV 12/2026';

test('a day is the beginning of that day in Wiesbaden; without a day the confirmation counts', () => {
  expect(changeOf('RENAME', { basis, unitId: A, name: 'Neu', orderedFor: '2027-01-01' }, key)).toEqual({
    kind: 'RENAME',
    basis,
    unitId: A,
    name: 'Neu',
    orderedFor: '2026-12-31T23:00:00.000Z',
  });
  expect(changeOf('MOVE', { basis, unitId: A, parentId: B }, key)).toEqual({
    kind: 'MOVE',
    basis,
    unitId: A,
    parentId: B,
  });
});

test('units merge into one that is there or one that is new, not both and not none', () => {
  expect(changeOf('MERGE', { basis, unitIds: [A], 'into-0-unitId': B }, key)).toMatchObject({
    unitIds: [A],
    into: { unitId: B },
  });
  expect(
    changeOf('MERGE', { basis, unitIds: [A, B], 'into-0-name': 'Bauamt', 'into-0-kind': 'AMT' }, key),
  ).toMatchObject({ into: { key: 'bauamt', name: 'Bauamt', kind: 'AMT', parentId: null, competition: false } });
  expect(faults('MERGE', { basis, unitIds: [A], 'into-0-unitId': B, 'into-0-name': 'Bauamt' })).toEqual([
    '/into-0-name',
  ]);
  expect(faults('MERGE', { basis, unitIds: [A] })).toEqual(['/into-0-unitId']);
  expect(faults('MERGE', { basis, 'into-0-unitId': B })).toEqual(['/unitIds']);
});

test('a split leaves out rows nobody filled in, but never fewer than two, and the records follow the row', () => {
  const body = {
    basis,
    unitId: A,
    rows: '4',
    'into-0-unitId': A,
    'into-1-unitId': B,
    'into-3-name': 'Drei',
    'into-3-kind': 'AMT',
    records: '3',
  };
  expect(changeOf('SPLIT', body, key)).toMatchObject({
    into: [{ unitId: A }, { unitId: B }, { name: 'Drei' }],
    records: 2,
  });
  expect(faults('SPLIT', { basis, unitId: A, 'into-0-unitId': A })).toEqual(['/into-1-unitId']);
});

test('another row is shown when asked for, up to a limit', () => {
  expect([rowsOf({}), rowsOf({ rows: '2', step: 'more' }), rowsOf({ rows: '999' }), rowsOf({ rows: 'x' })]).toEqual([
    2, 3, 8, 2,
  ]);
});

test('what is missing is named at its field', () => {
  expect(faults('RENAME', { basis })).toEqual(['/unitId', '/name']);
  expect(faults('DISSOLVE', { unitId: A })).toEqual(['/basis']);
  expect(faults('MERGE', { orderedFor: 'nie' })).toEqual(['/unitIds', '/into-0-unitId', '/basis', '/orderedFor']);
  expect(faults('RENAME', { basis, unitId: A, name: 'Neu', orderedFor: 'morgen' })).toEqual(['/orderedFor']);
});
