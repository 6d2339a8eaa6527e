import { systemActing } from '#lib/kernel';
import { ReorganisationModule } from '#lib/reorganisation';
import { LazyModuleLoader } from '@nestjs/core';
import { aGate, type Gate } from '../../../test/support/gate.fixture';
import { aReceiver } from '../../../test/support/receiver.fixture';
import { Reorganisation } from '../../../test/support/reorganisation';

let gate: Gate;
let change: Reorganisation;
beforeAll(async () => {
  gate = await aGate({ checkEveryMs: 200 });
  // the gate knows no change of units: who makes one stands beside it, on the same database
  const beside = await gate.app.get(LazyModuleLoader).load(() => ReorganisationModule);
  change = new Reorganisation({
    app: { get: (type) => beside.get(type, { strict: false }) },
    uow: gate.uow,
    rows: gate.rows,
    as: gate.actor,
    person: gate.person,
    system: (work) => gate.uow.run(systemActing('test'), work),
  });
}, 120_000);
afterAll(() => gate?.close());

const requestOf = async (agreementId: string) =>
  (await gate.one<{ id: string }>('SELECT request_id AS id FROM agreements.agreement WHERE id = $1', [agreementId])).id;
const receive = async (agreementId: string, who = 'eva.bach'): Promise<number> => {
  const response = await gate.call(`/v1/agreements/${agreementId}/data?format=csv`, who);
  await response.text();
  return response.status;
};

it('each successor of a split unit receives under what it took over, and finds nothing else; a later merger takes that along', async () => {
  const [mine, theirs] = [await gate.agreement(), await gate.agreement()];
  const parentId = await gate.unit('stadt');
  const { changeId, targetIds } = await change.prepare({
    kind: 'SPLIT',
    basis: 'OV 2026/30',
    unitId: await gate.unit('umweltamt'),
    into: [
      { key: 'klimaamt', name: 'Klimaamt', kind: 'AMT', parentId },
      { key: 'wasseramt', name: 'Wasseramt', kind: 'AMT', parentId },
    ],
  });
  const [climate, water] = targetIds as [string, string];
  await change.assign(changeId, [
    { kind: 'REQUEST', item: await requestOf(mine), toUnit: climate },
    { kind: 'REQUEST', item: await requestOf(theirs), toUnit: water },
    { kind: 'CLIENT', item: `${gate.realm.issuer} umweltamt-fachverfahren`, toUnit: climate },
  ]);
  await change.appoint('eva.bach', 'REQUESTER', climate);
  await change.confirm(changeId);
  expect([await receive(mine), await receive(theirs)]).toEqual([200, 404]);
  expect([await receive(mine, 'umweltamt-fachverfahren'), await receive(theirs, 'umweltamt-fachverfahren')]).toEqual([
    200, 404,
  ]);
  const { exchange } = await gate.record(mine);
  // recorded under the unit the agreement was made with: its history
  expect(exchange).toMatchObject({ state: 'COMPLETED', consumer_unit_id: await gate.unit('umweltamt') });

  const absorbed = await change.prepare({
    kind: 'MERGE',
    basis: 'OV 2026/31',
    unitIds: [climate],
    into: { unitId: await gate.unit('hochbauamt') },
  });
  await change.appoint('eva.bach', 'REQUESTER', await gate.unit('hochbauamt'));
  await change.confirm(absorbed.changeId);
  expect([await receive(mine), await receive(theirs)]).toEqual([200, 404]);
});

it('a running delivery is cut when its unit ends, before anybody told the agreement', async () => {
  const version = await gate.largeVersion(3_000_000);
  const id = await gate.agreement({ version, consumer: 'stadtplanungsamt' });
  const receiver = await aReceiver(`${gate.url}/v1/agreements/${id}/data?format=csv`, await gate.bearer('zoe.plan'));
  expect(receiver.status).toBe(200);
  const { changeId } = await change.prepare({
    kind: 'DISSOLVE',
    basis: 'OV 2026/32',
    unitId: await gate.unit('stadtplanungsamt'),
  });
  await change.confirm(changeId);
  receiver.read();
  const { complete } = await receiver.ended;
  expect(complete).toBe(false);
  const { state } = await gate.one<{ state: string }>('SELECT state FROM agreements.agreement WHERE id = $1', [id]);
  expect(state).toBe('ACTIVE');
  expect(await receive(id, 'zoe.plan')).toBeGreaterThanOrEqual(400);
});
