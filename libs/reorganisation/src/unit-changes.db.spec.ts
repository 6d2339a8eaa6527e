// One file: a split, two dissolutions, a renaming and a move in one city, each with rows in every stage.
import { CatalogueReads } from '#lib/catalogue';
import { newId } from '#lib/kernel';
import { OrganisationReads, UnitChangeReads } from '#lib/organisation';
import { LeftBehindReads } from '#lib/reorganisation';
import { Handovers } from '#lib/requests';
import { codeOf, Office } from '../../../test/support/office';
import { Reorganisation } from '../../../test/support/reorganisation';

let office: Office;
let change: Reorganisation;
interface Made {
  id: string;
  productId: string;
  requestId: string;
}

beforeAll(async () => {
  office = await Office.open();
  change = new Reorganisation(office);
}, 180_000);
afterAll(() => office.close());

async function running(unit: string, consumer: string, requester: string, more: object = {}): Promise<Made> {
  const { id: productId } = await office.aProduct({ unit, ...more });
  const actor = await office.as(requester);
  const { id: requestId } = await office.requests.submit(actor, await office.aForm(productId, consumer));
  await office.settle();
  const { id } = (await office.agreementReads.ofRequest(actor, requestId))!;
  await office.agreements.confirm(actor, id, { revision: 1 });
  await office.settle();
  return { id, productId, requestId };
}
async function open(unit: string, consumer: string, requester: string): Promise<Made> {
  const { id: productId } = await office.aProduct({ unit, openness: 'RESTRICTED' });
  const { id } = await office.requests.submit(await office.as(requester), await office.aForm(productId, consumer));
  await office.settle();
  return { id, productId, requestId: id };
}
const stateOf = async (id: string) =>
  (await office.rows<{ state: string }>('SELECT state FROM agreements.agreement WHERE id = $1', [id]))[0]!.state;
const requestOf = async (id: string) =>
  (
    await office.rows<{ state: string; refusal: object }>(
      'SELECT state, refusal FROM requests.access_request WHERE id = $1',
      [id],
    )
  )[0]!;
const providerOf = async (id: string) =>
  (
    await office.rows<{ unit: string }>('SELECT provider_unit_id AS unit FROM catalogue.product WHERE id = $1', [id])
  )[0]!.unit;
const department = async (key: string, name: string, parent: string) => {
  const id = newId();
  await office.rows(
    `INSERT INTO organisation.unit (id, key, name, kind, parent_id, valid_from) VALUES ($1, $2, $3, 'ABTEILUNG', $4, now() - interval '1 day')`,
    [id, key, name, await office.unit(parent)],
  );
  return id;
};
/** Agreements and requests a person reaches through row-level security alone. */
const reached = async (key: string) => {
  const actor = await office.as(key);
  return office.uow.read(actor.acting, async (tx) =>
    [
      ...(await tx.sql<{ id: string }>('SELECT request_id AS id FROM agreements.agreement')),
      ...(await tx.sql<{ id: string }>('SELECT id FROM requests.access_request')),
      ...(await tx.sql<{ id: string }>('SELECT DISTINCT request_id AS id FROM requests.decision')),
      ...(await tx.sql<{ id: string }>('SELECT DISTINCT request_id AS id FROM approvals.task')),
    ].map(({ id }) => id),
  );
};

