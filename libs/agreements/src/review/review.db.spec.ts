// One file: every change that can make a running agreement unlawful, each tried on the same office.
import { Appointments, contractEnded, contractRegistered, People } from '#lib/organisation';
import { productReleased, productWithdrawn } from '#lib/catalogue';
import { Schedules } from '#lib/kernel';
import { rulebookEnteredForce, RulesetDrafts } from '#lib/rulebook';
import { withRolesOfTheFirst } from '../../../../test/support/law-in-force';
import { codeOf, Office } from '../../../../test/support/office';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office.close());

/** An agreement in force between the Grünflächenamt and the Umweltamt. */
async function running(product: object = {}): Promise<{ id: string; productId: string; requestId: string }> {
  const { id: productId } = await office.aProduct({ unit: 'gruenflaechenamt', ...product });
  const eva = await office.as('eva.bach');
  const { id: requestId } = await office.requests.submit(eva, await office.aForm(productId, 'umweltamt'));
  await office.settle();
  const { id } = (await office.agreementReads.ofRequest(eva, requestId))!;
  await office.agreements.confirm(eva, id, { revision: 1, ...(await office.answers(id)) });
  await office.settle();
  return { id, productId, requestId };
}
const stateOf = async (id: string) =>
  (await office.rows<{ state: string }>('SELECT state FROM agreements.agreement WHERE id = $1', [id]))[0]!.state;
/** The product changes in the catalogue and the catalogue says so. */
async function classify(
  productId: string,
  change: string,
  event: 'released' | 'withdrawn' = 'released',
): Promise<void> {
  await office.rows('ALTER TABLE catalogue.product DISABLE TRIGGER guard_product');
  await office.rows(`UPDATE catalogue.product SET ${change}, revision = revision + 1 WHERE id = $1`, [productId]);
  await office.rows('ALTER TABLE catalogue.product ENABLE TRIGGER guard_product');
  const providerUnitId = await office.unit('gruenflaechenamt');
  const facts = { productId, providerUnitId, revision: 9 };
  const more = { openness: 'RESTRICTED', personalRef: 'NONE', secrecy: [], versionId: null };
  await office.system((tx) =>
    tx.emit(event === 'withdrawn' ? productWithdrawn(facts) : productReleased({ ...facts, ...more })),
  );
  await office.settle();
}
const typesOf = async (agreementId: string) => (await office.events({ agreementId })).map(({ type }) => type);

