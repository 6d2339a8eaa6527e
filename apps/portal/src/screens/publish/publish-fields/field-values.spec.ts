import { atField } from '../../../layout/form-fields';
import { FIELD_PLACES, fieldsOf, lineValues, maskValue, masksFor } from './field-values';

const placeOf = (pointer: string): string => atField({ pointer, code: 'wrong', detail: '' }, FIELD_PLACES).pointer;

test('masks fit the type, and the chosen one stays on offer', () => {
  expect(masksFor('DATE', null).map(({ text }) => text)).toContain('nur das Jahr');
  expect(masksFor('TEXT', null).map(({ text }) => text)).not.toContain('nur das Jahr');
  const chosen = { kind: 'round' as const, to: 5 };
  expect(masksFor('INTEGER', chosen)[0]).toEqual({ value: maskValue(chosen), text: 'gerundet auf 5' });
});

test('what was said of the fields reaches the use case in their order', () => {
  const body = {
    'class-0': 'NONE',
    'meaning-0': 'Nummer',
    'mask-0': '',
    'class-1': 'DIRECT_ID',
    'meaning-1': 'Name',
    'mask-1': maskValue({ kind: 'drop' }),
    'unit-1': '',
    'reason-1': '',
  };
  expect(
    fieldsOf(body, [
      { name: 'nr', generalisations: [] },
      { name: 'name', generalisations: [] },
    ]),
  ).toEqual([
    { name: 'nr', class: 'NONE', meaning: 'Nummer', unit: null, mask: null, reason: null, generalisations: [] },
    {
      name: 'name',
      class: 'DIRECT_ID',
      meaning: 'Name',
      unit: null,
      mask: { kind: 'drop' },
      reason: null,
      generalisations: [],
    },
  ]);
});

test('a mask that is none is refused and never left out', () => {
  expect(fieldsOf({ 'mask-0': '{' }, [{ name: 'nr', generalisations: [] }])[0]?.mask).not.toBeNull();
});

test('faults point at the fields of our form', () => {
  expect(placeOf('/12/class')).toBe('/class-12');
});

test('coarser forms are kept, changed and added line by line', () => {
  const year = { kind: 'year' as const, class: 'NONE' as const };
  const round = { kind: 'round' as const, to: 5, name: 'Fünferstufen' };
  const fields = [
    { name: 'tag', generalisations: [year] },
    { name: 'alter', generalisations: [round] },
  ];
  const held = {
    'coarser-kind-0-0': maskValue({ kind: 'year' }),
    'coarser-class-0-0': 'NONE',
    'coarser-kind-1-0': maskValue({ kind: 'round', to: 5 }),
    'coarser-name-1-0': 'Fünferstufen',
  };
  const forms = (body: Record<string, string>) => fieldsOf(body, fields).map((field) => field.generalisations);
  expect(forms(held)).toEqual([[year], [round]]);
  expect(forms({ ...held, 'coarser-kind-0-0': '', 'coarser-kind-1-1': maskValue({ kind: 'null' }) })).toEqual([
    [],
    [round, { kind: 'null' }],
  ]);
  expect(forms({ ...held, 'coarser-kind-0-1': '{' })[0]).toHaveLength(2);
  expect(lineValues(round)).toEqual({ kind: '{"kind":"round","to":5}', class: '', name: 'Fünferstufen' });
  expect(placeOf('/3/generalisations/1/class')).toBe('/coarser-3');
});
