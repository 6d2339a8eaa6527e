import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { z } from 'zod';
import { bodyOf, formOf } from '../../apps/portal/src/layout/requests/form-values';
import { DrawnFields } from '../../apps/portal/src/layout/requests/drawn-fields';
import { WIDGETS } from '../../apps/portal/src/layout/requests/widgets';
import { documentOf } from '../../libs/agreements/src/agreement/agreement-clauses';
import { documentText } from '../../libs/agreements/src/agreement/agreement-document';
import { parts } from '../support/agreement-parts';
import { MODEL } from '../../libs/policy/src';
import {
  clausesOf,
  clearTexts,
  EMERGENCY_FIELDS,
  type Names,
  REQUEST_FIELDS,
  type RequestField,
  type RequestFieldTable,
  shapeOfForm,
  statedFacts,
  unanswered,
  whatWasAskedFor,
  withStated,
} from '../../libs/requests/src';

/** The form with a plain field and a yes-or-no fact nobody has thought of: one entry each, and nothing else. */
const FIELDS = {
  ...REQUEST_FIELDS,
  publicationPlan: {
    label: 'Was möchten Sie veröffentlichen?',
    said: 'Geplante Veröffentlichung',
    hint: 'Zum Beispiel eine Karte.',
    kind: 'line',
    schema: z.string().trim().max(200, 'Bitte höchstens 200 Zeichen.').nullable().default(null),
    section: 'use',
    binds: ['term'],
    erasable: true,
  },
  trainsModel: {
    label: 'Trainieren Sie mit den Daten ein Modell?',
    kind: 'yesNo',
    in: 'declarations',
    schema: z.boolean().optional(),
    section: 'use',
    binds: ['fact'],
    fact: 'purpose.trainsModel' as 'purpose.singleCase',
    asks: ({ openness }) => openness === 'RESTRICTED',
    must: ({ openness }) => openness === 'RESTRICTED',
  },
} as const satisfies RequestFieldTable;
const form = z.strictObject(shapeOfForm(FIELDS));

const id = '0190a000-0000-7000-8000-000000000001';
const names: Names = (_list, code) => code;
const filled = {
  consumerUnitId: id,
  project: 'Umleitungen planen',
  purposeCode: 'VERKEHRSPLANUNG',
  purposeText: 'Wir planen Umleitungen.',
  from: '2026-12-01',
  until: '2026-12-31',
  fields: 'beginn',
  form: 'ROWLEVEL',
  publicationPlan: 'Eine Karte der Umleitungen',
  'declarations-usesAi': 'nein',
  'declarations-trainsModel': 'nein',
};
const read = () => form.parse(formOf(filled, id, new Map(), FIELDS));
const restricted = { openness: 'RESTRICTED', personalRef: 'NONE', secrecy: [] } as const;
const about = { ...restricted, secrecy: [] as [] };

test('a new field has its type, its schema and its words for machines', () => {
  const typed: string | null = read().publicationPlan;
  const answer: boolean | undefined = read().declarations.trainsModel;
  expect([typed, answer]).toEqual(['Eine Karte der Umleitungen', false]);
  expect(() => form.parse({ ...read(), publicationPlan: 'x'.repeat(201) })).toThrow('höchstens 200');
  const { properties } = z.toJSONSchema(form, { io: 'input', unrepresentable: 'any' }) as never as {
    properties: Record<string, { title: string; 'x-binds': string[]; properties: Record<string, object> }>;
  };
  expect(properties.publicationPlan).toMatchObject({
    title: 'Was möchten Sie veröffentlichen?',
    description: 'Zum Beispiel eine Karte.',
    'x-binds': ['term'],
  });
  expect(properties.declarations!.properties.trainsModel).toMatchObject({
    title: 'Trainieren Sie mit den Daten ein Modell?',
    'x-binds': ['fact'],
  });
});

test('the portal asks for it, reads it and shows a stored form again', () => {
  const html = renderToStaticMarkup(
    createElement(DrawnFields, {
      fields: Object.entries(FIELDS).filter(([, { section }]) => section === 'use'),
      body: filled,
      choices: { options: {}, coarser: [] },
    }),
  );
  expect(html).toContain('value="Eine Karte der Umleitungen"');
  expect(html).toMatch(
    /Trainieren Sie mit den Daten ein Modell\?[\s\S]*name="declarations-trainsModel"[^>]*value="nein"/,
  );
  expect(form.parse(formOf(bodyOf(read(), new Map(), FIELDS), id, new Map(), FIELDS))).toEqual(read());
});

test('it stands in what was asked for, in the agreement when it is a term, and beside the event when it can be erased', () => {
  const said = whatWasAskedFor(FIELDS, read(), names);
  expect(said).toContainEqual(['Geplante Veröffentlichung', 'Eine Karte der Umleitungen']);
  expect(said).toContainEqual(['Trainieren Sie mit den Daten ein Modell?', 'nein']);
  const text = documentText(documentOf({ ...parts, clauses: clausesOf(FIELDS, read(), names) }));
  expect(text).toMatch(
    /\d+\. Weitere Angaben\nDie empfangende Stelle schreibt zu „Geplante Veröffentlichung“:\n {2}> Eine Karte der Umleitungen\n/,
  );
  expect(text).not.toContain('Modell');
  expect(clearTexts(FIELDS, read())).toMatchObject({ publicationPlan: 'Eine Karte der Umleitungen' });
});

test('where it must be answered it is asked for, and its answer is the fact', () => {
  const { trainsModel: _open, ...declarations } = read().declarations;
  const open = { ...read(), declarations };
  expect(unanswered(FIELDS, open, about, 'OTHER_OFFICE')).toMatchObject([{ pointer: '/declarations/trainsModel' }]);
  expect(unanswered(FIELDS, read(), about, 'OTHER_OFFICE')).toEqual([]);
  expect(unanswered(FIELDS, open, { ...about, openness: 'OPEN' }, 'OTHER_OFFICE')).toEqual([]);
  const factOf = (of: object) =>
    withStated({ purpose: { code: 'X' } }, statedFacts(FIELDS, of, about, 'OTHER_OFFICE')).purpose;
  expect(factOf(read())).toMatchObject({ code: 'X', trainsModel: false });
  // nobody said: the stricter one counts
  expect(factOf(open)).toMatchObject({ trainsModel: true });
});

test('a form kept before the field was there still reads', () => {
  const { publicationPlan: _none, ...old } = read();
  expect(whatWasAskedFor(FIELDS, old, names).map(([label]) => label)).not.toContain('Geplante Veröffentlichung');
  expect(form.parse(old).publicationPlan).toBeNull();
});

test('what an alternative may take back, a field gives', () => {
  const given = Object.values<RequestField>(REQUEST_FIELDS).map(({ fact }) => fact);
  expect(given).toEqual(expect.arrayContaining(MODEL.withdrawable.map(({ path }) => path)));
});

describe.each<[string, RequestFieldTable]>([
  ['request', REQUEST_FIELDS],
  ['emergency', EMERGENCY_FIELDS],
])('every field of the %s form', (_, table) => {
  test.each(Object.entries(table))('%s can be drawn, read and told', (_name, field) => {
    if (field.kind === 'widget')
      expect(field).toMatchObject({ widget: expect.any(String), words: expect.any(Function) });
    if (field.widget && field.section !== 'given') expect(WIDGETS).toHaveProperty(field.widget);
    // how a yes or no binds is never left open
    if (field.fact) expect(field.binds).toContain('fact');
    if (field.clause) expect(field.binds).toContain('term');
  });
});