describe('a split: the Umweltamt becomes a Klimaamt and a Wasseramt', () => {
  let changeId: string;
  let climate: string;
  let water: string;
  const of: Record<string, Made> = {};

  beforeAll(async () => {
    of.airGiven = await running('umweltamt', 'gruenflaechenamt', 'emil.fach');
    of.wellGiven = await running('umweltamt', 'gruenflaechenamt', 'emil.fach');
    of.airTaken = await running('hochbauamt', 'umweltamt', 'eva.bach');
    of.wellTaken = await running('hochbauamt', 'umweltamt', 'eva.bach');
    of.wellOpen = await open('tiefbau-vermessungsamt', 'umweltamt', 'eva.bach');
    of.closed = await open('tiefbau-vermessungsamt', 'umweltamt', 'eva.bach');
    await office.requests.withdraw(await office.as('eva.bach'), of.closed.requestId, {
      revision: await office.revision(of.closed.requestId),
    });
    await office.contract('umweltamt', 'energieversorger');
    const soil = await department('abteilung-boden', 'Abteilung Boden', 'umweltamt');
    const orderedFor = new Date(Date.now() + 86_400_000).toISOString();
    const unit = { kind: 'AMT' as const, parentId: await office.unit('stadt') };
    ({
      changeId,
      targetIds: [climate = '', water = ''],
    } = await change.prepare({
      kind: 'SPLIT',
      basis: 'OV 2026/08',
      unitId: await office.unit('umweltamt'),
      orderedFor,
      into: [
        { key: 'klimaamt', name: 'Klimaamt', ...unit },
        { key: 'wasseramt', name: 'Wasseramt', ...unit },
      ],
    }));
    await change.assign(changeId, [
      { kind: 'PRODUCT', item: of.airGiven.productId, toUnit: climate },
      { kind: 'REQUEST', item: of.airTaken.requestId, toUnit: climate },
      { kind: 'REQUEST', item: of.wellTaken.requestId, toUnit: water },
      { kind: 'UNIT', item: soil, toUnit: water },
      { kind: 'CLIENT', item: 'http://idp.example/realms/datenraum umweltamt-fachverfahren', toUnit: water },
    ]);
    for (const [person, role, unitId, deputyOf] of [
      ['gero.wolke', 'OWNER', climate],
      ['moritz.moos', 'OWNER', climate, 'gero.wolke'],
      ['eva.bach', 'REQUESTER', climate],
      ['falk.quelle', 'REQ_HEAD', climate],
      ['karla.mauer', 'OWNER', water],
      ['mia.bruecke', 'OWNER', water, 'karla.mauer'],
      ['clara.linde', 'REQUESTER', water],
      ['hanna.regen', 'REQ_HEAD', water],
    ] as const)
      await change.appoint(person, role, unitId, deputyOf, orderedFor);
  }, 120_000);

  test('what is not assigned is named and keeps the split from being confirmed, past the desk too', async () => {
    const { obstacles } = await change.preview(changeId);
    expect(obstacles.map(({ code, itemId }) => [code, itemId])).toEqual([
      ['product_unassigned', of.wellGiven!.productId],
      ['request_unassigned', of.wellOpen!.requestId],
    ]);
    await change.assign(changeId, [{ kind: 'PRODUCT', item: of.wellGiven!.productId, toUnit: water }]);
    expect(await codeOf(change.confirmPastTheDesk(changeId))).toBe('unit_change_obstacles');
    await change.assign(changeId, [{ kind: 'REQUEST', item: of.wellOpen!.requestId, toUnit: water }]);
    expect((await change.preview(changeId)).obstacles).toEqual([]);
  });

  test('only who prepared it plans it, and nothing goes to a unit that is no part of it', async () => {
    const item = { kind: 'PRODUCT' as const, item: of.airGiven!.productId, toUnit: climate };
    expect(await codeOf(change.assign(changeId, [item], 'nina.notiz'))).toBe('unit_change_not_yours');
    expect(await codeOf(change.assign(changeId, [{ ...item, toUnit: await office.unit('hochbauamt') }]))).toBe(
      'validation_failed',
    );
  });

  test('confirmed, it changes nothing before its date, and its plan is settled', async () => {
    await change.confirm(changeId);
    expect((await office.as('eva.bach')).appointments.map(({ unitId }) => unitId)).toEqual([
      await office.unit('umweltamt'),
    ]);
    expect(
      await codeOf(change.assign(changeId, [{ kind: 'PRODUCT', item: of.airGiven!.productId, toUnit: water }])),
    ).toBe('unit_change_state');
    expect(await codeOf(change.cancel(changeId))).toBe('unit_change_state');
    // asked for in the last moments, so in nobody's plan
    of.late = await open('tiefbau-vermessungsamt', 'umweltamt', 'eva.bach');
  });

  test('on its date, before anything has run: each reaches what the plan gave it, nobody the rest', async () => {
    await change.dateComes(changeId);
    const [eva, clara] = [new Set(await reached('eva.bach')), new Set(await reached('clara.linde'))];
    expect(eva).toEqual(new Set([of.airTaken!.requestId, of.airGiven!.requestId]));
    expect([of.wellTaken, of.wellGiven, of.wellOpen].every((one) => clara.has(one!.requestId))).toBe(true);
    // clara sees what the Grünflächenamt takes as well, where she is steward
    expect([of.airTaken, of.late, of.closed].some((one) => clara.has(one!.requestId))).toBe(false);
    expect(await codeOf(office.machine())).toBe('actor_disabled');
    expect(await codeOf(office.approve('falk.quelle', of.wellOpen!.requestId, 'REQ_HEAD'))).toBe('task_not_found');
  });

  test('when all that follows has run, products, people and programmes are where the plan says', async () => {
    await change.due();
    await office.settle();
    expect([await providerOf(of.airGiven!.productId), await providerOf(of.wellGiven!.productId)]).toEqual([
      climate,
      water,
    ]);
    expect((await office.machine()).units).toEqual([water]);
    const [soil] = await office.rows<{ parent_id: string }>(
      `SELECT parent_id FROM organisation.unit WHERE key = 'abteilung-boden'`,
    );
    expect(soil!.parent_id).toBe(water);
    for (const one of [of.airGiven!, of.wellGiven!, of.airTaken!]) expect(await stateOf(one.id)).toBe('ACTIVE');
  });

  test('an agreement rests whose responsible person went to the other successor, until its head names somebody', async () => {
    expect(await stateOf(of.wellTaken!.id)).toBe('SUSPENDED');
    const clara = await office.person('clara.linde');
    await office.app.get(Handovers).name(await office.as('hanna.regen'), of.wellTaken!.requestId, { personId: clara });
    await office.settle();
    expect(await stateOf(of.wellTaken!.id)).toBe('ACTIVE');
  });

  test('each successor acts on its own agreements and finds no other', async () => {
    const [eva, clara] = [await office.as('eva.bach'), await office.as('clara.linde')];
    expect((await office.agreementReads.view(clara, of.wellTaken!.id)).may).toMatchObject({
      receive: true,
      terminate: true,
    });
    expect(
      (await office.agreementReads.list(await office.as('hanna.regen'), { side: 'CONSUMER' })).items.map(
        ({ id }) => id,
      ),
    ).toEqual([of.wellTaken!.id]);
    expect(await codeOf(office.agreementReads.view(eva, of.wellTaken!.id))).toBe('agreement_unknown');
    expect(await codeOf(office.agreements.terminate(eva, of.wellTaken!.id))).toBe('agreement_unknown');
    expect((await office.agreements.terminate(clara, of.wellTaken!.id)).state).toBe('TERMINATED');
    expect(
      (await office.agreements.revoke(await office.as('karla.mauer'), of.wellGiven!.id, 'Der Brunnen ist geschlossen.'))
        .state,
    ).toBe('REVOKED');
    expect(
      await codeOf(office.agreements.revoke(await office.as('gero.wolke'), of.wellGiven!.id, 'Nicht meine.')),
    ).toBe('agreement_unknown');
  });

  test('what nobody planned goes to who keeps the files, open requests decided anew', async () => {
    const eva = new Set(await reached('eva.bach'));
    expect(eva.has(of.closed!.requestId) && eva.has(of.late!.requestId)).toBe(true);
    const head = await office.rows<{ unit_id: string; state: string }>(
      `SELECT unit_id, state FROM approvals.task WHERE request_id = $1 AND step = 'REQ_HEAD' AND state = 'OPEN'`,
      [of.late!.requestId],
    );
    expect(head.map(({ unit_id: unit }) => unit)).toEqual([climate]);
    expect(await office.approve('falk.quelle', of.late!.requestId, 'REQ_HEAD')).toMatchObject({
      taskState: 'APPROVED',
    });
  });

  test('a contract of the split unit binds neither successor', async () => {
    const standing = (unit: string) =>
      office.system(
        async (tx) =>
          (
            await office.app
              .get(OrganisationReads)
              .contractBetween(tx, unit, await office.unit('energieversorger'), ['DUV'])
          ).status,
      );
    expect([await standing(climate), await standing(water)]).toEqual(['MISSING', 'MISSING']);
  });
});

