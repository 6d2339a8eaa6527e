// A statement about a field of the data costs its entry in the table (and a column to keep it). Made up here.
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { z } from 'zod';
import { bodyOf, fieldsOf } from '../../apps/portal/src/screens/publish/publish-fields/field-values';
import { FieldsView } from '../../apps/portal/src/screens/publish/publish-fields/publish-fields.view';
import {
  FIELD_STATEMENTS,
  type FieldStatement,
  type FieldStatementTable,
  fieldsSchemaOf,
  keptOf,
  missingOf,
  type ProductVersion,
} from '../../libs/catalogue/src';

const TABLE = {
  ...FIELD_STATEMENTS,
  codeList: {
    label: 'Schlüsselverzeichnis',
    hint: 'Woher kommen die Schlüssel?',
    kind: 'line',
    schema: z.string().max(100, 'Höchstens 100 Zeichen.').nullable().optional(),
    section: 'field',
    binds: ['information'],
    asks: ({ suggestedClass }) => suggestedClass === 'QUASI_ID',
    leftOut: null,
    missing: (field) =>
      (field as { codeList?: string | null }).codeList === null ? 'Es fehlt das Schlüsselverzeichnis.' : null,
  },
} as const satisfies FieldStatementTable;
const schema = fieldsSchemaOf(TABLE);

const kept = {
  name: 'beruf',
  type: 'TEXT',
  stored: 'VARCHAR',
  meaning: 'Beruf',
  unit: null,
  class: 'SECRET',
  confirmed: false,
  classReason: 'nur Gruppen',
  suggestedClass: 'QUASI_ID',
  suggestedBecause: null,
  mask: { kind: 'null' },
  generalisations: [{ kind: 'null', class: 'NONE', name: 'ohne' }],
  listedIn: [],
  codeList: 'KldB 2010',
} as const satisfies ProductVersion['fields'][number] & { codeList: string };
const fields = [{ ...kept, generalisations: [...kept.generalisations], listedIn: [...kept.listedIn] }];
const read = () => schema.parse(fieldsOf(bodyOf(fields, TABLE), fields, TABLE));

test('it has its type, its schema and its words for machines', () => {
  const typed: string | null | undefined = read()[0]!.codeList;
  expect(typed).toBe('KldB 2010');
  expect(() => schema.parse([{ ...read()[0]!, codeList: 'x'.repeat(101) }])).toThrow('Höchstens 100');
  expect(() => fieldsSchemaOf(FIELD_STATEMENTS).parse(read())).toThrow();
  expect(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))).toContain(
    'Woher kommen die Schlüssel?',
  );
});

test('the form asks for it, and what comes back unchanged is what was kept', () => {
  const html = (suggestedClass: 'QUASI_ID' | 'NONE') =>
    renderToStaticMarkup(
      createElement(FieldsView, {
        id: 'p',
        version: { id: 'v', number: 1, fields: [{ ...fields[0]!, suggestedClass }], frozenAt: null } as never,
        revision: 1,
        classes: [{ value: 'QUASI_ID', text: 'kann Personen erkennen lassen' }],
        mayEdit: true,
        table: TABLE,
      }),
    );
  expect(html('QUASI_ID')).toMatch(/Schlüsselverzeichnis[\s\S]*name="codeList-0"[^>]*value="KldB 2010"/);
  expect(html('QUASI_ID')).toContain('Vorschlag: kann Personen erkennen lassen');
  expect(html('NONE')).not.toContain('Schlüsselverzeichnis');
  expect(read()).toEqual([
    {
      name: 'beruf',
      meaning: 'Beruf',
      unit: null,
      // nobody has confirmed a class yet: the form begins with the suggestion
      class: 'QUASI_ID',
      mask: { kind: 'null' },
      generalisations: [{ kind: 'null', class: 'NONE', name: 'ohne' }],
      reason: 'nur Gruppen',
      codeList: 'KldB 2010',
    },
  ]);
});

test('it is kept under its name, and taken back where it is left out', () => {
  expect(keptOf(read()[0]!, TABLE)).toMatchObject({ codeList: 'KldB 2010', classReason: 'nur Gruppen' });
  const { codeList: _none, ...without } = read()[0]!;
  expect(keptOf(without, TABLE)).toMatchObject({ codeList: null });
  // which statutes name a field nobody says in the form: it stays as it was
  expect(keptOf(read()[0]!, TABLE)).not.toHaveProperty('listedIn');
});

test('it is demanded before the data may be asked for', () => {
  const missing = (codeList: string | null) =>
    missingOf({ ...fields[0]!, codeList } as never, { personalRef: 'PERSONAL' }, TABLE).map(({ pointer }) => pointer);
  expect(missing(null)).toEqual(['/fields/beruf/codeList']);
  expect(missing('KldB 2010')).toEqual([]);
});

test.each(Object.entries<FieldStatement>(FIELD_STATEMENTS))('%s can be drawn and read', (_name, one) => {
  expect(one.kind === 'widget').toBe(one.widget !== undefined);
  if (one.kind === 'oneOf') expect(one.choices).toBeDefined();
});
