// A statement that binds as a term stands in the agreement both sides read. Asked for once with everything that can be said.
import { METADATA, type Metadatum } from '#lib/catalogue';
import { namesOf, REQUEST_FIELDS, type RequestField, whatWasAskedFor } from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import type { AgreementDocument } from '../../libs/agreements/src/agreement/agreement-document';
import { Office } from '../support/office';

let office: Office;
let text: string;
let document: AgreementDocument;
let said: Record<string, string[]>;
const OWN_WORDS = 'Nur in städtischen Karten.';
beforeAll(async () => {
  office = await Office.open();
  const { id: productId } = await office.aProduct({
    unit: 'gruenflaechenamt',
    title: 'Bäume der Stadt',
    limits: { aiUse: 'NEIN', termsId: OWN_WORDS, aiConditions: OWN_WORDS },
  });
  await office.contract('gebaeudedienste', 'umweltamt', 'AVV');
  const form = await office.aForm(productId, 'umweltamt', {
    project: 'Klimakarte Mitte',
    caseNumber: 'Az. 4711',
    purposeText: 'Wo im Sommer Schatten fehlt.',
    legalBasis: ['DSGVO_6_1_E'],
    changeGround: 'GEFAHRENABWEHR',
    necessity: 'Ohne einzelne Bäume ist keine Karte möglich.',
    rows: { column: 'bezirk', op: 'eq', value: 'Biebrich' },
    recipients: ['Sachgebiet Klima'],
    retentionDays: 77,
    processorUnitId: await office.unit('gebaeudedienste'),
    declarations: { exclusive: false, jointControl: false },
  });
  const eva = await office.as('eva.bach');
  const { id: requestId, decision } = await office.requests.submit(eva, form);
  expect(decision.because.map(({ text: reason }) => [decision.outcome, reason]).join()).not.toContain('FORBID');
  await office.settle();
  const { id } = (await office.agreementReads.ofRequest(eva, requestId))!;
  const view = await office.agreementReads.view(eva, id);
  text = view.termsText.replaceAll(/\s+/g, ' ');
  document = view.document!;
  const units = new Map(
    (await office.rows<{ id: string; name: string }>('SELECT id, name FROM organisation.unit')).map((one) => [
      one.id,
      one.name,
    ]),
  );
  const { ruleset } = await office.system((tx) => office.app.get(Rulebook).inForce(tx));
  const names = namesOf(ruleset, units);
  const { form: kept } = await office.views.view(eva, requestId);
  said = Object.fromEntries(
    Object.entries<RequestField>(REQUEST_FIELDS).map(([name, field]) => [
      name,
      whatWasAskedFor({ [name]: field }, kept, names).map(([, words]) => words),
    ]),
  );
}, 120_000);
afterAll(() => office.close());

/** What tells a statement that has no words of its own in the form. */
const TOLD_AS: Readonly<Record<string, string[]>> = {
  productId: ['Bäume der Stadt'],
  productVersionId: ['Fassung 1'],
  fields: ['art', 'hoehe'],
  coarser: [],
  rows: ['bezirk', 'Biebrich'],
  until: [],
  from: [],
  retentionDays: ['77'],
  onwardUnitIds: [],
  onBehalfOfUnitId: [],
};

test.each(
  Object.entries<RequestField>(REQUEST_FIELDS)
    .filter(([, { binds }]) => binds.includes('term'))
    .map(([name]) => name),
)('%s', (name) => {
  const words = TOLD_AS[name] ?? said[name]!;
  // a question that is not asked of such a product has nothing to state
  for (const word of words) expect(text).toContain(word.replaceAll(/\s+/g, ' '));
});

describe('what the owner says of the use stands there once, and as the words of whoever said it', () => {
  const terms = Object.entries<Metadatum>(METADATA).filter(([, { binds }]) => binds.includes('term'));
  // conditions of a use by artificial intelligence are said where it was asked for
  const stated: Record<string, (label: string) => object> = {
    aiUse: (label) => ({ kind: 'sentence', text: `${label}: nicht erlaubt.` }),
    licence: (about) => ({ kind: 'quotation', speaker: 'PROVIDER', about, text: 'dl-de/by-2.0' }),
    termsId: (about) => ({ kind: 'quotation', speaker: 'PROVIDER', about, text: OWN_WORDS }),
  };
  test.each(terms)('%s', (name, { label }) => {
    const items = document.clauses
      .flatMap((clause) => clause.items)
      .filter((item) => JSON.stringify(item).includes(label));
    expect(items).toEqual(stated[name] ? [stated[name](label)] : []);
  });
});
test('a no that a rule relied on stands there like a yes', () => {
  expect(text).toContain('Daten gehen in ein Land außerhalb der EU: nein');
});
test('the form, and how often it is delivered', () => {
  expect(text).toContain('einzelne Datensätze');
  expect(text).toMatch(/10 vollständige Lieferungen in 30 Tagen/);
});
test('the days, both of them', () => {
  const day = (ahead: number) => office.day(ahead).split('-').reverse().join('.');
  expect(text).toContain(day(0));
  expect(text).toContain(day(90));
});