describe('a product changes', () => {
  test('what the rules no longer carry rests, and both sides read why; classified as before it goes on by itself', async () => {
    const { id, productId } = await running();
    await classify(productId, `openness = 'RESTRICTED'`);
    for (const key of ['eva.bach', 'anna.ahorn']) {
      const view = await office.agreementReads.view(await office.as(key), id);
      expect(view).toMatchObject({ state: 'SUSPENDED', suspendedAt: expect.any(String), may: { receive: false } });
      expect(view.suspendedBecause[0]).toMatchObject({
        code: 'approval_missing',
        text: expect.stringContaining('zustimmen'),
      });
      expect(view.suspendedBecause.map(({ code }) => code)).toContain('M:RESTRICTED-NONE:OTHER_OFFICE');
    }
    await classify(productId, `openness = 'INTERNAL'`);
    const view = await office.agreementReads.view(await office.as('eva.bach'), id);
    expect(view).toMatchObject({ state: 'ACTIVE', suspendedBecause: [], suspendedAt: null });
    expect(await typesOf(id)).toEqual([
      'agreement.offered.v1',
      'agreement.activated.v1',
      'agreement.suspended.v1',
      'agreement.resumed.v1',
    ]);
  });

  test('a withdrawn product stops its agreement and no other', async () => {
    const [one, other] = [await running(), await running()];
    await classify(one.productId, `state = 'WITHDRAWN'`, 'withdrawn');
    expect([await stateOf(one.id), await stateOf(other.id)]).toEqual(['SUSPENDED', 'ACTIVE']);
  });

  test('a change that does not matter leaves no decision and no move, only the note that it was looked at', async () => {
    const { id, productId, requestId } = await running();
    const before = await office.rows('SELECT FROM requests.decision WHERE request_id = $1', [requestId]);
    await classify(productId, `licence = 'cc-by-4.0'`);
    expect(await office.rows('SELECT FROM requests.decision WHERE request_id = $1', [requestId])).toHaveLength(
      before.length,
    );
    expect(await typesOf(id)).toHaveLength(2);
    const looked = await office.events({ agreementIds: [id], suspended: 0, resumed: 0, cause: 'product.released.v1' });
    expect(looked.map(({ type }) => type)).toEqual(['agreement.reviewed.v1']);
  });

  test('an event that comes twice moves nothing twice', async () => {
    const { id, productId } = await running();
    await classify(productId, `state = 'WITHDRAWN'`, 'withdrawn');
    const events = await office.rows<{ event_id: string }>(
      `SELECT event_id FROM kernel.audit_event WHERE type = 'agreement.review-called.v1' AND facts->'agreementIds' ? $1`,
      [id],
    );
    for (const { event_id } of events) {
      await office.rows('DELETE FROM kernel.processed_event WHERE event_id = $1', [event_id]);
      await office.rows('INSERT INTO kernel.relay_pending (event_id) VALUES ($1)', [event_id]);
    }
    await office.settle();
    expect((await typesOf(id)).filter((type) => type === 'agreement.suspended.v1')).toHaveLength(1);
  });

  test('an agreement that rests for one reason and then for another names the reason of today', async () => {
    const { id, productId } = await running();
    await classify(productId, `openness = 'RESTRICTED'`);
    await classify(productId, `state = 'WITHDRAWN'`, 'withdrawn');
    const view = await office.agreementReads.view(await office.as('eva.bach'), id);
    expect(view.suspendedBecause.map(({ code }) => code)).toEqual(['R-GEN-01']);
  });

  test('what was revoked or waits for its confirmation is left alone', async () => {
    const { id, productId } = await running();
    await office.agreements.revoke(await office.as('anna.ahorn'), id, 'Nicht mehr nötig.');
    const { id: requestId } = await office.requests.submit(
      await office.as('eva.bach'),
      await office.aForm(productId, 'umweltamt'),
    );
    await office.settle();
    await classify(productId, `state = 'WITHDRAWN'`, 'withdrawn');
    expect(await stateOf(id)).toBe('REVOKED');
    expect(await office.rows('SELECT state FROM agreements.agreement WHERE request_id = $1', [requestId])).toEqual([
      { state: 'OFFERED' },
    ]);
  });
});

describe('a contract changes', () => {
  test('ended it stops the agreements of the two parties, registered anew it lets them go on', async () => {
    const contractId = await office.contract('gebaeudedienste', 'hochbauamt');
    const { id: productId } = await office.aProduct({ unit: 'hochbauamt' });
    const form = await office.aForm(productId, 'gebaeudedienste', { purposeCode: 'GEBAEUDEMANAGEMENT' });
    const nils = await office.as('nils.halle');
    const { id: requestId } = await office.requests.submit(nils, form);
    await office.settle();
    await office.approve('olga.dach', requestId, 'REQ_HEAD');
    await office.approve('ida.stein', requestId, 'OWNER');
    await office.settle();
    const { id } = (await office.agreementReads.ofRequest(nils, requestId))!;
    await office.agreements.confirm(await office.as('pia.flur'), id, { revision: 1, ...(await office.answers(id)) });
    const bystander = await running();

    const [partyA, partyB] = [await office.unit('gebaeudedienste'), await office.unit('hochbauamt')].sort() as [
      string,
      string,
    ];
    const now = new Date().toISOString();
    await office.endContracts();
    await office.system((tx) => tx.emit(contractEnded({ contractId, partyA, partyB, validTo: now })));
    await office.settle();
    expect(await stateOf(id)).toBe('SUSPENDED');
    const [called] = (await office.events({ cause: 'contract.ended.v1' })).filter(
      ({ type }) => type === 'agreement.review-called.v1',
    );
    expect(called!.facts.agreementIds).toEqual([id]);
    expect(called!.facts.agreementIds).not.toContain(bystander.id);

    await office.contract('gebaeudedienste', 'hochbauamt');
    const dates = { validFrom: now, validTo: now };
    await office.system((tx) => tx.emit(contractRegistered({ contractId, partyA, partyB, kind: 'DUV', ...dates })));
    await office.settle();
    expect(await stateOf(id)).toBe('ACTIVE');
  });

  test('a contract that just runs out is found by the clock', async () => {
    const { id, productId } = await running();
    await office.rows('ALTER TABLE catalogue.product DISABLE TRIGGER guard_product');
    await office.rows(`UPDATE catalogue.product SET review_by = current_date - 1 WHERE id = $1`, [productId]);
    await office.rows('ALTER TABLE catalogue.product ENABLE TRIGGER guard_product');
    await office.app.get(Schedules).named('agreements.review')!.run(office.uow);
    expect(await stateOf(id)).toBe('SUSPENDED');
    const [event] = await office.events({ agreementId: id, cause: 'clock' });
    expect(event).toMatchObject({ type: 'agreement.suspended.v1' });
  });
});

