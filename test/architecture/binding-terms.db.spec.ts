// A statement that binds as a term stands in the agreement both sides read. Asked for once with everything that can be said.
import { METADATA, type Metadatum } from '#lib/catalogue';
import {
  calledAs,
  clausesOf,
  maskInWords,
  namesOf,
  REQUEST_FIELDS,
  type RequestField,
  whatWasAskedFor,
} from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { documentOf } from '../../libs/agreements/src/agreement/agreement-clauses';
import { type AgreementDocument, documentText } from '../../libs/agreements/src/agreement/agreement-document';
import { parts } from '../support/agreement-parts';
import { Office } from '../support/office';

let office: Office;
let text: string;
let document: AgreementDocument;
let said: Record<string, string[]>;
const TENS = { kind: 'round' as const, to: 10 };
const OWN_WORDS = 'Nur in städtischen Karten.';
beforeAll(async () => {
  office = await Office.open();
  const { id: productId, versionId } = await office.aProduct({
    unit: 'gruenflaechenamt',
    title: 'Bäume der Stadt',
    limits: { aiUse: 'NEIN', termsId: OWN_WORDS, aiConditions: OWN_WORDS },
  });
  await office.rows('ALTER TABLE catalogue.field DISABLE TRIGGER USER');
  await office.rows(`UPDATE catalogue.field SET generalisations = $2 WHERE version_id = $1 AND name = 'hoehe'`, [
    versionId,
    JSON.stringify([{ ...TENS, class: 'NONE', name: 'auf Zehner gerundet' }]),
  ]);
  await office.rows('ALTER TABLE catalogue.field ENABLE TRIGGER USER');
  await office.contract('gebaeudedienste', 'umweltamt', 'AVV', { products: [productId] });
  const form = await office.aForm(productId, 'umweltamt', {
    project: 'Klimakarte Mitte',
    caseNumber: 'Az. 4711',
    purposeText: 'Wo im Sommer Schatten fehlt.',
    legalBasis: ['DSGVO_6_1_E'],
    changeGround: 'GEFAHRENABWEHR',
    necessity: 'Ohne einzelne Bäume ist keine Karte möglich.',
    fields: ['art', 'hoehe', 'bezirk'],
    coarser: [{ field: 'hoehe', mask: TENS }],
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
  await office.approve('anna.ahorn', requestId, 'OWNER');
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

const germanDay = (ahead: number): string => office.day(ahead).split('-').reverse().join('.');
/** What tells a statement that has no words of its own in the form. */
const TOLD_AS: Readonly<Record<string, () => string[]>> = {
  productId: () => ['Bäume der Stadt'],
  productVersionId: () => ['Fassung 1'],
  fields: () => ['art', 'hoehe'],
  coarser: () => [`hoehe („Bedeutung von hoehe“): ${maskInWords(TENS)}`],
  rows: () => ['bezirk', 'Biebrich'],
  from: () => [germanDay(0)],
  until: () => [germanDay(90)],
  retentionDays: () => ['77'],
};
const terms = Object.entries<RequestField>(REQUEST_FIELDS).filter(([, { binds }]) => binds.includes('term'));
const told = (all: string, words: readonly string[]): void => {
  expect(words.join('')).not.toBe('');
  for (const word of words) expect(all).toContain(word.replaceAll(/\s+/g, ' '));
};

describe('what was approved stands in the agreement:', () => {
  test.each(terms.filter(([, { clause }]) => clause === 'narrowed').map(([name]) => name))('%s', (name) =>
    told(text, TOLD_AS[name]?.() ?? said[name]!),
  );
});

/** Something that can be said, in the manner of its kind. */
const sayable = ({ kind }: RequestField): unknown => {
  if (kind === 'tick' || kind === 'yesNo') return true;
  if (kind === 'number') return 4711;
  return kind === 'manyOf' || kind === 'lines' ? ['PROBE'] : 'PROBE';
};
/** The agreement on a form that says nothing but this. */
const agreedOn = (name: string, field: RequestField, value: unknown): string => {
  const form = field.in ? { [field.in]: { [name]: value } } : { [name]: value };
  const clauses = clausesOf({ [name]: field }, form, (list, code) => `${code} aus ${list}`);
  return documentText(documentOf({ ...parts, clauses })).replaceAll(/\s+/g, ' ');
};
describe('what is taken over as it is said stands in it, whatever of it is said:', () => {
  const taken = terms.filter(([, { clause }]) => clause !== 'narrowed');
  /** `Vorhaben: PROBE`, or as a quotation `zu „Vorhaben“: > PROBE` */
  const states = (all: string, field: RequestField, words: string): boolean => {
    // by the name it has there
    const there = typeof field.clause === 'object' ? field.clause.about : undefined;
    const about = (there ?? calledAs(field)).replace(/[?.]$/, '');
    return [`${about}: ${words}`, `zu „${about}“: > ${words}`].some((one) => all.includes(one));
  };
  test.each(taken)('%s', (name, field) => {
    const value = sayable(field);
    const words = value === true ? 'ja' : typeof value === 'number' ? '4711' : 'PROBE';
    expect(states(agreedOn(name, field, value), field, words)).toBe(true);
    if (value === true) expect(states(agreedOn(name, field, false), field, 'nein')).toBe(true);
  });
  test('one that no clause tells is noticed', () => {
    const silent = { ...REQUEST_FIELDS.project, words: () => null } as RequestField;
    expect(() => told(agreedOn('project', silent, 'PROBE'), ['PROBE'])).toThrow('PROBE');
    expect(() => told(text, [])).toThrow();
  });
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
  expect(text).toContain(`Vom ${germanDay(0)} bis einschließlich ${germanDay(90)}`);
});
