// An obligation that nobody carries out refuses in the decision, not at the door after everybody has signed.
import { readFileSync } from 'node:fs';
import { aCityOffice } from '../../support/city-office';
import type { RunningCity } from '../../support/city.fixture';
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
  because: { text: string; code?: string }[];
  alternatives: { outcome: string; form: object }[];
}
type Form = Parameters<Office['aForm']>[2] & object;
const unmet = ({ because }: Decided) =>
  because.filter(({ code }) => code === 'not_enforceable_yet').map(({ text }) => text);

const RESIDENTS: AProduct = {
  unit: 'buergeramt',
  title: 'Melderegister',
  openness: 'RESTRICTED',
  personalRef: 'PERSONAL',
  secrecy: ['MELDE'],
  fields: [{ name: 'name', class: 'DIRECT_ID' }],
};
const COUNTS: AProduct = {
  unit: 'gruenflaechenamt',
  title: 'Zählung',
  personalRef: 'AGGREGATED',
  fields: [{ name: 'bezirk' }, { name: 'anzahl' }],
};
const CHILDREN: AProduct = {
  unit: 'jugendamt',
  title: 'Register der Kindertagespflege',
  openness: 'RESTRICTED',
  personalRef: 'PERSONAL',
  secrecy: ['SOZIAL'],
  purposes: ['PLANUNG_JUGENDHILFE'],
  fields: [{ name: 'geburtsjahr', class: 'QUASI_ID' }],
};

const asked = async (spec: AProduct, unit: string, more: Form) => {
  const { id } = await office.aProduct(spec);
  return office.aForm(id, unit, { fields: spec.fields!.map(({ name }) => name), retentionDays: 60, ...more });
};

test.each<[string, string, AProduct, string, string, Form]>([
  [
    'people with a block',
    'Gesperrte Personen weglassen',
    RESIDENTS,
    'eva.bach',
    'umweltamt',
    { legalBasis: ['BMG_34'], declarations: { groupOfPersons: false } },
  ],
  ['counts that must be protected', 'Statistische Geheimhaltung', COUNTS, 'eva.bach', 'umweltamt', {}],
  [
    'single records to be made anonymous at once',
    'Sofort anonymisieren',
    CHILDREN,
    'lina.lupe',
    'jugendhilfeplanung',
    { purposeCode: 'PLANUNG_JUGENDHILFE', legalBasis: ['SGB8_64_3', 'SGB8_80'] },
  ],
])(
  '%s: refused when asked, with the obligation that is missing, and no desk is bothered',
  async (_, name, spec, who, unit, more) => {
    const [person] = await city.rows<{ key: string }>(
      `SELECT p.key FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id JOIN organisation.unit u ON u.id = a.unit_id
      WHERE u.key = $1 AND a.role = 'REQUESTER' AND a.state = 'IN_FORCE' ORDER BY p.key = $2 DESC LIMIT 1`,
      [unit, who],
    );
    const asking = await asked(spec, unit, more);
    const signed = await city.as(person!.key);
    const answer = await signed.must<Decided>('POST', '/v1/requests/check', asking);
    expect([answer.outcome, unmet(answer).length]).toEqual(['FORBID', 1]);
    expect(unmet(answer)[0]).toContain(`„${name}“`);
    // the way out, where there is one, is one that can be gone
    for (const { form } of answer.alternatives) {
      const there = await signed.must<Decided>('POST', '/v1/requests/check', form);
      expect(there.outcome).not.toBe('FORBID');
    }
    const { id, state } = await signed.must<{ id: string; state: string }>('POST', '/v1/requests', asking);
    expect(state).toBe('REFUSED');
    await city.settle();
    expect(await city.rows('SELECT FROM approvals.task WHERE request_id = $1', [id])).toEqual([]);
    expect(await city.rows('SELECT FROM agreements.agreement WHERE request_id = $1', [id])).toEqual([]);
  },
);

test('nothing counts as built because the gate refuses it', () => {
  for (const file of ['libs/exchange/src/enforcers/index.ts', 'libs/exchange/src/supported.ts'])
    expect(readFileSync(file, 'utf8')).not.toMatch(/REFUSED|disclosure|watermark|blocks/);
});

describe('who publishes is told when saving, before anybody asks', () => {
  const draft = async (patch: object) => {
    const steward = await city.as('clara.linde');
    const { productId, revision } = await steward.must<{ productId: string; revision: number }>(
      'POST',
      '/v1/products',
      {
        providerUnitId: await city.unit('gruenflaechenamt'),
        title: 'Zur Probe',
        summary: 'Ein Entwurf.',
      },
    );
    return steward.must<{ notices: string[] }>('PATCH', `/v1/products/${productId}`, { revision, patch });
  };

  test('of a form on offer that nobody delivers', async () => {
    const { notices } = await draft({ card: { offers: ['TABLE_AGG', 'ROWLEVEL'] } });
    expect(notices).toEqual([expect.stringContaining('Lieferform „zusammengefasste Tabelle“')]);
  });
  test('of an obligation that follows from the secrecy, and who is refused for it', async () => {
    const { notices } = await draft({ openness: 'RESTRICTED', personalRef: 'PERSONAL', secrecy: ['MELDE'] });
    expect(notices).toEqual([expect.stringContaining('„Gesperrte Personen weglassen“')]);
    expect(notices[0]).toContain('anderes Amt der Stadt');
    expect(notices[0]).not.toContain('dasselbe Amt');
  });
  test('of nothing where everything can be carried out', async () => {
    const { notices } = await draft({
      openness: 'INTERNAL',
      personalRef: 'NONE',
      secrecy: [],
      card: { offers: ['ROWLEVEL'] },
    });
    expect(notices).toEqual([]);
  });
});
