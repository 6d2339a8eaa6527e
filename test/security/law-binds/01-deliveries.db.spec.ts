// Single rows fetched again and again are a live access that nobody granted.
import { newId } from '#lib/kernel';
import { aGate, type Gate } from '../../support/gate.fixture';

let gate: Gate;
beforeAll(async () => {
  gate = await aGate();
}, 240_000);
afterAll(() => gate?.close());

const fetched = async (id: string, who = 'eva.bach') => {
  const response = await gate.call(`/v1/agreements/${id}/data?format=csv`, who);
  const text = await response.text();
  const { code, detail } = response.ok
    ? { code: 'done', detail: '' }
    : (JSON.parse(text) as { code: string; detail: string });
  return { status: response.status, code, detail };
};
/** Past the triggers: what stands, as if it had come about so. */
async function changed(table: string, sql: string, parameters: unknown[]): Promise<void> {
  await gate.rows(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await gate.rows(sql, parameters);
  await gate.rows(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}
const agreed = (id: string, terms: object) =>
  changed('agreements.agreement', 'UPDATE agreements.agreement SET terms = terms || $2 WHERE id = $1', [
    id,
    JSON.stringify(terms),
  ]);
const deliveries = (id: string, change: string) =>
  changed('exchange.exchange', `UPDATE exchange.exchange SET ${change} WHERE agreement_id = $1`, [id]);

// what other tests fetched of the same data is over: the office has one number for a product
beforeEach(() =>
  changed(
    'exchange.exchange',
    `UPDATE exchange.exchange SET started_at = started_at - interval '31 days', ended_at = ended_at - interval '31 days'`,
    [],
  ),
);

test('an agreement about single rows delivers as often as it says and then refuses, with what to do', async () => {
  const id = await gate.agreement({ fields: ['baum_id'], form: { form: 'ROWLEVEL' } });
  await agreed(id, { deliveries: { times: 3, days: 30 } });
  for (let time = 0; time < 3; time++) expect((await fetched(id)).status).toBe(200);
  const refused = await fetched(id);
  expect(refused).toMatchObject({ status: 429, code: 'deliveries_used_up' });
  expect(refused.detail).toMatch(/In 30 Tagen sind 3 Lieferungen vereinbart.*Die nächste ist ab dem/);
  await expect(gate.ticket(id)).rejects.toMatchObject({ code: 'deliveries_used_up' });
  const { events } = await gate.record(id);
  expect(events.filter(({ type }) => type === 'exchange.started.v1')).toHaveLength(3);
  expect(events.at(-1)).toMatchObject({ type: 'exchange.refused.v1', facts: { code: 'deliveries_used_up' } });

  // when the oldest is old enough, the next one goes
  await deliveries(id, `started_at = started_at - interval '31 days', ended_at = ended_at - interval '31 days'`);
  expect((await fetched(id)).status).toBe(200);
});

test('two programs at once do not get one more', async () => {
  const id = await gate.agreement({ fields: ['baum_id'], form: { form: 'ROWLEVEL' } });
  await agreed(id, { deliveries: { times: 1, days: 30 } });
  const answers = await Promise.all([1, 2, 3].map(() => fetched(id)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429]);
});

test('a delivery that broke is free; breaking off again and again is no way past the limit', async () => {
  const id = await gate.agreement({ fields: ['baum_id'], form: { form: 'ROWLEVEL' } });
  await agreed(id, { deliveries: { times: 2, days: 30 } });
  for (let time = 0; time < 2; time++) {
    expect((await fetched(id)).status).toBe(200);
    await deliveries(id, `state = 'FAILED', reason = 'engine_failed'`);
  }
  expect((await fetched(id)).status).toBe(200);
  await deliveries(id, `state = 'INTERRUPTED', reason = 'consumer_aborted'`);
  // three broken at the receiver: two are free, the third counts
  expect((await fetched(id)).status).toBe(200);
  expect((await fetched(id)).code).toBe('deliveries_used_up');
});

test('another request for the same data is no further ten deliveries, nor is one of another department', async () => {
  const form = { form: 'ROWLEVEL' as const };
  const first = await gate.agreement({ fields: ['baum_id'], form });
  const second = await gate.agreement({ fields: ['baum_id', 'art'], form });
  for (const id of [first, second]) await agreed(id, { deliveries: { times: 2, days: 30 } });
  expect([(await fetched(first)).status, (await fetched(second)).status]).toEqual([200, 200]);
  for (const id of [first, second]) expect((await fetched(id)).code).toBe('deliveries_used_up');
  const third = await gate.agreement({ fields: ['art'], form });
  await agreed(third, { deliveries: { times: 2, days: 30 } });
  expect(await fetched(third)).toMatchObject({
    code: 'deliveries_used_up',
    detail: expect.stringContaining('alle Vereinbarungen Ihres Amtes'),
  });
  await expect(gate.ticket(third)).rejects.toMatchObject({ code: 'deliveries_used_up' });

  // a department of the office came for them
  const department = newId();
  await gate.rows(
    `INSERT INTO organisation.unit (id, key, name, kind, parent_id, valid_from)
     SELECT $1, 'probe-abteilung', 'Abteilung Probe', 'ABTEILUNG', id, now() - interval '1 day' FROM organisation.unit WHERE key = 'umweltamt'`,
    [department],
  );
  for (const id of [first, second]) {
    await changed('exchange.exchange', 'UPDATE exchange.exchange SET consumer_unit_id = $2 WHERE agreement_id = $1', [
      id,
      department,
    ]);
    await changed('agreements.agreement', 'UPDATE agreements.agreement SET consumer_unit_id = $2 WHERE id = $1', [
      id,
      department,
    ]);
  }
  expect((await fetched(third)).code).toBe('deliveries_used_up');
}, 120_000);

test('another office, other data and a live access have numbers of their own', async () => {
  const mine = await gate.agreement({ fields: ['baum_id'], form: { form: 'ROWLEVEL' } });
  const large = await gate.agreement({ version: await gate.largeVersion(10), form: { form: 'ROWLEVEL' } });
  const live = await gate.agreement({ fields: ['baum_id'], form: { form: 'API_LIVE' } });
  for (const id of [mine, large]) await agreed(id, { deliveries: { times: 1, days: 30 } });
  for (const id of [live, mine, large]) expect((await fetched(id)).status).toBe(200);
  for (const id of [mine, large]) expect((await fetched(id)).code).toBe('deliveries_used_up');
}, 120_000);

test('what was agreed before there was a limit has that of the law of now; a live access has none', async () => {
  const before = await gate.agreement({ fields: ['baum_id'], form: { form: 'ROWLEVEL' } });
  const live = await gate.agreement({ fields: ['baum_id'], form: { form: 'API_LIVE' } });
  for (let time = 0; time < 10; time++) expect((await fetched(before)).status).toBe(200);
  expect((await fetched(before)).code).toBe('deliveries_used_up');
  for (let time = 0; time < 11; time++) expect((await fetched(live)).status).toBe(200);
}, 180_000);