describe('a dissolution', () => {
  test('a unit with products is not dissolved before somebody takes them over; their agreements go on with that unit', async () => {
    const given = await running('hochbauamt', 'gruenflaechenamt', 'emil.fach');
    const taker = await office.unit('tiefbau-vermessungsamt');
    const { changeId } = await change.prepare({
      kind: 'DISSOLVE',
      basis: 'OV 2026/09',
      unitId: await office.unit('hochbauamt'),
      productsTo: [taker],
    });
    const { obstacles, sources } = await change.preview(changeId);
    expect(new Set(obstacles.map(({ code }) => code))).toEqual(new Set(['product_unassigned']));
    expect(await codeOf(change.confirmPastTheDesk(changeId))).toBe('unit_change_obstacles');
    expect(await codeOf(change.assign(changeId, [{ kind: 'REQUEST', item: given.requestId, toUnit: taker }]))).toBe(
      'validation_failed',
    );
    await change.assign(
      changeId,
      sources[0]!.products.items.map(({ id }) => ({ kind: 'PRODUCT' as const, item: id, toUnit: taker })),
    );
    await change.confirm(changeId);
    await office.settle();
    expect(await providerOf(given.productId)).toBe(taker);
    expect(await stateOf(given.id)).toBe('ACTIVE');
    expect((await office.agreementReads.view(await office.as('lars.pfad'), given.id)).may.revoke).toBe(true);
  });

  test('agreements of a unit nobody succeeds rest, both sides read why, and the other side is named as the one to act', async () => {
    const taken = await running('gruenflaechenamt', 'stadtplanungsamt', 'zoe.plan');
    const asked = await open('tiefbau-vermessungsamt', 'stadtplanungsamt', 'zoe.plan');
    const unitId = await office.unit('stadtplanungsamt');
    const { changeId } = await change.prepare({ kind: 'DISSOLVE', basis: 'OV 2026/10', unitId });
    expect((await change.preview(changeId)).hints).toContain('Eine Vereinbarung ruht, weil eine Seite wegfällt.');
    await change.confirm(changeId);
    // at once, before anything has run
    const now = await office.system((tx) => office.agreementReads.forDelivery(tx, taken.id));
    expect(now?.state).toBe('SUSPENDED');
    await office.settle();
    const view = await office.agreementReads.view(await office.as('anna.ahorn'), taken.id);
    expect(view).toMatchObject({ state: 'SUSPENDED', may: { revoke: true } });
    expect(view.suspendedBecause).toEqual([
      { code: 'unit_ended', text: expect.stringContaining('Stadtplanungsamt'), source: null },
    ]);
    const told = await office.events({ agreementId: taken.id, endedUnitId: unitId });
    expect(told.map(({ type, facts }) => [type, facts.actsUnitId])).toEqual([
      ['agreement.party-ended.v1', await office.unit('gruenflaechenamt')],
    ]);
    for (const key of ['anna.ahorn', 'quirin.stern']) {
      const left = await office.app.get(LeftBehindReads).agreements(await office.as(key));
      expect(
        left.map(({ agreementId, endedUnitName, actsUnitName }) => [agreementId, endedUnitName, actsUnitName]),
      ).toEqual([[taken.id, 'Stadtplanungsamt', 'Grünflächenamt']]);
    }
    expect(await office.app.get(LeftBehindReads).agreements(await office.as('lars.pfad'))).toEqual([]);
    expect(await requestOf(asked.requestId)).toMatchObject({ state: 'REFUSED', refusal: { reasonCode: 'UNIT_ENDED' } });
    expect((await office.as('zoe.plan')).appointments).toEqual([]);
    // the Geschäftsstelle still reads it all
    expect((await office.agreementReads.view(await office.as('quirin.stern'), taken.id)).consumerUnitName).toBe(
      'Stadtplanungsamt',
    );
  });
});

