// One file: two offices become one while their rows stand in every stage; each test looks at another stage of the same merger.
import { EVERYTHING } from '#lib/policy';
import { CatalogueReads } from '#lib/catalogue';
import { OrganisationReads } from '#lib/organisation';
import { lawWithReports } from '../../../test/support/law-folder';
import { codeOf, Office } from '../../../test/support/office';
import { Reorganisation } from '../../../test/support/reorganisation';

let office: Office;
let change: Reorganisation;
/** what stood before the merger of Grünflächenamt and Umweltamt */
const before: Record<string, { id: string; productId: string; requestId: string }> = {};
let mergedUnit: string;
let changeId: string;

async function running(
  provider: string,
  consumer: string,
  requester: string,
): Promise<{ id: string; productId: string; requestId: string }> {
  const { id: productId } = await office.aProduct({ unit: provider });
  const actor = await office.as(requester);
  const { id: requestId } = await office.requests.submit(actor, await office.aForm(productId, consumer));
  await office.settle();
  const { id } = (await office.agreementReads.ofRequest(actor, requestId))!;
  await office.agreements.confirm(actor, id, { revision: 1 });
  await office.settle();
  return { id, productId, requestId };
}
async function open(
  provider: string,
  consumer: string,
  requester: string,
): Promise<{ id: string; productId: string; requestId: string }> {
  const { id: productId } = await office.aProduct({ unit: provider, openness: 'RESTRICTED', title: 'Höhenmodell' });
  const { id } = await office.requests.submit(await office.as(requester), await office.aForm(productId, consumer));
  await office.settle();
  return { id, productId, requestId: id };
}
/** The Umweltamt reports figures of the Grünflächenamt: people decide on that inside one office too. */
async function report(): Promise<{ id: string; productId: string; requestId: string }> {
  const { id: productId } = await office.aProduct({
    unit: 'gruenflaechenamt',
    personalRef: 'AGGREGATED',
    purposes: ['BERICHT_GREMIEN'],
  });
  const form = await office.aForm(productId, 'umweltamt', { purposeCode: 'BERICHT_GREMIEN', form: 'GEO_AGG' });
  const { id } = await office.requests.submit(await office.as('eva.bach'), form);
  await office.settle();
  return { id, productId, requestId: id };
}
const stateOf = async (id: string) =>
  (await office.rows<{ state: string }>('SELECT state FROM agreements.agreement WHERE id = $1', [id]))[0]!.state;
const requestOf = async (id: string) =>
  (
    await office.rows<{ state: string; consumer: string }>(
      'SELECT state, consumer_unit_id AS consumer FROM requests.access_request WHERE id = $1',
      [id],
    )
  )[0]!;
const tasksOf = (id: string) =>
  office.rows<{ step: string; state: string; round: number; unit_id: string | null }>(
    'SELECT step, state, round, unit_id FROM approvals.task WHERE request_id = $1 ORDER BY created_at, stage',
    [id],
  );

beforeAll(async () => {
  // what its chains and tables ask for, whether or not the gate can carry it out today
  office = await Office.open({ law: lawWithReports(), can: EVERYTHING });
  change = new Reorganisation(office);
  before.inside = await running('gruenflaechenamt', 'umweltamt', 'eva.bach');
  before.gives = await running('gruenflaechenamt', 'stadtplanungsamt', 'zoe.plan');
  before.takes = await running('hochbauamt', 'umweltamt', 'eva.bach');
  before.openInside = await open('gruenflaechenamt', 'umweltamt', 'eva.bach');
  before.openOut = await open('tiefbau-vermessungsamt', 'umweltamt', 'eva.bach');
  before.openIn = await open('gruenflaechenamt', 'stadtplanungsamt', 'zoe.plan');
  before.open = await report();
  before.asked = await open('tiefbau-vermessungsamt', 'umweltamt', 'eva.bach');
  await office.approve('falk.quelle', before.openInside.requestId, 'REQ_HEAD');
  await office.approve('clara.linde', before.open.requestId, 'STEWARD');
  await office.approve('falk.quelle', before.openOut.requestId, 'REQ_HEAD');
  await office.approve('ron.rinne', before.openIn.requestId, 'REQ_HEAD');
  await office.settle();
  const { id: task } = await office.task(before.asked.requestId, 'REQ_HEAD');
  await office.approvals.askBack(await office.as('falk.quelle'), task, {
    revision: await office.revision(before.asked.requestId),
    text: 'Wofür genau?',
  });
  await office.settle();
}, 180_000);
afterAll(() => office.close());

