import { parse, Problem } from '#lib/kernel';
import { requestForm } from '#lib/requests';
import { bodyOf, formOf, linesOf, partialOf } from './form-values';

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
    linksPersonalProducts: false,
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