describe('the instrument', () => {
  const needed = async (key: string, id: string) =>
    (await office.agreementReads.view(await office.as(key), id)).contracts;
  const forDelivery = (id: string) => office.system((tx) => office.agreementReads.forDelivery(tx, id));

  test('with an Eigenbetrieb it rests on the internal agreement: missing it is not confirmed, over nothing is delivered', async () => {
    await office.endContracts();
    const { id: productId } = await office.aProduct({ unit: 'gruenflaechenamt' });
    const [carl, dana] = [await office.as('carl.tonne'), await office.as('dana.deckel')];
    const { id: requestId } = await office.requests.submit(carl, await office.aForm(productId, 'entsorgungsbetrieb'));
    await office.settle();
    const { id, instrument } = (await office.agreementReads.ofRequest(carl, requestId))!;
    expect(instrument).toBe('INTERNE_VEREINBARUNG');
    expect((await needed('carl.tonne', id)).map(({ kind, status }) => [kind, status])).toEqual([
      ['INTERNE_VEREINBARUNG', 'EXPIRED'],
    ]);
    expect(await codeOf(office.agreements.confirm(dana, id, { revision: 1, ...(await office.answers(id)) }))).toBe(
      'contract_missing',
    );

    // a contract of another kind does not help
    await office.contract('entsorgungsbetrieb', 'gruenflaechenamt', 'DUV');
    expect(await codeOf(office.agreements.confirm(dana, id, { revision: 1, ...(await office.answers(id)) }))).toBe(
      'contract_missing',
    );
    await office.contract('entsorgungsbetrieb', 'gruenflaechenamt', 'INTERNE_VEREINBARUNG');
    await office.agreements.confirm(dana, id, { revision: 1, ...(await office.answers(id)) });
    for (const key of ['carl.tonne', 'anna.ahorn']) {
      expect(await needed(key, id)).toMatchObject([
        { kind: 'INTERNE_VEREINBARUNG', status: 'VALID', validTo: expect.any(String) },
      ]);
    }
    const { termsText } = await office.agreementReads.view(carl, id);
    expect(termsText).toContain('Es muss gelten: Interne Vereinbarung zwischen Grünflächenamt und');
    expect(await forDelivery(id)).toMatchObject({ state: 'ACTIVE' });

    await office.endContracts();
    // nobody told, no job ran: the gate sees it all the same
    expect(await stateOf(id)).toBe('ACTIVE');
    expect(await forDelivery(id)).toMatchObject({ state: 'SUSPENDED' });
    await office.app.get(Schedules).named('agreements.review')!.run(office.uow);
    const view = await office.agreementReads.view(carl, id);
    expect(view).toMatchObject({ state: 'SUSPENDED', suspendedBecause: [{ code: 'contract_expired' }] });
  });

  test('a processor of the receiving office needs a processing contract with it', async () => {
    const { id: productId } = await office.aProduct({ unit: 'gruenflaechenamt' });
    const eva = await office.as('eva.bach');
    const form = await office.aForm(productId, 'umweltamt', { processorUnitId: await office.unit('gebaeudedienste') });
    const ask = async () => office.requests.submit(eva, form);
    expect((await ask()).decision.outcome).toBe('FORBID');
    // one about other data does not help: the data are the Grünflächenamt's
    await office.contract('gebaeudedienste', 'umweltamt', 'AVV');
    expect((await ask()).decision.outcome).toBe('FORBID');
    await office.contract('gebaeudedienste', 'umweltamt', 'AVV', { products: [productId] });
    const { id: requestId } = await ask();
    await office.settle();
    await office.approve('anna.ahorn', requestId, 'OWNER');
    await office.settle();
    const { id } = (await office.agreementReads.ofRequest(eva, requestId))!;
    await office.endContracts();
    expect(await codeOf(office.agreements.confirm(eva, id, { revision: 1, ...(await office.answers(id)) }))).toMatch(
      /^contract_(?:missing|expired)$/,
    );
    await office.contract('gebaeudedienste', 'umweltamt', 'AVV', { products: [productId] });
    expect(await office.agreements.confirm(eva, id, { revision: 1, ...(await office.answers(id)) })).toMatchObject({
      state: 'ACTIVE',
    });
  });
});