describe('before anybody confirms', () => {
  test('the preview names what is touched, and that nobody answers for the products yet', async () => {
    ({
      changeId,
      targetIds: [mergedUnit = ''],
    } = await change.prepare({
      kind: 'MERGE',
      basis: 'OV 2026/07',
      unitIds: [await office.unit('gruenflaechenamt'), await office.unit('umweltamt')],
      into: {
        key: 'umwelt-gruenamt',
        name: 'Umwelt- und Grünflächenamt',
        kind: 'AMT',
        parentId: await office.unit('stadt'),
      },
    }));
    const preview = await change.preview(changeId);
    const green = preview.sources.find(({ name }) => name === 'Grünflächenamt')!;
    const environment = preview.sources.find(({ name }) => name === 'Umweltamt')!;
    expect([green.products.count, green.agreements.count, green.requests.count]).toEqual([5, 2, 3]);
    expect([
      environment.products.count,
      environment.agreements.count,
      environment.requests.count,
      environment.machineClients.count,
    ]).toEqual([0, 2, 4, 1]);
    expect(green.agreements.items.map(({ becomesOwn }) => becomesOwn).sort()).toEqual([false, true]);
    expect(green.products.items.every(({ toUnitName }) => toUnitName === 'Umwelt- und Grünflächenamt')).toBe(true);
    expect(environment.tasks.items.map(({ name }) => name).join()).toContain('REQ_HEAD');
    expect(green.appointments.items.map(({ name }) => name)).toContain('Anna Ahorn');
    expect(preview.obstacles.map(({ code, unitId }) => [code, unitId])).toEqual([
      ['no_holder', mergedUnit],
      ['no_deputy', mergedUnit],
    ]);
  });

  test('confirmation is refused with every obstacle, by the desk and by the database', async () => {
    await expect(change.confirm(changeId)).rejects.toMatchObject({
      code: 'unit_change_obstacles',
      because: [
        expect.stringContaining('niemand für die Datenprodukte verantwortlich'),
        expect.stringContaining('keine Vertretung'),
      ],
    });
    expect(await codeOf(change.confirmPastTheDesk(changeId))).toBe('unit_change_obstacles');
  });

  test('who prepared it does not confirm it, and the new unit does not exist', async () => {
    await change.appoint('anna.ahorn', 'OWNER', mergedUnit);
    await change.appoint('benno.buche', 'OWNER', mergedUnit, 'anna.ahorn');
    await change.appoint('eva.bach', 'REQUESTER', mergedUnit);
    await change.appoint('falk.quelle', 'REQ_HEAD', mergedUnit);
    await change.appoint('clara.linde', 'STEWARD', mergedUnit);
    expect((await change.preview(changeId)).obstacles).toEqual([]);
    expect(await codeOf(change.confirm(changeId, 'xenia.konto'))).toBe('unit_change_two_persons');
    expect((await office.as('eva.bach')).units).toEqual([await office.unit('umweltamt')]);
    expect(
      (await office.system((tx) => office.app.get(OrganisationReads).units(tx))).map(({ id }) => id),
    ).not.toContain(mergedUnit);
  });
});