describe('a renaming and a move', () => {
  test('a renamed unit keeps its id; an agreement shows the name it was made under, and the old name is found', async () => {
    const given = await running('tiefbau-vermessungsamt', 'gruenflaechenamt', 'emil.fach');
    const unitId = await office.unit('tiefbau-vermessungsamt');
    const { changeId } = await change.prepare({ kind: 'RENAME', basis: 'OV 2026/11', unitId, name: 'Amt für Straßen' });
    expect((await change.preview(changeId)).obstacles).toEqual([]);
    await change.confirm(changeId);
    await office.settle();
    const view = await office.agreementReads.view(await office.as('emil.fach'), given.id);
    expect(view).toMatchObject({
      state: 'ACTIVE',
      providerUnitId: unitId,
      providerUnitName: 'Tiefbau- und Vermessungsamt (heute: Amt für Straßen)',
    });
    expect((await office.as('lars.pfad')).appointments).toHaveLength(1);
    // the order still says what was renamed, and not the new name twice
    const ordered = await office.system((tx) => office.app.get(UnitChangeReads).change(tx, changeId));
    expect([ordered.sources.map(({ name }) => name), ordered.newName]).toEqual([
      ['Tiefbau- und Vermessungsamt'],
      'Amt für Straßen',
    ]);
    const [found] = await change.find('vermessungsamt');
    expect(found).toMatchObject({
      unitId,
      name: 'Amt für Straßen',
      formerNames: [{ name: 'Tiefbau- und Vermessungsamt' }],
      standsFor: null,
    });
    const after = await running('tiefbau-vermessungsamt', 'gruenflaechenamt', 'emil.fach');
    expect((await office.agreementReads.view(await office.as('emil.fach'), after.id)).providerUnitName).toBe(
      'Amt für Straßen',
    );
  });

  test('a department that moves is no part of its old office: what was inside one office is decided anew', async () => {
    const unitId = await department('abteilung-baumschutz', 'Abteilung Baumschutz', 'gruenflaechenamt');
    const inside = await running('abteilung-baumschutz', 'gruenflaechenamt', 'emil.fach', { openness: 'RESTRICTED' });
    const parentId = await office.unit('tiefbau-vermessungsamt');
    const { changeId } = await change.prepare({ kind: 'MOVE', basis: 'OV 2026/12', unitId, parentId });
    await change.confirm(changeId);
    await office.settle();
    const [unit] = await office.rows<{ parent_id: string; valid_to: Date | null }>(
      'SELECT parent_id, valid_to FROM organisation.unit WHERE id = $1',
      [unitId],
    );
    expect(unit).toEqual({ parent_id: parentId, valid_to: null });
    const view = await office.agreementReads.view(await office.as('emil.fach'), inside.id);
    expect(view.state).toBe('SUSPENDED');
    expect(view.suspendedBecause[0]).toMatchObject({ code: 'approval_missing' });
    const { hasOwner } = await office.system((tx) =>
      office.app.get(CatalogueReads).forPolicy(tx, inside.productId, null),
    );
    expect(hasOwner).toBe(true);
    expect(await codeOf(office.agreements.revoke(await office.as('anna.ahorn'), inside.id, 'Nicht mehr meine.'))).toBe(
      'not_entitled',
    );
    expect(
      (await office.agreements.revoke(await office.as('lars.pfad'), inside.id, 'Die Daten gehören jetzt uns.')).state,
    ).toBe('REVOKED');
  });
});

