import { parse, Problem } from '#lib/kernel';
import { requestForm, type RequestForm } from '#lib/requests';
import { bodyOf, formOf, notCarried, partialOf } from './form-values';
import { linesOf } from './widgets/rows';

const id = '0190a000-0000-7000-8000-000000000001';
const types = new Map([
  ['beginn', 'DATE' as const],
  ['hoehe', 'DECIMAL' as const],
  ['anzahl', 'INTEGER' as const],
  ['aktiv', 'BOOLEAN' as const],
  ['art', 'TEXT' as const],
]);
const filled = {
  consumerUnitId: id,
  project: 'Umleitungen planen',
  purposeCode: 'VERKEHRSPLANUNG',
  purposeText: 'Wir planen Umleitungen.',
  from: '2026-12-01',
  until: '2026-12-31',
  fields: 'beginn',
  form: 'ROWLEVEL',
};
const rows = (line: Record<string, string>) =>
  formOf(
    { ...filled, ...Object.fromEntries(Object.entries(line).map(([name, value]) => [`rows-0-${name}`, value])) },
    id,
    types,
  ).rows;

test('what a person fills in is what the use case takes', () => {
  const form = parse(
    requestForm,
    formOf(
      { ...filled, recipients: ' Sachgebiet A \r\n\r\nSachgebiet B', retentionDays: '90', declarations: ['holdsKey'] },
      id,
      types,
    ),
  );
  expect(form).toMatchObject({
    fields: ['beginn'],
    recipients: ['Sachgebiet A', 'Sachgebiet B'],
    retentionDays: 90,
    rows: null,
    caseNumber: null,
  });
  expect(form.declarations).toEqual({
    holdsKey: true,
    thirdCountry: false,
    automatedDecision: false,
    nonProduction: false,
    jointControl: false,
  });
});

test('a stored form shown again and sent unchanged is the same form', () => {
  const form = parse(requestForm, {
    ...formOf(
      {
        ...filled,
        'rows-0-column': 'beginn',
        'rows-0-op': 'gte',
        'rows-0-value': '01.04.2026',
        'rows-1-column': 'art',
        'rows-1-op': 'in',
        'rows-1-value': 'Linde; Eiche',
      },
      id,
      types,
    ),
    attachments: [
      { kind: 'DSFA', title: 'Folgenabschätzung', reference: 'E-Akte 1' },
      { kind: 'GENEHMIGUNG_LANDESBEHOERDE', title: 'Genehmigung', reference: 'E-Akte 2', validUntil: '2027-01-31' },
    ],
    declarations: { holdsKey: true, jointControl: false, singleCase: false, exclusive: true },
  });
  expect(parse(requestForm, formOf(bodyOf(form), id, types))).toEqual(form);
});

test('a question is answered with yes or no, and one left open is not a no', () => {
  expect(
    formOf(
      { ...filled, 'declarations-singleCase': 'nein', 'declarations-exclusive': 'ja', 'declarations-salesArm': '' },
      id,
      types,
    ).declarations,
  ).toMatchObject({ singleCase: false, exclusive: true });
  expect(formOf(filled, id, types).declarations).not.toHaveProperty('singleCase');
});

test('days and numbers may be written in German', () => {
  expect(rows({ column: 'beginn', op: 'gte', value: '01.04.2026' })).toEqual({
    all: [{ column: 'beginn', op: 'gte', value: '2026-04-01' }],
  });
  expect(rows({ column: 'hoehe', op: 'lte', value: '12,5' })).toEqual({
    all: [{ column: 'hoehe', op: 'lte', value: '12.5' }],
  });
  expect(rows({ column: 'anzahl', op: 'eq', value: '7' })).toEqual({ all: [{ column: 'anzahl', op: 'eq', value: 7 }] });
  expect(rows({ column: 'aktiv', op: 'eq', value: 'Ja' })).toEqual({
    all: [{ column: 'aktiv', op: 'eq', value: true }],
  });
  expect(rows({ column: 'art', op: 'not_null', value: 'x' })).toEqual({ all: [{ column: 'art', op: 'not_null' }] });
});

test('a value of another type is passed on as written, for the use case to say what it expects', () => {
  expect(rows({ column: 'anzahl', op: 'eq', value: 'viele' })).toEqual({
    all: [{ column: 'anzahl', op: 'eq', value: 'viele' }],
  });
});

test('a number that is none is refused and never dropped', () => {
  expect(() => parse(requestForm, formOf({ ...filled, retentionDays: 'neunzig' }, id, types))).toThrow(Problem);
});

test('a pre-check leaves out what is still empty', () => {
  const partial = partialOf(formOf({ consumerUnitId: id, fields: [] }, id, types));
  expect(Object.keys(partial).sort()).toEqual(['consumerUnitId', 'declarations', 'insistsOnFields', 'productId']);
});

test('a filter richer than the form is not shown as something else', () => {
  expect(linesOf({ any: [{ column: 'a', op: 'eq', value: 1 }] })).toBeNull();
  expect(linesOf({ column: 'a', op: 'between', value: [1, 2] })).toBeNull();
});

const richer = {
  any: [
    { column: 'art', op: 'eq' as const, value: 'Linde' },
    { column: 'hoehe', op: 'between' as const, value: [1, 2] as [number, number] },
  ],
};
const document = (at: number) => ({ kind: 'DSFA', title: `Dokument ${at}`, reference: `E-Akte ${at}` });
const other = (at: number) => `0190a000-0000-7000-8000-00000000001${at}`;

test.each<[string, Partial<RequestForm>]>([
  ['a filter richer than its lines', { rows: richer }],
  ['a text with a semicolon', { rows: { all: [{ column: 'art', op: 'in', value: ['a; b', 'c'] }] } }],
  ['a yes', { rows: { all: [{ column: 'aktiv', op: 'eq', value: true }] } }],
  ['more documents than lines', { attachments: [1, 2, 3, 4].map(document) }],
  ['more than one other unit', { onwardUnitIds: [1, 2, 3].map(other) }],
])('%s comes back as it was', (_, more) => {
  const form = { ...parse(requestForm, formOf(filled, id, types)), ...more };
  const body = bodyOf(form, types);
  expect(parse(requestForm, formOf(body, id, types))).toEqual(form);
  expect(notCarried(form, body, types, {})).toEqual([]);
});

test('a filter that is kept can be dropped, and narrowed by a line', () => {
  const body = bodyOf({ rows: richer }, types);
  const line = { 'rows-0-column': 'art', 'rows-0-op': 'eq', 'rows-0-value': 'Eiche' };
  expect(formOf({ ...body, 'rows-kept': '' }, id, types).rows).toBeNull();
  expect(formOf({ ...body, ...line }, id, types).rows).toEqual({
    all: [richer, { all: [{ column: 'art', op: 'eq', value: 'Eiche' }] }],
  });
  expect(() =>
    parse(requestForm, { ...filled, ...formOf({ ...filled, 'rows-kept': 'no json' }, id, types) }),
  ).toThrow();
});

test('what the lists do not offer any more is named, and not left out in silence', () => {
  const form = {
    ...parse(requestForm, formOf({ ...filled, legalBasis: ['WEG'], processorUnitId: other(1) }, id, types)),
    fields: ['beginn', 'gone'],
    coarser: [{ field: 'gone', mask: { kind: 'year' as const } }],
  };
  const options = { columns: [{ value: 'beginn', text: 'beginn' }], legalBases: [], otherUnits: [] };
  expect(notCarried(form, bodyOf(form, types), types, options)).toEqual([
    'legalBasis',
    'fields',
    'coarser',
    'processorUnitId',
  ]);
});