describe('from the confirmation on, before anything that follows has run', () => {
  test('the old roles are over, the new ones hold, and the rows of both are in reach', async () => {
    await change.confirm(changeId);
    const eva = await office.as('eva.bach');
    expect(eva.appointments.map(({ unitId }) => unitId)).toEqual([mergedUnit]);
    expect([...eva.units].sort()).toEqual(
      [mergedUnit, await office.unit('gruenflaechenamt'), await office.unit('umweltamt')].sort(),
    );
    expect((await office.as('moritz.moos')).appointments).toEqual([]);
    const { total } = await office.agreementReads.list(eva);
    expect(total).toBe(3);
  });

  test('a foreign office still sees nothing of it, and row-level security alone says the same', async () => {
    const karla = await office.as('karla.mauer');
    expect((await office.agreementReads.list(karla)).items.map(({ id }) => id)).toEqual([before.takes!.id]);
    expect(await codeOf(office.agreementReads.view(karla, before.inside!.id))).toBe('agreement_unknown');
    const seen = await office.uow.read(karla.acting, (tx) =>
      tx.sql<{ id: string }>('SELECT id FROM requests.access_request'),
    );
    expect(seen.map(({ id }) => id)).toEqual([before.takes!.requestId]);
  });

  test('the products are answered for by the holder of the merged unit before they moved', async () => {
    const { product } = before.gives
      ? {
          product: await office.system((tx) =>
            office.app.get(CatalogueReads).forPolicy(tx, before.gives!.productId, null),
          ),
        }
      : { product: null };
    expect(product).toMatchObject({ hasOwner: true, hasDeputy: true, providerUnit: 'umwelt-gruenamt' });
  });

  test('nothing new is asked for in the name of a unit that ended', async () => {
    const { id: productId } = await office.aProduct({ unit: 'hochbauamt' });
    const form = await office.aForm(productId, 'umweltamt');
    expect(await codeOf(office.requests.submit(await office.as('eva.bach'), form))).toBe('unit_ended');
    const { state } = await office.requests.submit(await office.as('eva.bach'), {
      ...form,
      consumerUnitId: mergedUnit,
    });
    expect(state).toBe('PERMITTED');
  });
});