describe('a merger across legal forms', () => {
  test('what was approved for a company is not approved for an Eigenbetrieb: the chain begins again', async () => {
    const asked = await open('gruenflaechenamt', 'energieversorger', 'britta.watt');
    await office.approve('tim.tau', asked.requestId, 'REQ_HEAD');
    await office.settle();
    const into = await office.unit('entsorgungsbetrieb');
    const { changeId } = await change.prepare({
      kind: 'MERGE',
      basis: 'OV 2026/13',
      unitIds: [await office.unit('energieversorger')],
      into: { unitId: into },
    });
    await change.appoint('britta.watt', 'REQUESTER', into);
    await change.confirm(changeId);
    await office.settle();
    const heads = await office.rows<{ round: number; state: string; unit: string }>(
      `SELECT round, state, unit_id AS unit FROM approvals.task WHERE request_id = $1 AND step = 'REQ_HEAD' ORDER BY round`,
      [asked.requestId],
    );
    expect(heads).toEqual([
      { round: 1, state: 'APPROVED', unit: await office.unit('energieversorger') },
      { round: 2, state: 'OPEN', unit: into },
    ]);
    expect(await office.approve('sina.siel', asked.requestId, 'REQ_HEAD')).toMatchObject({ taskState: 'APPROVED' });
  });
});
