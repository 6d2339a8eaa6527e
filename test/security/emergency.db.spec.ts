import { newId } from '#lib/kernel';
import type { Signed } from '../journeys/city';
import { aRunningCity, type RunningCity } from '../support/city.fixture';

interface Opened {
  id: string;
  state: string;
  agreementId: string | null;
}
interface Line {
  id: string;
  state: string;
  task: string | null;
}

let city: RunningCity;
const people: Record<string, Signed> = {};
const NAMES = ['eva.bach', 'ida.stein', 'karla.mauer', 'uma.schild', 'rosa.mond', 'falk.quelle'];

beforeAll(async () => {
  city = await aRunningCity();
  for (const name of NAMES) people[name] = await city.as(name);
}, 60_000);
afterAll(() => city?.close());

const as = (name: string): Signed => people[name]!;
const opening = async (more: Record<string, unknown> = {}) => ({
  productId: (await city.product('gebaeudedatenkataster')).productId,
  consumerUnitId: await city.unit('umweltamt'),
  danger: 'LEBEN',
  reason: 'Ein Haus droht einzustürzen, Menschen sind darin.',
  caseNumber: 'KatS 1/2026',
  fields: ['nutzung'],
  ...more,
});
describe('break glass (81)', () => {
  it('without a reason, a file number or a danger to life or health opens nothing', async () => {
    const before = await city.everything();
    for (const more of [
      { reason: '' },
      { reason: 'x' },
      { caseNumber: '' },
      { danger: 'EILE' },
      { danger: undefined },
      { reason: undefined },
    ]) {
      const { status, body } = await as('eva.bach').post('/v1/emergency-accesses', await opening(more));
      expect([more, status, body.code]).toEqual([more, 422, 'validation_failed']);
    }
    expect(await city.everything()).toEqual(before);
  });

  it('is not opened by somebody who may not request, nor confirmed by the one who opened it or by the giving side', async () => {
    for (const name of ['ida.stein', 'uma.schild', 'karla.mauer']) {
      expect([name, (await as(name).post('/v1/emergency-accesses', await opening())).status]).toEqual([name, 403]);
    }
    const { id } = await as('eva.bach').must<Opened>('POST', '/v1/emergency-accesses', await opening());
    for (const name of NAMES.filter((one) => one !== 'falk.quelle')) {
      expect([name, (await as(name).post(`/v1/emergency-accesses/${id}/confirmation`)).status]).toEqual([name, 403]);
    }
    await as('eva.bach').must('POST', `/v1/emergency-accesses/${id}/end`, { reason: 'Es war eine Übung.' });
    const { status } = await as('falk.quelle').post(`/v1/emergency-accesses/${id}/confirmation`);
    expect(status).toBe(409);
  });

  it('used properly is told to owner and data protection officer, and leaves a review; over, it opens nothing', async () => {
    const { id } = await as('eva.bach').must<Opened>('POST', '/v1/emergency-accesses', await opening());
    const second = as('falk.quelle');
    const { agreementId } = await second.must<Opened>('POST', `/v1/emergency-accesses/${id}/confirmation`);
    const noticed = async (name: string) =>
      (await as(name).must<{ items: Line[] }>('GET', '/v1/emergency-accesses')).items.find((line) => line.id === id);
    for (const name of ['ida.stein', 'uma.schild', 'rosa.mond', 'falk.quelle'])
      expect([name, (await noticed(name))?.state]).toEqual([name, 'RUNNING']);
    expect((await as('eva.bach').post(`/v1/agreements/${agreementId}/downloads`, { format: 'csv' })).status).toBe(201);

    await as('ida.stein').must('POST', `/v1/emergency-accesses/${id}/end`, { reason: 'Die Lage ist vorbei.' });
    const { status, body } = await as('eva.bach').post(`/v1/agreements/${agreementId}/downloads`, { format: 'csv' });
    expect([status, body.code]).toEqual([403, 'agreement_not_active']);
    expect((await noticed('uma.schild'))?.task).toBe('OPINION');
    expect(
      (await as('ida.stein').post(`/v1/emergency-accesses/${id}/review`, { finding: 'LAWFUL', text: 'Es war nötig.' }))
        .status,
    ).toBe(409);
    await as('uma.schild').must('POST', `/v1/emergency-accesses/${id}/opinion`, {
      opinion: 'CONDITIONAL',
      text: 'Weniger Felder hätten gereicht.',
    });
    expect((await noticed('ida.stein'))?.task).toBe('REVIEW');
    await as('ida.stein').must('POST', `/v1/emergency-accesses/${id}/review`, {
      finding: 'UNLAWFUL',
      text: 'Ein Anruf hätte gereicht.',
    });
  });

  it('ended, or over by the clock, is not opened again before it is reviewed, nor by a department of the same office', async () => {
    const open = async () => {
      const { status, body } = await as('eva.bach').post<Opened>('/v1/emergency-accesses', await opening());
      return status === 201 ? body : body.code;
    };
    const first = (await open()) as Opened;
    await as('falk.quelle').must('POST', `/v1/emergency-accesses/${first.id}/confirmation`);
    expect(await open()).toBe('emergency_at_once');
    await as('eva.bach').must('POST', `/v1/emergency-accesses/${first.id}/end`, { reason: 'Die Lage ist vorbei.' });
    expect(await open()).toBe('emergency_unreviewed');

    // whose it was: a department nobody of the office itself belongs to
    const department = newId();
    await city.rows(
      `INSERT INTO organisation.unit (id, key, name, kind, parent_id, valid_from)
       SELECT $1, 'umweltamt-wasser', 'Abteilung Wasser', 'ABTEILUNG', id, now() - interval '1 day' FROM organisation.unit WHERE key = 'umweltamt'`,
      [department],
    );
    const belongsTo = async (unitId: string) => {
      await city.rows('ALTER TABLE agreements.emergency_access DISABLE TRIGGER guard_emergency');
      await city.rows('UPDATE agreements.emergency_access SET consumer_unit_id = $2 WHERE id = $1', [first.id, unitId]);
      await city.rows('ALTER TABLE agreements.emergency_access ENABLE TRIGGER guard_emergency');
    };
    await belongsTo(department);
    expect(await open()).toBe('emergency_unreviewed');
    await belongsTo(await city.unit('umweltamt'));

    const text = 'Es war nötig.';
    await as('uma.schild').must('POST', `/v1/emergency-accesses/${first.id}/opinion`, { opinion: 'POSITIVE', text });
    expect(await open()).toBe('emergency_unreviewed');
    await as('ida.stein').must('POST', `/v1/emergency-accesses/${first.id}/review`, { finding: 'LAWFUL', text });
    const second = (await open()) as Opened;
    expect(second.state).toBe('WAITING');
    await as('eva.bach').must('POST', `/v1/emergency-accesses/${second.id}/end`, { reason: 'Es war eine Übung.' });
  });

  it('gives no other right: law, roles, the log and other data stay closed', async () => {
    const { id } = await as('eva.bach').must<Opened>('POST', '/v1/emergency-accesses', await opening());
    const second = as('falk.quelle');
    await second.must('POST', `/v1/emergency-accesses/${id}/confirmation`);
    const unknown = '01890000-0000-7000-8000-000000000000';
    const attempts: [string, string, object?][] = [
      [
        'POST',
        '/v1/appointments',
        {
          personId: await city.person('eva.bach'),
          role: 'OWNER',
          unitId: await city.unit('hochbauamt'),
          scope: { kind: 'UNIT' },
        },
      ],
      ['GET', '/v1/audit'],
      ['GET', `/v1/audit/entries/${unknown}`],
    ];
    const document = (await (await fetch(`${city.api}/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { 'x-permission'?: string }>>;
    };
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (['rulebook.draft', 'rulebook.vote'].includes(operation['x-permission'] ?? ''))
          attempts.push([method.toUpperCase(), path.replaceAll(/\{\w+\}/g, unknown), {}]);
      }
    }
    expect(attempts.length).toBeGreaterThan(5);
    for (const [method, path, body] of attempts) {
      for (const token of [as('eva.bach').token, second.token]) {
        const response = await fetch(`${city.api}${path}`, {
          method,
          headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
          ...(body && method !== 'GET' && { body: JSON.stringify(body) }),
        });
        expect([method, path, response.status]).toEqual([method, path, 403]);
      }
    }
  });
});
