import { changesBetween, changesInWords, onlyNarrows } from './comparison';
import { requestForm } from './request-form';
import { REQUEST_FIELDS } from './request-fields';

const ID = '0190a000-0000-7000-8000-000000000001';
const OTHER_UNIT = '0190a000-0000-7000-8000-000000000002';
const FULL = {
  productId: ID,
  consumerUnitId: ID,
  project: 'Stadtklima',
  purposeCode: 'KLIMA_UMWELT',
  purposeText: 'Wir zeichnen eine Klimakarte.',
  from: '2026-12-01',
  until: '2026-12-31',
  fields: ['art', 'hoehe'],
  coarser: [{ field: 'hoehe', mask: { kind: 'round' as const, to: 3 } }],
  rows: { column: 'bezirk', op: 'eq' as const, value: 'Nord' },
  form: 'ROWLEVEL' as const,
  retentionDays: 90,
  recipients: ['Sachgebiet Klima', 'Sachgebiet Karten'],
  processorUnitId: OTHER_UNIT,
  onwardUnitIds: [OTHER_UNIT],
  insistsOnFields: true,
};
const form = (change: object = {}) => requestForm.parse({ ...FULL, ...change });
const compared = (change: object, persons = false) =>
  Object.fromEntries(
    changesBetween(REQUEST_FIELDS, form(), form(change), persons).map(({ name, compared: how }) => [name, how]),
  );

const NARROWER = {
  fields: { fields: ['hoehe'] },
  coarser: { coarser: [{ field: 'hoehe', mask: { kind: 'round', to: 9 } }] },
  insistsOnFields: { insistsOnFields: false },
  rows: { rows: { all: [FULL.rows, { column: 'art', op: 'eq', value: 'Linde' }] } },
  form: { form: 'TABLE_AGG' },
  from: { from: '2026-12-02' },
  until: { until: '2026-12-30' },
  retentionDays: { retentionDays: 89 },
  recipients: { recipients: ['Sachgebiet Klima'] },
  processorUnitId: { processorUnitId: null },
  onwardUnitIds: { onwardUnitIds: [] },
};
const WIDER = {
  fields: { fields: ['art', 'hoehe', 'bezirk'] },
  coarser: { coarser: [] },
  rows: { rows: null },
  form: { form: 'API_LIVE' },
  from: { from: '2026-11-30' },
  until: { until: '2027-01-01' },
  retentionDays: { retentionDays: null },
  recipients: { recipients: [...FULL.recipients, 'Amtsleitung'] },
  onwardUnitIds: { onwardUnitIds: [OTHER_UNIT, ID] },
};

test.each(Object.entries(NARROWER))('less of `%s` is narrower', (name, change) => {
  expect(compared(change)).toEqual({ [name]: 'NARROWER' });
});
test.each(Object.entries(WIDER))('more of `%s` is wider', (name, change) => {
  expect(compared(change)).toEqual({ [name]: 'WIDER' });
});

test('of data about persons fewer rows are other rows, all else that is less is narrower as ever', () => {
  for (const [name, change] of Object.entries(NARROWER))
    expect(compared(change, true)).toEqual({ [name]: name === 'rows' ? 'OTHER' : 'NARROWER' });
  expect(compared({ rows: { column: 'bezirk', op: 'eq', value: 'Süd' } }, true)).toEqual({ rows: 'OTHER' });
  expect(compared(WIDER.rows, true)).toEqual({ rows: 'WIDER' });
});

test('every statement of the form is compared; what says something else is new, also a new field nobody thought of', () => {
  const other = {
    purposeCode: 'STADTPLANUNG',
    purposeText: 'Wir zeichnen etwas ganz anderes.',
    project: 'Baustellen',
    legalBasis: ['DSGVO_6_1_E'],
    fields: ['art', 'bezirk'],
    rows: { column: 'bezirk', op: 'eq', value: 'Süd' },
    processorUnitId: ID,
    declarations: { singleCase: true },
  };
  const found = compared(other);
  expect(found).toMatchObject({
    ...{ purposeCode: 'OTHER', purposeText: 'OTHER', project: 'OTHER', legalBasis: 'OTHER', fields: 'OTHER' },
    ...{ rows: 'OTHER', processorUnitId: 'OTHER', singleCase: 'OTHER' },
  });
  expect(onlyNarrows(changesBetween(REQUEST_FIELDS, form(), form(other), false))).toBe(false);
  const extended = { ...REQUEST_FIELDS, made: { ...REQUEST_FIELDS.project, compares: undefined } };
  const changed = changesBetween(extended, { ...form(), made: 'a' }, { ...form(), made: 'b' }, false);
  expect(changed).toEqual([{ name: 'made', compared: 'OTHER' }]);
});

test('a field that goes takes its coarser form along, and a form of before that left something out says the same', () => {
  expect(compared({ fields: ['art'], coarser: [] })).toEqual({ fields: 'NARROWER', coarser: 'NARROWER' });
  const { onwardUnitIds: _, insistsOnFields: __, ...before } = form({ onwardUnitIds: [], insistsOnFields: false });
  expect(changesBetween(REQUEST_FIELDS, before, form({ onwardUnitIds: [], insistsOnFields: false }), false)).toEqual(
    [],
  );
});

test('a change is told before and after, once, where the field is told', () => {
  const names = (_list: string, code: string) => code;
  const after = form({ until: '2027-01-31', fields: ['hoehe'], coarser: [] });
  expect(changesInWords(REQUEST_FIELDS, form(), after, names, false)).toEqual([
    { label: 'Felder', before: 'art, hoehe (gerundet auf 3)', after: 'hoehe', compared: 'OTHER' },
    {
      label: 'Zeitraum',
      before: '01.12.2026 bis 31.12.2026',
      after: '01.12.2026 bis 31.01.2027',
      compared: 'WIDER',
    },
  ]);
});
