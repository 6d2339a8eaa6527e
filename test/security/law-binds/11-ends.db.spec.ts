import type { Signed } from '../../journeys/city';
import { aRunningCity, type RunningCity } from '../../support/city.fixture';
import { evidenceOf } from '../../support/evidence';
import { ask, formFor, type Offered, offered, revisionOf } from '../../support/published';

let city: RunningCity;
let merle: Signed;
let cases: Offered;
beforeAll(async () => {
  city = await aRunningCity();
  merle = await city.as('merle.mittel');
  cases = await offered(city, 'jobcenter', {
    title: 'Fälle',
    governance: {
      openness: 'RESTRICTED',
      personalRef: 'PERSONAL',
      secrecy: ['SOZIAL'],
      entrusted: false,
      protectionC: 'hoch',
      themes: ['SOZIALES'],
      allowedPurposes: ['PFLICHTAUFGABE'],
    },
  });
}, 90_000);
afterAll(() => city?.close());

const german = (day: string): string => day.split('-').reverse().join('.');
const study = async (validUntil: string, more: object) => {
  const unit = await city.unit('statistikamt');
  return {
    purposeCode: 'STADTFORSCHUNG',
    legalBasis: ['SGB10_75'],
    evidenceFiles: [
      ...(await evidenceOf(merle, unit, ['GENEHMIGUNG_LANDESBEHOERDE'], { validUntil })),
      ...(await evidenceOf(merle, unit, ['DATENSCHUTZKONZEPT', 'FORSCHUNGSKONZEPT'])),
    ],
    ...more,
  };
};
interface Fault {
  pointer: string;
  code: string;
  detail: string;
}
const faults = async (
  who: Signed,
  unit: string,
  product: Offered,
  change: Record<string, unknown>,
): Promise<Fault[]> => {
  const { status, body } = await who.post<{ errors?: Fault[] }>(
    '/v1/requests',
    await formFor(city, unit, product, change),
  );
  return status === 422 ? (body.errors ?? []) : [{ pointer: '', code: String(status), detail: '' }];
};
const retain = async (id: string): Promise<number | undefined> => {
  const { decision } = await merle.must<{ decision: { obligations: { id: string; params: { days?: number } }[] } }>(
    'GET',
    `/v1/requests/${id}`,
  );
  return decision.obligations.find((one) => one.id === 'O-RETAIN')?.params.days;
};

describe('a permit that ends in 20 days', () => {
  it('goes with no deletion after 183: refused with what would pass, and both ways pass', async () => {
    const end = city.day(20);
    const asked = await study(end, { until: city.day(10), retentionDays: 183 });
    const [fault, ...more] = await faults(merle, 'statistikamt', cases, asked);
    expect([fault, more]).toEqual([
      { pointer: '/retentionDays', code: 'beyond_evidence', detail: expect.stringContaining(german(end)) as string },
      [],
    ]);
    const [, days, until] = /Löschen nach höchstens (\d+) Tagen oder Nutzung bis (\S+)\.$/.exec(fault!.detail) ?? [];
    expect(days).toBe('10');
    // the earlier day lies in the past for so long a keeping: it says so, and the shorter keeping passes
    expect(until!.split('.').reverse().join('-') < city.day(0)).toBe(true);
    const passed = await ask(city, merle, 'statistikamt', cases, { ...asked, retentionDays: Number(days) });
    expect(passed.state).toBe('IN_REVIEW');
    expect(await retain(passed.id)).toBe(10);
  });

  it('ends the use: not a day longer, and on the last day nothing could be kept', async () => {
    const end = city.day(20);
    const fault = (until: string, retentionDays: number | null) =>
      study(end, { until, retentionDays }).then((change) => faults(merle, 'statistikamt', cases, change));
    expect(await fault(city.day(21), 1)).toMatchObject([{ pointer: '/until', code: 'beyond_evidence' }]);
    expect(await fault(end, 1)).toMatchObject([
      {
        pointer: '/retentionDays',
        detail: expect.stringMatching(new RegExp(`So ginge es: Nutzung bis ${german(city.day(19))}\\.$`)) as string,
      },
    ]);
    // nobody said how long: then for a day at least
    expect(await fault(end, null)).toMatchObject([{ pointer: '/retentionDays' }]);
    expect(await fault(city.day(19), 1)).toMatchObject([{ code: '201' }]);
  });

  it.each(['GENEHMIGUNG_LANDESBEHOERDE', 'DATENSCHUTZKONZEPT'])(
    'is carried on by no other document of its kind: %s',
    async (kind) => {
      const unit = await city.unit('statistikamt');
      const another = await evidenceOf(merle, unit, [kind], { title: 'Ein anderes', validUntil: city.day(300) });
      const ending = await evidenceOf(merle, unit, [kind], { title: 'Bald zu Ende', validUntil: city.day(20) });
      const { evidenceFiles, ...asked } = await study(city.day(200), { until: city.day(60), retentionDays: 5 });
      expect(await faults(merle, 'statistikamt', cases, { ...asked, evidenceFiles })).toMatchObject([{ code: '201' }]);
      const all = { ...asked, evidenceFiles: [...evidenceFiles, ...another, ...ending] };
      expect(await faults(merle, 'statistikamt', cases, all)).toMatchObject([
        { pointer: '/until', code: 'beyond_evidence', detail: expect.stringContaining(german(city.day(20))) as string },
      ]);
    },
  );

  it('caps the deletion term where none was asked for: it is in the decision, and so in the agreement', async () => {
    const passed = await ask(
      city,
      merle,
      'statistikamt',
      cases,
      await study(city.day(20), { until: city.day(5), retentionDays: null }),
    );
    expect(passed.state).toBe('IN_REVIEW');
    expect(await retain(passed.id)).toBe(15);
  });

  it('is told by the pre-check as a refusal with the way out', async () => {
    const change = await study(city.day(20), { until: city.day(10), retentionDays: 183 });
    const { outcome, rules, alternatives } = await merle.must<{
      outcome: string;
      rules: string[];
      alternatives: { text: string }[];
    }>('POST', '/v1/requests/check', await formFor(city, 'statistikamt', cases, change));
    expect([outcome, rules]).toEqual(['FORBID', expect.arrayContaining(['R-EVI-01'])]);
    expect(alternatives.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('mit Löschung nach spätestens 10 Tagen'),
    );
  });
});

