import type { Signed } from '../journeys/city';
import { aRunningCity, type RunningCity } from '../support/city.fixture';

let city: RunningCity;
let willi: Signed;
let sten: Signed;
let mine: string;
let others: string;

interface Entry {
  eventId: string;
  actor: string;
  facts: Record<string, unknown>;
}

beforeAll(async () => {
  city = await aRunningCity();
  [willi, sten] = [await city.as('willi.pruefer'), await city.as('sten.rat')];
  const submit = async (who: string, unit: string): Promise<string> =>
    (
      await (
        await city.as(who)
      ).must<{ id: string }>('POST', '/v1/requests', await city.form('gebaeudedatenkataster', unit))
    ).id;
  mine = await submit('emil.fach', 'gruenflaechenamt');
  others = await submit('eva.bach', 'umweltamt');
  await city.settle();
}, 60_000);
afterAll(() => city?.close());

const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const endAll = () =>
  city.rows('UPDATE organisation.audit_mandate SET ended_at = now(), ended_by = registered_by WHERE ended_at IS NULL');
/** A confirmed order for some units, or for the whole city. */
async function mandate(units: string[], more: Record<string, unknown> = {}): Promise<string> {
  await endAll();
  const unitIds = await Promise.all(units.map((key) => city.unit(key)));
  const { mandateId } = await willi.must<{ mandateId: string }>('POST', '/v1/audit-mandates', {
    reference: 'Rev 1',
    basis: 'HGO_130_2',
    subject: 'Weitergaben an das Grünflächenamt.',
    ...(units.length > 0 ? { unitIds } : { wholeCity: true }),
    validFrom: day(-1),
    validUntil: day(90),
    ...more,
  });
  await sten.must('POST', `/v1/audit-mandates/${mandateId}/confirmation`);
  return mandateId;
}
const year = new Date().getUTCFullYear();
const entry = async (): Promise<string> =>
  (await city.one<{ id: string }>('SELECT event_id AS id FROM kernel.audit_event ORDER BY created_at LIMIT 1')).id;
/** Everything the Revisionsamt can ask for, on every road. */
const ROADS = async (): Promise<string[]> => [
  '/v1/audit',
  `/v1/audit/entries?about=${mine}`,
  `/v1/audit/entries/${await entry()}`,
  `/audit/${year}/checkpoint`,
  `/audit/${year}/tile/entries/000.p/1`,
  `/audit/${year}/tile/0/000.p/1`,
  `/audit/${year}/proof?entry=${await entry()}`,
  `/audit/${year}/consistency?from=0&to=0`,
  '/v1/requests?side=ALL',
  `/v1/requests/${mine}`,
  '/v1/agreements?side=ALL',
  '/v1/emergency-accesses',
];
const closed = async (): Promise<void> => {
  for (const road of await ROADS()) {
    const { status, body } = await willi.get(road);
    expect([road, status, body.code]).toEqual([road, 403, 'audit_mandate_missing']);
  }
  expect((await willi.post('/v1/audit/verifications', { year })).status).toBe(403);
};

describe('an audit without an order (K5)', () => {
  it('is closed on every road: before there is one, before it is confirmed, before its day, after its end', async () => {
    await endAll();
    await closed();
    const input = {
      reference: 'Rev 2',
      basis: 'HGO_131_2',
      subject: 'Alle Weitergaben der Stadt.',
      wholeCity: true,
      validFrom: day(-1),
      validUntil: day(90),
    };
    const { mandateId } = await willi.must<{ mandateId: string }>('POST', '/v1/audit-mandates', input);
    await closed();
    await sten.must('POST', `/v1/audit-mandates/${mandateId}/confirmation`);
    expect((await willi.get('/v1/audit')).status).toBe(200);
    await sten.must('POST', `/v1/audit-mandates/${mandateId}/end`);
    await closed();
    await mandate([], { validFrom: day(1) });
    await closed();
  });

  it('is not opened by the Revisionsamt alone, nor by people who have no say', async () => {
    await endAll();
    const input = {
      reference: 'Rev 3',
      basis: 'HGO_131_2',
      subject: 'Alle Weitergaben der Stadt.',
      wholeCity: true,
      validFrom: day(-1),
      validUntil: day(90),
    };
    const { mandateId } = await willi.must<{ mandateId: string }>('POST', '/v1/audit-mandates', input);
    expect((await willi.post(`/v1/audit-mandates/${mandateId}/confirmation`)).status).toBe(403);
    for (const name of ['eva.bach', 'ida.stein', 'xenia.konto']) {
      const someone = await city.as(name);
      expect([
        name,
        (await someone.post('/v1/audit-mandates', input)).status,
        (await someone.post(`/v1/audit-mandates/${mandateId}/confirmation`)).status,
      ]).toEqual([name, 403, 403]);
    }
    expect((await willi.post('/v1/audit-mandates', { ...input, validUntil: day(300) })).status).toBe(422);
    await closed();
  });
});

