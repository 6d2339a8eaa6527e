import { aCityOffice } from '../../support/city-office';
import type { RunningCity } from '../../support/city.fixture';
import type { AProduct, Office } from '../../support/office';
import { offered } from '../../support/published';

let city: RunningCity;
let office: Office;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ city, office, close } = await aCityOffice());
}, 240_000);
afterAll(() => close());

const QUASI = [
  { name: 'art', class: 'QUASI_ID' },
  { name: 'hoehe', class: 'QUASI_ID' },
];

test.each([
  ['data about persons', { personalRef: 'PERSONAL', protectionC: 'hoch' }],
  ['business secrets', { secrecy: ['GESCHAEFTSGEHEIMNIS'] }],
  ['what holds a part about persons', { strictestPart: 'PSEUDONYMISED' }],
])('nobody publishes a card that calls %s open', async (_, governance) => {
  const published = offered(city, 'hochbauamt', { title: 'Offen und doch nicht', governance });
  await expect(published).rejects.toThrow(/"pointer":"\/openness","code":"contradicts"/);
});

test.each<[string, string, string, Partial<AProduct>, Record<string, unknown>]>([
  [
    'data about persons to a company',
    'nils.halle',
    'gebaeudedienste',
    { personalRef: 'PERSONAL', fields: QUASI },
    { legalBasis: ['HDSIG_22_2'] },
  ],
  ['business secrets to another office', 'eva.bach', 'umweltamt', { secrecy: ['GESCHAEFTSGEHEIMNIS'] }, {}],
])('what such a card of before calls open does not go out: %s', async (_, who, consumer, spec, more) => {
  const { id } = await office.aProduct({ unit: 'hochbauamt', openness: 'OPEN', ...spec });
  const evidenceFiles = await office.evidence(who, consumer, ['ZWECKVERPFLICHTUNG']);
  const form = await office.aForm(id, consumer, { ...more, evidenceFiles });
  const { state, decision } = await (
    await city.as(who)
  ).must<{ state: string; decision: { because: { code?: string }[] } }>('POST', '/v1/requests', form);
  expect(state).toBe('REFUSED');
  expect(decision.because.map(({ code }) => code)).toContain('classification_contradicts');
});