describe('K8: nobody answers for a product', () => {
  test('the deputy carries it for 30 days and is told; then it is frozen and its agreements rest; a new owner frees it', async () => {
    const { id: productId } = await office.aProduct({ unit: 'tiefbau-vermessungsamt' });
    const zoe = await office.as('zoe.plan');
    const form = await office.aForm(productId, 'stadtplanungsamt');
    const { id: requestId } = await office.requests.submit(zoe, form);
    await office.settle();
    const { id } = (await office.agreementReads.ofRequest(zoe, requestId))!;
    await office.agreements.confirm(zoe, id, { revision: 1, ...(await office.answers(id)) });

    const lars = await office.person('lars.pfad');
    const [seat] = await office.rows<{ id: string }>(
      `SELECT id FROM organisation.appointment WHERE person_id = $1 AND role = 'OWNER' AND deputy_of IS NULL`,
      [lars],
    );
    const xenia = await office.as('xenia.konto');
    // planned, it is refused: somebody has to take the seat first
    const end = office.uow.run(xenia.acting, (tx) => office.app.get(Appointments).endAppointment(tx, xenia, seat!.id));
    expect(await codeOf(end)).toBe('seat_needed');
    await office.uow.run(xenia.acting, (tx) => office.app.get(People).disablePerson(tx, xenia, lars));
    await office.settle();
    const [told] = await office.events({ productId, role: 'OWNER' });
    expect(told).toMatchObject({ type: 'product.owner-missing.v1', facts: { frozenFrom: expect.any(String) } });
    const left = (Date.parse(told!.facts.frozenFrom as string) - Date.now()) / 86_400_000;
    expect(Math.round(left)).toBe(30);
    expect(await stateOf(id)).toBe('ACTIVE');
    expect(await office.requests.check(zoe, form)).toMatchObject({ outcome: 'PERMIT_OBL' });

    const disabled = (since: string) =>
      office.rows(`UPDATE organisation.person SET disabled_at = ${since} WHERE id = $1`, [lars]);
    await disabled(`now() - interval '31 days'`);
    expect(await office.requests.check(zoe, form)).toMatchObject({ outcome: 'FORBID', rules: ['R-GEN-01'] });
    const refused = await office.requests.submit(zoe, form);
    expect(refused).toMatchObject({ state: 'REFUSED' });
    await office.app.get(Schedules).named('agreements.review')!.run(office.uow);
    expect(await stateOf(id)).toBe('SUSPENDED');

    await disabled('NULL');
    await office.app.get(Schedules).named('agreements.review')!.run(office.uow);
    expect(await stateOf(id)).toBe('ACTIVE');
  });

  test('somebody shut out leaves a seat as empty as somebody gone', async () => {
    const { id, productId } = await running();
    const xenia = await office.as('xenia.konto');
    const people = office.app.get(People);
    for (const key of ['benno.buche', 'anna.ahorn']) {
      const personId = await office.person(key);
      await office.uow.run(xenia.acting, (tx) => people.disablePerson(tx, xenia, personId));
    }
    await office.settle();
    expect(await stateOf(id)).toBe('SUSPENDED');
    expect((await office.events({ productId })).map(({ type }) => type)).toContain('product.owner-missing.v1');
    await office.rows('UPDATE organisation.person SET disabled_at = NULL');
    await office.app.get(Schedules).named('agreements.review')!.run(office.uow);
    expect(await stateOf(id)).toBe('ACTIVE');
  });
});