describe('a licence with a term of its own', () => {
  const photos = (licenceUntil: string | null) =>
    offered(city, 'hochbauamt', {
      title: `Luftbilder ${licenceUntil ?? 'ohne Ende'}`,
      governance: {
        openness: 'INTERNAL',
        personalRef: 'NONE',
        secrecy: ['URHEBER_LIZENZ'],
        licence: 'Lizenz des Herstellers',
        allowedPurposes: ['KLIMA_UMWELT'],
        ...(licenceUntil && { card: { licenceUntil } }),
      },
    });

  it('becomes an obligation that names its end, and binds use and keeping', async () => {
    const eva = await city.as('eva.bach');
    const end = city.day(50);
    const product = await photos(end);
    const change = (until: number, retentionDays: number | null) => ({ until: city.day(until), retentionDays });
    expect(await faults(eva, 'umweltamt', product, change(60, 5))).toMatchObject([
      { pointer: '/until', detail: expect.stringMatching(/^Die Lizenz der Daten gilt nur bis/) as string },
    ]);
    expect(await faults(eva, 'umweltamt', product, change(40, 60))).toMatchObject([
      { pointer: '/retentionDays', detail: expect.stringContaining('Löschen nach höchstens 10 Tagen') as string },
    ]);
    const { state, decision } = await ask(city, eva, 'umweltamt', product, change(40, 10));
    expect(state).toBe('PERMITTED');
    expect(decision.obligations).toContainEqual(
      expect.objectContaining({ id: 'O-RIGHTSEND', params: { until: german(end) } }),
    );
    expect(decision.obligations).toContainEqual(expect.objectContaining({ id: 'O-RETAIN', params: { days: 10 } }));
  });

  it('that gets shorter while an agreement runs stops the next delivery', async () => {
    const eva = await city.as('eva.bach');
    const product = await photos(city.day(50));
    const { id } = await ask(city, eva, 'umweltamt', product, { until: city.day(40), retentionDays: 10 });
    await city.settle();
    const agreement = await city.one<{ id: string; revision: number }>(
      'SELECT id, revision FROM agreements.agreement WHERE request_id = $1',
      [id],
    );
    await eva.must('POST', `/v1/agreements/${agreement.id}/confirmation`, { revision: agreement.revision });
    expect((await eva.receive(agreement.id, 'csv')).status).toBe(200);
    // behind the product, as after a revision: what the card says now is what counts
    await city.rows('ALTER TABLE catalogue.product DISABLE TRIGGER USER');
    await city.rows(
      `UPDATE catalogue.product SET card = card || jsonb_build_object('licenceUntil', $2::text) WHERE id = $1`,
      [product.productId, city.day(45)],
    );
    await city.rows('ALTER TABLE catalogue.product ENABLE TRIGGER USER');
    expect(await revisionOf(city, product.productId)).toBeGreaterThan(0);
    expect((await eva.receive(agreement.id, 'csv')).status).toBe(403);
  });
});
