import { Schedules } from '#lib/kernel';
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
  rules: string[];
  because: { text: string; code?: string }[];
  stages: { role: string }[][] | null;
}
const UNIT_OF: Record<string, string> = {
  'eva.bach': 'umweltamt',
  'emil.fach': 'gruenflaechenamt',
  'nils.halle': 'gebaeudedienste',
  'ottilie.obhut': 'pflegedienst',
};

/** What is decided at once on a request of this person for a new product, and the request itself. */
async function asked(who: string, product: Partial<AProduct>, form: object) {
  const { id: productId } = await office.aProduct({ unit: 'gruenflaechenamt', ...product });
  const body = await office.aForm(productId, UNIT_OF[who]!, form);
  const { id } = await (await city.as(who)).must<{ id: string }>('POST', '/v1/requests', body);
  const request = await (await city.as(who)).must<{ state: string; decision: Decided }>('GET', `/v1/requests/${id}`);
  return { ...request.decision, id, productId, state: request.state };
}
const codes = ({ because }: Decided) => because.map(({ code }) => code);
const open = { purposeCode: 'OPEN_DATA', purposeText: 'Die Daten sollen im Portal für offene Daten stehen.' };

describe('publishing is an act of its own, so', () => {
  test.each([
    ['a company gets no internal data by calling it publication', 'nils.halle', { openness: 'INTERNAL' }],
    ['a private firm becomes no public by it', 'ottilie.obhut', { openness: 'OPEN' }],
    ['an office publishes no open product with a licence by asking for it', 'emil.fach', { openness: 'OPEN' }],
    ['figures of another office go nowhere either', 'eva.bach', { openness: 'OPEN', personalRef: 'AGGREGATED' }],
  ] as const)('%s', async (_, who, product) => {
    const one = await asked(who, product, open);
    expect([one.state, one.outcome]).toEqual(['REFUSED', 'FORBID']);
    expect(one.rules).toContain('R-PUR-01');
    expect(codes(one)).toContain('publication_is_its_own_act');
    expect(one.because.map(({ text }) => text).join()).toContain('unter dem Zweck, für den Sie es wirklich brauchen');
  });

  test('what is open comes at once under the purpose one really has', async () => {
    expect((await asked('eva.bach', { openness: 'OPEN' }, {})).outcome).toBe('PERMIT');
  });

  test('no purpose makes anybody the public: the decision sees the company that asks', async () => {
    const { id } = await asked('nils.halle', { openness: 'INTERNAL' }, open);
    const decided = await office.rows(
      `SELECT facts->'consumer'->>'kind' AS kind FROM requests.decision WHERE request_id = $1`,
      [id],
    );
    expect(decided).toEqual([{ kind: 'GESELLSCHAFT' }]);
  });

  test('an agreement of before that rests on it is suspended, and both sides read why', async () => {
    const { id } = await asked('eva.bach', { openness: 'INTERNAL' }, {});
    await city.settle();
    const eva = await office.as('eva.bach');
    const agreement = (await office.agreementReads.ofRequest(eva, id))!;
    await office.agreements.confirm(eva, agreement.id, { revision: 1, ...(await office.answers(agreement.id)) });
    await city.settle();
    // as an earlier version kept it
    await office.rows('ALTER TABLE requests.access_request DISABLE TRIGGER USER');
    await office.rows(
      `UPDATE requests.access_request SET purpose_code = 'OPEN_DATA', form = form || '{"purposeCode": "OPEN_DATA"}' WHERE id = $1`,
      [id],
    );
    await office.rows('ALTER TABLE requests.access_request ENABLE TRIGGER USER');
    await office.app.get(Schedules).named('agreements.review')!.run(office.uow);
    await city.settle();
    for (const who of ['eva.bach', 'anna.ahorn']) {
      const view = await (
        await city.as(who)
      ).must<{ state: string; suspendedBecause: { code: string }[] }>('GET', `/v1/agreements/${agreement.id}`);
      expect(view.state).toBe('SUSPENDED');
      expect(view.suspendedBecause.map(({ code }) => code)).toContain('R-PUR-01');
    }
  });
});

describe('a word for research or statistics is no privilege, so', () => {
  const persons = { openness: 'RESTRICTED', personalRef: 'PSEUDONYMISED' } as const;
  const asOffice = { legalBasis: ['DSGVO_6_1_E'], declarations: { reidentification: false } };

  test.each(['FORSCHUNG', 'STADTFORSCHUNG'])('%s without a concept is a changed purpose', async (purposeCode) => {
    const one = await asked('eva.bach', persons, { ...asOffice, purposeCode });
    expect(one.outcome).toBe('FORBID');
    expect(codes(one)).toContain('change_ground_missing');
  });

  test('whoever is not the Statistikstelle makes statistics of persons only with it', async () => {
    const one = await asked('eva.bach', persons, { ...asOffice, purposeCode: 'STATISTIK' });
    expect(one.outcome).toBe('APPROVAL');
    expect(one.stages!.flat().map(({ role }) => role)).toContain('STAT');
  });

  test('and operating software opens no real persons, whatever is ticked', async () => {
    const one = await asked(
      'emil.fach',
      { ...persons, purposes: ['BETRIEB_TEST'] },
      {
        ...asOffice,
        purposeCode: 'BETRIEB_TEST',
      },
    );
    expect(one.rules).toContain('R-PUR-03');
  });
});