describe('an audit with an order', () => {
  it('for one office shows what that office had a part in, and nothing of others', async () => {
    await mandate(['gruenflaechenamt']);
    expect((await willi.get(`/v1/requests/${mine}`)).status).toBe(200);
    expect((await willi.get(`/v1/requests/${others}`)).status).toBe(404);
    const about = async (id: string) =>
      (await willi.must<{ items: Entry[] }>('GET', `/v1/audit/entries?about=${id}`)).items;
    expect((await about(mine)).length).toBeGreaterThan(1);
    expect(await about(others)).toEqual([]);
    const { recent } = await willi.must<{ recent: Entry[] }>('GET', '/v1/audit');
    expect(recent.length).toBeGreaterThan(1);
    expect(recent.map(({ facts }) => facts.requestId)).not.toContain(others);
    const foreign = await city.one<{ id: string }>(
      `SELECT event_id AS id FROM kernel.audit_event WHERE facts->>'requestId' = $1 LIMIT 1`,
      [others],
    );
    expect((await willi.get(`/v1/audit/entries/${foreign.id}`)).status).toBe(404);
    expect((await willi.get(`/audit/${year}/proof?entry=${foreign.id}`)).status).toBe(404);
    const { status, body } = await willi.get(`/audit/${year}/tile/entries/000`);
    expect([status, body.code]).toEqual([403, 'audit_outside_mandate']);
  });

  it('shows offices and no persons: no pseudonym, no text of people, no name', async () => {
    await mandate([]);
    const { items } = await willi.must<{ items: Entry[] }>('GET', `/v1/audit/entries?about=${mine}`);
    expect(items.length).toBeGreaterThan(1);
    expect(items.filter(({ actor }) => actor.startsWith('p_'))).toEqual([]);
    const submitted = await willi.must<{ leaf: string; clear: { value: string | null }[] }>(
      'GET',
      `/v1/audit/entries/${items[0]!.eventId}`,
    );
    expect([submitted.leaf, submitted.clear.length > 0, submitted.clear.filter(({ value }) => value !== null)]).toEqual(
      ['', true, []],
    );
    expect(JSON.stringify((await willi.get(`/v1/requests/${mine}`)).body)).not.toContain('Fach');
    // the data protection officer reads the same entry with its texts
    const uma = await city.as('uma.schild');
    const full = await uma.must<{ leaf: string }>('GET', `/v1/audit/entries/${items[0]!.eventId}`);
    expect(full.leaf).toContain('p_');
  });

  it('leaves in the log on which order each look rested', async () => {
    const id = await mandate(['gruenflaechenamt']);
    await willi.get('/v1/audit');
    const { facts } = await city.one<{ facts: Record<string, unknown> }>(
      `SELECT facts FROM kernel.audit_event WHERE type = 'audit.read.v1' ORDER BY created_at DESC, position DESC LIMIT 1`,
    );
    expect(facts.mandateIds).toEqual([id]);
  });

  it('ends with the order, also for somebody who is signed in', async () => {
    const id = await mandate([]);
    expect((await willi.get('/v1/requests?side=ALL')).status).toBe(200);
    await sten.must('POST', `/v1/audit-mandates/${id}/end`);
    await closed();
  });
});
