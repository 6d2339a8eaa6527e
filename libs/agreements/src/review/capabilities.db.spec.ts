// An update that carries out less than before: what rests on it rests, with its reason, and both sides read it.
import { EVERYTHING, type Capabilities } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { join } from 'node:path';
import { Office } from '../../../../test/support/office';

const LAW = join(__dirname, '../../../../config/governance');
/** The program of before: it called built what it refused at the gate, and looked at no form. */
const BEFORE: Capabilities = EVERYTHING;

let office: Office;
const agreed: Record<'table' | 'single' | 'blocked', { id: string; requestId: string }> = {} as never;
beforeAll(async () => {
  office = await Office.open({ can: BEFORE });
  const running = async (key: string, product: Parameters<Office['aProduct']>[0], more: object) => {
    const { id: productId } = await office.aProduct(product);
    const person = await office.as(key);
    const { id: requestId } = await office.requests.submit(person, await office.aForm(productId, 'umweltamt', more));
    await office.settle();
    const { id } = (await office.agreementReads.ofRequest(person, requestId))!;
    await office.agreements.confirm(person, id, { revision: 1, ...(await office.answers(id)) });
    return { id, requestId };
  };
  const trees = { unit: 'gruenflaechenamt' };
  agreed.single = await running('eva.bach', trees, {});
  agreed.table = await running('eva.bach', trees, { form: 'TABLE_AGG' });
  agreed.blocked = await running('eva.bach', { ...trees, personalRef: 'AGGREGATED' }, {});
  await office.settle();
}, 120_000);
afterAll(() => office.close());

const stateOf = async (id: string) =>
  (await office.rows<{ state: string }>('SELECT state FROM agreements.agreement WHERE id = $1', [id]))[0]!.state;

test('before the update all are in force', async () => {
  expect(await Promise.all(Object.values(agreed).map(({ id }) => stateOf(id)))).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE']);
});

test('at the start after the update, a form and an obligation that are no longer carried suspend, and nothing else', async () => {
  await office.updated();
  expect(await stateOf(agreed.single.id)).toBe('ACTIVE');
  expect(await stateOf(agreed.table.id)).toBe('SUSPENDED');
  expect(await stateOf(agreed.blocked.id)).toBe('SUSPENDED');
  for (const key of ['eva.bach', 'anna.ahorn']) {
    const reasons = async (id: string) => (await office.agreementReads.view(await office.as(key), id)).suspendedBecause;
    expect((await reasons(agreed.table.id)).map(({ text }) => text).join()).toContain('„zusammengefasste Tabelle“');
    expect((await reasons(agreed.blocked.id)).map(({ text }) => text).join()).toContain('„Statistische Geheimhaltung“');
  }
  const [event] = await office.events({ agreementId: agreed.table.id, cause: 'rulebook.capabilities-changed.v1' });
  expect(event).toMatchObject({ type: 'agreement.suspended.v1', facts: { because: ['FORM'] } });
  const [told] = (await office.events({})).filter(({ type }) => type === 'rulebook.capabilities-changed.v1');
  expect(told!.facts).toMatchObject({
    removed: ['*', '*'],
    added: expect.arrayContaining(['exchange.mask', 'ROWLEVEL']),
  });
});

test('a second start of the same program changes nothing', async () => {
  const before = (await office.events({})).length;
  await office.system((tx) => office.app.get(Rulebook).install(tx, LAW));
  await office.settle();
  expect(await office.events({})).toHaveLength(before);
});

test('what was decided before is replayed as the program of then decided it', async () => {
  const [decision] = await office.rows<{ hash: string; at: Date }>(
    'SELECT ruleset_hash AS hash, decided_at AS at FROM requests.decision WHERE request_id = $1 ORDER BY decided_at LIMIT 1',
    [agreed.table.requestId],
  );
  const then = await office.system((tx) => office.app.get(Rulebook).lawOfThen(tx, decision!.hash, decision!.at));
  expect([then.ruleset.deliversAs('TABLE_AGG'), then.ruleset.unbuilt]).toEqual([true, []]);
  const now = await office.system((tx) => office.app.get(Rulebook).inForce(tx));
  expect(now.ruleset.deliversAs('TABLE_AGG')).toBe(false);
});

test('once the program carries it out, what rested goes on by itself', async () => {
  await office.updated(EVERYTHING);
  expect([await stateOf(agreed.table.id), await stateOf(agreed.blocked.id)]).toEqual(['ACTIVE', 'ACTIVE']);
});