describe('when all that follows has run', () => {
  beforeAll(() => office.settle());

  test('products keep their id and have the new provider, each told once', async () => {
    const rows = await office.rows<{ provider_unit_id: string }>(
      'SELECT provider_unit_id FROM catalogue.product WHERE id = ANY ($1)',
      [[before.inside, before.gives, before.openInside, before.openIn].map((one) => one!.productId)],
    );
    expect(rows.every(({ provider_unit_id: unit }) => unit === mergedUnit)).toBe(true);
    expect((await office.events({ productId: before.gives!.productId })).map(({ type }) => type)).toEqual([
      'request.submitted.v1',
      'agreement.offered.v1',
      'product.moved.v1',
    ]);
  });

  test('a product is given to nobody but who stands in the place of its provider', async () => {
    await expect(
      office.rows('UPDATE catalogue.product SET provider_unit_id = $2, revision = revision + 1 WHERE id = $1', [
        before.gives!.productId,
        await office.unit('hochbauamt'),
      ]),
    ).rejects.toThrow('provider is fixed');
  });

  test('running agreements go on, and keep the units they were made with', async () => {
    for (const one of [before.inside!, before.gives!, before.takes!]) expect(await stateOf(one.id)).toBe('ACTIVE');
    const view = await office.agreementReads.view(await office.as('eva.bach'), before.takes!.id);
    expect(view).toMatchObject({
      consumerUnitId: await office.unit('umweltamt'),
      consumerUnitName: 'Umweltamt (heute: Umwelt- und Grünflächenamt)',
      may: { receive: true, terminate: true },
    });
    expect(view.termsText).toContain('Umweltamt');
    const given = await office.agreementReads.view(await office.as('anna.ahorn'), before.gives!.id);
    expect(given.may.revoke).toBe(true);
  });

  test('a request that is inside one office now is decided anew as such, and nothing done before counts', async () => {
    const { requestId } = before.openInside!;
    expect(await requestOf(requestId)).toEqual({ state: 'PERMITTED', consumer: await office.unit('umweltamt') });
    const [last] = await office.rows<{ cause: string; kind: string }>(
      `SELECT cause, facts->'consumer'->>'kind' AS kind FROM requests.decision WHERE request_id = $1 ORDER BY decided_at DESC LIMIT 1`,
      [requestId],
    );
    expect(last).toEqual({ cause: 'UNIT_CHANGE', kind: 'SAME_OFFICE' });
    expect((await tasksOf(requestId)).filter(({ state }) => state === 'OPEN' || state === 'WAITING')).toEqual([]);
  });

  test('a request to others stays what it was: what was done stays done, what is left is seated anew', async () => {
    const tasks = await tasksOf(before.openOut!.requestId);
    expect(tasks.filter(({ step, state }) => step === 'REQ_HEAD' && state === 'APPROVED')).toHaveLength(1);
    expect(new Set(tasks.map(({ round }) => round))).toEqual(new Set([1]));
    expect(tasks.some(({ state }) => state === 'OPEN')).toBe(true);
    const asked = await tasksOf(before.openIn!.requestId);
    const owner = asked.filter(
      ({ step, state }) => step.includes('OWNER') && (state === 'OPEN' || state === 'WAITING'),
    );
    expect(owner.map(({ unit_id: unit }) => unit)).toEqual([mergedUnit]);
    await office.approve('clara.linde', before.openIn!.requestId, 'STEWARD');
    await office.advise('vera.riegel', before.openIn!.requestId, 'ISB', 'POSITIVE');
    expect((await office.inbox.inbox(await office.as('anna.ahorn'))).map(({ requestId }) => requestId)).toContain(
      before.openIn!.requestId,
    );
    expect(await office.inbox.inbox(await office.as('gero.wolke'))).toEqual([]);
    expect(await office.approve('anna.ahorn', before.openIn!.requestId, 'OWNER')).toMatchObject({
      taskState: 'APPROVED',
    });
  });

  test('four eyes are asked by person: who asked in one of the two offices does not decide in the merged one', async () => {
    const { requestId } = before.open!;
    const tasks = await tasksOf(requestId);
    expect(tasks.filter(({ step }) => step === 'STEWARD').map(({ state }) => state)).toContain('APPROVED');
    expect(tasks.some(({ step, state }) => step === 'OWNER' && state !== 'CLOSED')).toBe(true);
    for (const key of ['eva.bach', 'clara.linde']) await change.appoint(key, 'OWNER', mergedUnit);
    expect(await codeOf(office.approve('eva.bach', requestId, 'OWNER'))).toBe('self_approval');
    expect(await codeOf(office.approve('clara.linde', requestId, 'OWNER'))).toBe('four_eyes');
  });

  test('the answer to a question that stayed open is decided on the parties of now', async () => {
    const { requestId } = before.asked!;
    expect((await requestOf(requestId)).state).toBe('QUESTION');
    await office.requests.answer(await office.as('eva.bach'), requestId, {
      revision: await office.revision(requestId),
      text: 'Für die Klimakarte.',
    });
    await office.settle();
    expect((await requestOf(requestId)).state).toBe('IN_REVIEW');
    const open = (await tasksOf(requestId)).filter(({ state, step }) => state === 'OPEN' && step === 'REQ_HEAD');
    expect(open.map(({ unit_id: unit }) => unit)).toEqual([mergedUnit]);
  });

  test('the programme of the old unit works for the new one', async () => {
    expect((await office.machine()).units).toEqual(
      expect.arrayContaining([mergedUnit, await office.unit('umweltamt')]),
    );
  });

  test('the events of the old units are there and readable, and the merger was told once', async () => {
    const unit = await office.unit('umweltamt');
    const events = await office.events({ consumerUnitId: unit });
    expect(events.map(({ type }) => type)).toContain('request.submitted.v1');
    expect(
      (await office.events({ changeId })).map(({ type }) => type).filter((type) => type === 'unit.merged.v1'),
    ).toHaveLength(1);
    expect((await office.events({ unitId: unit, role: 'REQUESTER' })).map(({ type }) => type)).toEqual([
      'appointment.ended.v1',
    ]);
  });

  test('the old name leads to who stands there now', async () => {
    const found = await change.find('grünflächenamt');
    expect(found.map(({ name, standsFor }) => [name, standsFor?.name ?? null])).toEqual([
      ['Umwelt- und Grünflächenamt', null],
      ['Grünflächenamt', 'Umwelt- und Grünflächenamt'],
    ]);
  });

  test('an event that comes twice moves nothing twice', async () => {
    const count = async () => (await office.rows<{ n: string }>('SELECT count(*) AS n FROM kernel.audit_event'))[0]!.n;
    const was = await count();
    await office.rows(
      `INSERT INTO kernel.relay_pending (event_id) SELECT event_id FROM kernel.audit_event WHERE type = 'unit.merged.v1'`,
    );
    await office.settle();
    expect(await count()).toBe(was);
  });
});
