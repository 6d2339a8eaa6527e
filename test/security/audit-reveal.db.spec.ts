import type { Signed } from '../journeys/city';
import { aRunningCity, type RunningCity } from '../support/city.fixture';

let city: RunningCity;
const people: Record<string, Signed> = {};
let entryId: string;
const as = (name: string): Signed => people[name]!;

async function aCity(more: Record<string, string>): Promise<void> {
  city = await aRunningCity(more);
  for (const name of [
    'willi.pruefer',
    'uma.schild',
    'quirin.stern',
    'gesa.gremium',
    'emil.fach',
    'xenia.konto',
    'sten.rat',
  ])
    people[name] = await city.as(name);
  const { id } = await as('emil.fach').must<{ id: string }>(
    'POST',
    '/v1/requests',
    await city.form('gebaeudedatenkataster', 'gruenflaechenamt'),
  );
  entryId = (
    await city.one<{ id: string }>(
      `SELECT event_id AS id FROM kernel.audit_event WHERE type = 'request.submitted.v1' AND facts->>'requestId' = $1`,
      [id],
    )
  ).id;
}
const ask = (more: Record<string, unknown> = {}) =>
  as('willi.pruefer').post<{ revealId: string }>('/v1/audit-reveals', {
    entryId,
    reasonCode: 'PRUEFAUFTRAG',
    reason: 'Der Vorgang weicht vom Vermerk ab.',
    ...more,
  });
const reading = (id: string) => as('willi.pruefer').post<{ personName: string }>(`/v1/audit-reveals/${id}/reading`);

describe('the person behind an entry of the log', () => {
  beforeAll(() => aCity({ PERSON_LEVEL_LOG_REVEAL: 'true' }), 60_000);
  afterAll(() => city.close());

  it('is named when data protection and Geschäftsstelle have both consented, and every step and look is on record', async () => {
    const { revealId: id } = (await ask()).body;
    const closed = async () =>
      expect([(await reading(id)).status, (await reading(id)).body.code]).toEqual([403, 'reveal_closed']);
    await closed();
    await as('uma.schild').must('POST', `/v1/audit-reveals/${id}/consent`);
    await closed();
    expect((await as('uma.schild').post(`/v1/audit-reveals/${id}/consent`)).status).toBe(409);
    await as('quirin.stern').must('POST', `/v1/audit-reveals/${id}/consent`);
    expect((await reading(id)).body.personName).toBe('Emil Fach');
    await reading(id);
    const events = await city.rows<{ type: string; leaf: string }>(
      `SELECT type, convert_from(leaf, 'UTF8') AS leaf FROM kernel.audit_event WHERE facts->>'revealId' = $1 ORDER BY created_at, position`,
      [id],
    );
    expect(events.map(({ type }) => type)).toEqual([
      'audit-reveal.asked.v1',
      'audit-reveal.consented.v1',
      'audit-reveal.consented.v1',
      'audit-reveal.read.v1',
      'audit-reveal.read.v1',
    ]);
    expect(events.map(({ leaf }) => leaf).join()).not.toContain('Fach');
  });

  it('is told to the Personalrat from the first step on, without the name, and to nobody who has no part in it', async () => {
    const { revealId: id } = (await ask()).body;
    const { body } = await as('gesa.gremium').get<{ items: { id: string; state: string }[] }>('/v1/audit-reveals');
    expect(body.items.find((one) => one.id === id)?.state).toBe('WAITING');
    expect(JSON.stringify(body)).not.toContain('Fach');
    for (const name of ['emil.fach', 'xenia.konto'])
      expect([name, (await as(name).get('/v1/audit-reveals')).status]).toEqual([name, 403]);
  });

  it('stays closed after a refusal, after its days, without a mandate, and to everybody else', async () => {
    const refused = (await ask()).body.revealId;
    await as('uma.schild').must('POST', `/v1/audit-reveals/${refused}/refusal`);
    expect((await as('quirin.stern').post(`/v1/audit-reveals/${refused}/consent`)).status).toBe(409);
    expect((await reading(refused)).status).toBe(403);

    const { revealId: id } = (await ask()).body;
    for (const name of ['willi.pruefer', 'gesa.gremium', 'emil.fach', 'xenia.konto'])
      expect([name, (await as(name).post(`/v1/audit-reveals/${id}/consent`)).status]).toEqual([name, 403]);
    for (const name of ['uma.schild', 'quirin.stern']) await as(name).must('POST', `/v1/audit-reveals/${id}/consent`);
    for (const name of ['uma.schild', 'quirin.stern', 'gesa.gremium', 'emil.fach'])
      expect([name, (await as(name).post(`/v1/audit-reveals/${id}/reading`)).status]).toEqual([name, 403]);
    await expect(city.rows('UPDATE assurance.audit_reveal SET gs_by = dsb_by WHERE id = $1', [id])).rejects.toThrow(
      'a reveal is not changed',
    );
    await expect(
      city.rows(`UPDATE assurance.audit_reveal SET expires_at = expires_at + interval '1 day' WHERE id = $1`, [id]),
    ).rejects.toThrow('a reveal is not changed');

    await city.rows('UPDATE organisation.audit_mandate SET ended_at = now(), ended_by = registered_by');
    expect([(await reading(id)).status, (await reading(id)).body.code]).toEqual([403, 'audit_mandate_missing']);
    expect((await ask()).status).toBe(403);
  });

  it('is not asked for when the entry is out of sight of the mandate, and nothing is left behind', async () => {
    const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
    const { mandateId } = await as('willi.pruefer').must<{ mandateId: string }>('POST', '/v1/audit-mandates', {
      reference: 'Rev 7',
      basis: 'HGO_130_2',
      subject: 'Weitergaben an die Feuerwehr.',
      unitIds: [await city.unit('feuerwehr')],
      validFrom: day(-1),
      validUntil: day(90),
    });
    await as('sten.rat').must('POST', `/v1/audit-mandates/${mandateId}/confirmation`);
    const count = () => city.one<{ n: number }>('SELECT count(*)::int AS n FROM assurance.audit_reveal');
    const before = await count();
    const { status, body } = await ask();
    expect([status, (body as { code?: string }).code]).toEqual([404, 'audit_entry_not_found']);
    expect(await count()).toEqual(before);
  });

  it('is asked for with a reason from the list only', async () => {
    for (const more of [{ reasonCode: 'NEUGIER' }, { reason: 'x' }, { entryId: 'x' }])
      expect([more, (await ask(more)).status]).not.toEqual([more, 201]);
  });
});

describe('before the Personalrat has agreed', () => {
  beforeAll(() => aCity({}), 60_000);
  afterAll(() => city.close());

  it('nobody can be named', async () => {
    const { status, body } = await ask();
    expect([status, body.code]).toEqual([403, 'reveal_switched_off']);
  });
});