test('K7: a new rule makes running agreements unlawful; all of them rest, many at a time, and no other', async () => {
  const many = [];
  const { id: productId } = await office.aProduct({ unit: 'gruenflaechenamt' });
  const eva = await office.as('eva.bach');
  for (let i = 0; i < 25; i++) {
    const { id: requestId } = await office.requests.submit(eva, await office.aForm(productId, 'umweltamt'));
    await office.settle();
    const { id } = (await office.agreementReads.ofRequest(eva, requestId))!;
    await office.agreements.confirm(eva, id, { revision: 1, ...(await office.answers(id)) });
    many.push(id);
  }
  const { id: openId } = await running({ openness: 'OPEN' });
  await office.settle();
  await adopt(`chapter: Probe
rules:
  - id: R-TST-01
    effect: forbid
    when: { purpose.code: { eq: KLIMA_UMWELT }, product.openness: { eq: INTERNAL } }
    because: Interne Daten dürfen zurzeit nicht für das Klima genutzt werden.
    source: Probe
    mark: D
`);
  const states = await office.rows<{ state: string; n: number }>(
    'SELECT state, count(*)::int AS n FROM agreements.agreement WHERE id = ANY($1) GROUP BY state',
    [many],
  );
  expect(states).toEqual([{ state: 'SUSPENDED', n: 25 }]);
  expect(await stateOf(openId)).toBe('ACTIVE');
  const view = await office.agreementReads.view(eva, many[0]!);
  expect(view.suspendedBecause).toEqual([
    { code: 'R-TST-01', text: 'Interne Daten dürfen zurzeit nicht für das Klima genutzt werden.', source: 'Probe' },
  ]);
  const batches = (await office.events({ cause: 'rulebook.entered-force.v1' })).filter(
    ({ type }) => type === 'agreement.reviewed.v1',
  );
  expect(batches.length).toBeGreaterThan(1);
  // the decision that stopped it is kept and names the law of today
  const [stopped] = await office.events({ agreementId: many[0]!, cause: 'rulebook.entered-force.v1' });
  expect(stopped!.facts).toMatchObject({ to: 'SUSPENDED', because: ['R-TST-01'], decisionId: expect.any(String) });
});

/** Puts the law book with one more file into force, as an adoption would. */
async function adopt(rules: string): Promise<void> {
  const quirin = await office.as('quirin.stern');
  const { version, hash } = await office.uow.run(quirin.acting, (tx) =>
    office.app
      .get(RulesetDrafts)
      .draft(tx, quirin, { title: 'Probe', reason: 'Probe', files: [{ file: 'rules/test.yaml', text: rules }] }),
  );
  await office.rows('ALTER TABLE law.version DISABLE TRIGGER USER');
  await office.rows(`UPDATE law.version SET in_force_until = now() WHERE state = 'ADOPTED' AND in_force_until IS NULL`);
  const [{ id: versionId }] = (await office.rows<{ id: string }>(
    `UPDATE law.version SET state = 'ADOPTED', in_force_from = now(), announced = true, decision_number = 'Probe', activated_at = now(),
            activated_by = (SELECT id FROM organisation.person WHERE key = 'tilda.trend') WHERE version = $1 RETURNING id`,
    [version],
  )) as [{ id: string }];
  await withRolesOfTheFirst(office.db.owner, versionId);
  await office.rows('ALTER TABLE law.version ENABLE TRIGGER USER');
  await office.system((tx) => tx.emit(rulebookEnteredForce({ versionId, version, hash, replaced: 1 })));
  await office.settle();
}
