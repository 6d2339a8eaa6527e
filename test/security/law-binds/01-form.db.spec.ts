// A form that loosens a rule is one that the gate carries out. What it can not carry out is refused before anybody signs.
import { decide } from '#lib/policy';
import { aCityOffice } from '../../support/city-office';
import type { RunningCity } from '../../support/city.fixture';
import { law, someFacts } from '../../support/law';
import type { AProduct, Office } from '../../support/office';

let city: RunningCity;
let office: Office;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ city, office, close } = await aCityOffice());
}, 240_000);
afterAll(() => close());

interface Decided {
  outcome: string;
  rules: string[];
  because: { text: string; code?: string }[];
  alternatives: { text: string; changes: { kind: string; form?: string }[] }[];
}
type Form = Parameters<Office['aForm']>[2] & object;

const METERS: AProduct = {
  unit: 'tiefbau-vermessungsamt',
  title: 'Messwerte intelligenter Zähler',
  openness: 'RESTRICTED',
  personalRef: 'PERSONAL',
  themes: ['SMART_METER'],
  fields: [{ name: 'zaehler', class: 'QUASI_ID' }, { name: 'anschrift', class: 'QUASI_ID' }, { name: 'kwh' }],
};
const TAX: AProduct = {
  unit: 'kassen-steueramt',
  title: 'Grundsteuer mit Rückständen',
  openness: 'RESTRICTED',
  personalRef: 'PERSONAL',
  secrecy: ['STEUER'],
  fields: [
    { name: 'name', class: 'DIRECT_ID' },
    { name: 'anschrift', class: 'QUASI_ID' },
    { name: 'rueckstand', class: 'SENSITIVE' },
  ],
};
const PUPILS: AProduct = {
  unit: 'jugendamt',
  title: 'Schülerinnen und Schüler',
  openness: 'RESTRICTED',
  personalRef: 'PERSONAL',
  secrecy: ['SCHULE'],
  fields: [{ name: 'name', class: 'DIRECT_ID' }, { name: 'klasse' }],
};
const TREES: AProduct = { unit: 'gruenflaechenamt' };

const asked = async (spec: AProduct, form: Form['form'], more: Form = {}) => {
  const { id } = await office.aProduct(spec);
  const fields = spec.fields?.map(({ name }) => name) ?? ['art'];
  const legalBasis = spec.secrecy?.includes('STEUER') ? ['AO_30_4_2'] : ['DSGVO_6_1_E'];
  return office.aForm(id, 'umweltamt', { form, fields, legalBasis, retentionDays: 60, ...more });
};
const eva = () => city.as('eva.bach');
const checked = async (form: object) => (await eva()).must<Decided>('POST', '/v1/requests/check', form);
const codes = ({ because }: Decided): (string | undefined)[] => because.map(({ code }) => code);

test.each<[string, AProduct, NonNullable<Form['form']>]>([
  ['meter values of households as a table', METERS, 'TABLE_AGG'],
  ['meter values of households as a map', METERS, 'GEO_AGG'],
  ['names, addresses and arrears of taxpayers as a table', TAX, 'TABLE_AGG'],
  ['names, addresses and arrears of taxpayers as a map', TAX, 'GEO_AGG'],
  ['names of pupils as a table', PUPILS, 'TABLE_AGG'],
  ['trees as a document', TREES, 'DOCUMENT'],
  ['trees as a table', TREES, 'TABLE_AGG'],
])('%s: refused at once, with what can be carried out, and no agreement', async (_, spec, form) => {
  const asking = await asked(spec, form);
  const answer = await checked(asking);
  expect(answer.outcome).toBe('FORBID');
  expect(codes(answer)).toContain('not_enforceable_yet');
  expect(answer.because.map(({ text }) => text).join()).toContain('„einzelne Datensätze“');
  expect(answer.alternatives.flatMap(({ changes }) => changes).filter(({ kind }) => kind === 'FORM')).toEqual([]);
  const receipt = await (await eva()).must<{ id: string; state: string }>('POST', '/v1/requests', asking);
  expect(receipt.state).toBe('REFUSED');
  await city.settle();
  expect(await city.rows('SELECT FROM agreements.agreement WHERE request_id = $1', [receipt.id])).toEqual([]);
});

test.each<[string, AProduct]>([
  ['meter values', METERS],
  ['tax data', TAX],
])(
  '%s as single rows stay forbidden by the law, and the way out leads to no form that nobody delivers',
  async (_, spec) => {
    const answer = await checked(await asked(spec, 'ROWLEVEL'));
    expect(answer.outcome).toBe('FORBID');
    expect(codes(answer)).not.toContain('not_enforceable_yet');
    const proposed = answer.alternatives.flatMap(({ changes }) => changes);
    expect(proposed.filter(({ kind, form }) => kind === 'FORM' && form !== 'ROWLEVEL')).toEqual([]);
    expect(answer.alternatives.map(({ text }) => text).join()).not.toMatch(/zusammengefasst/);
  },
);

test('the law itself goes on saying what it allows', () => {
  const table = someFacts({ product: { openness: 'INTERNAL' }, form: 'TABLE_AGG' });
  expect(decide(law(), table).outcome).not.toBe('FORBID');
});

test('in an emergency as well', async () => {
  const { id } = await office.aProduct({ ...TREES, purposes: ['KATASTROPHENSCHUTZ'] });
  const { status, body } = await (
    await eva()
  ).post('/v1/emergency-accesses', {
    productId: id,
    consumerUnitId: await city.unit('umweltamt'),
    danger: 'LEBEN',
    reason: 'Ein Sturm hat Bäume auf Wege geworfen.',
    caseNumber: 'E 7',
    fields: ['art'],
    form: 'TABLE_AGG',
  });
  expect([status, body.code]).toEqual([403, 'emergency_not_possible']);
  expect(JSON.stringify(body.because)).toContain('noch nichts liefern');
});
