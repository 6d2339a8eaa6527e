// One file: the life of an agreement from offer to end, every state on the same pilot office.
import { hash } from 'node:crypto';
import { Client } from 'pg';
import { canonicalJson } from '#lib/kernel';
import { Delegations } from '#lib/organisation';
import { codeOf, Office } from '../../../../test/support/office';
import { agreementStates } from './agreement.states';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office.close());
beforeEach(async () => {
  await office.rows('DELETE FROM organisation.absence');
  await office.endContracts();
});

/** The Umweltamt asks for trees and is permitted at once: gives the offered agreement. */
async function anOffer(more: object = {}, product: object = {}): Promise<{ id: string; requestId: string }> {
  const { id: productId } = await office.aProduct({ unit: 'gruenflaechenamt', ...product });
  const { id: requestId } = await office.requests.submit(
    await office.as('eva.bach'),
    await office.aForm(productId, 'umweltamt', more),
  );
  await office.settle();
  return { id: await agreementOf(requestId), requestId };
}
/** The company's request for internal data, approved with a valid contract. */
async function anOfferToCompany(): Promise<{ id: string; requestId: string }> {
  await office.contract('gebaeudedienste', 'hochbauamt');
  const { id: productId } = await office.aProduct({ unit: 'hochbauamt' });
  const form = await office.aForm(productId, 'gebaeudedienste', {
    purposeCode: 'GEBAEUDEMANAGEMENT',
    fields: ['art', 'hoehe', 'bezirk'],
  });
  const { id: requestId } = await office.requests.submit(await office.as('nils.halle'), form);
  await office.settle();
  await office.approve('olga.dach', requestId, 'REQ_HEAD', {
    conditions: { fields: ['art', 'bezirk'], note: 'Nur für die Wartung.' },
  });
  await office.approve('ida.stein', requestId, 'OWNER', { conditions: { until: office.day(20) } });
  await office.settle();
  return { id: await agreementOf(requestId), requestId };
}
const agreementOf = async (requestId: string) =>
  (await office.rows<{ id: string }>('SELECT id FROM agreements.agreement WHERE request_id = $1', [requestId]))[0]!.id;
const confirm = async (key: string, id: string, revision = 1) =>
  office.agreements.confirm(await office.as(key), id, { revision, ...(await office.answers(id)) });
const forDelivery = (id: string) => office.system((tx) => office.agreementReads.forDelivery(tx, id));
const decideForDelivery = (requestId: string) =>
  office.system((tx) => office.requests.decideAgain(tx, requestId, 'DELIVERY'));
const setTimes = async (id: string, from: string, until: string) => {
  await office.rows('ALTER TABLE agreements.agreement DISABLE TRIGGER guard_move');
  await office.rows(`UPDATE agreements.agreement SET valid_from = ${from}, valid_until = ${until} WHERE id = $1`, [id]);
  await office.rows('ALTER TABLE agreements.agreement ENABLE TRIGGER guard_move');
};

describe('the offer', () => {
  test('a permitted request is offered once, and both sides read the same text with its digest', async () => {
    const { id, requestId } = await anOffer();
    const sides = await Promise.all(
      ['eva.bach', 'anna.ahorn'].map(async (key) => office.agreementReads.view(await office.as(key), id)),
    );
    expect(sides[0]!.termsText).toBe(sides[1]!.termsText);
    for (const text of [
      'Es gibt: Grünflächenamt',
      'Es erhält: Umweltamt',
      'art („Bedeutung von art“)',
      'bietet das Datenprodukt unter diesen Bedingungen allgemein an',
    ]) {
      expect(sides[0]!.termsText).toContain(text);
    }
    expect(sides[0]).toMatchObject({
      state: 'OFFERED',
      instrument: 'VERMERK',
      consent: 'STANDING_OFFER',
      termsSha256: hash('sha256', canonicalJson(sides[0]!.document)),
    });
    expect(sides.map(({ may }) => [may.confirm, may.revoke])).toEqual([
      [true, false],
      [false, true],
    ]);
    const [offered] = (await office.events({ requestId })).filter(({ type }) => type === 'agreement.offered.v1');
    expect(offered!.facts).toMatchObject({
      from: null,
      to: 'OFFERED',
      revision: 1,
      termsSha256: sides[0]!.termsSha256,
    });
  });

  test('an event that comes twice offers nothing twice', async () => {
    const { requestId } = await anOffer();
    const [event] = await office.rows<{ event_id: string }>(
      `SELECT event_id FROM kernel.audit_event WHERE type = 'request.decided.v1' AND facts->>'requestId' = $1`,
      [requestId],
    );
    await office.rows('DELETE FROM kernel.processed_event WHERE event_id = $1', [event!.event_id]);
    await office.rows('INSERT INTO kernel.relay_pending (event_id) VALUES ($1)', [event!.event_id]);
    await office.settle();
    expect(await office.rows('SELECT FROM agreements.agreement WHERE request_id = $1', [requestId])).toHaveLength(1);
  });

  test('a refused request is offered nothing', async () => {
    const { id } = await office.aProduct({ unit: 'tiefbau-vermessungsamt', rawSensor: true });
    const { id: requestId } = await office.requests.submit(
      await office.as('eva.bach'),
      await office.aForm(id, 'umweltamt'),
    );
    await office.settle();
    expect(await office.rows('SELECT FROM agreements.agreement WHERE request_id = $1', [requestId])).toHaveLength(0);
  });

  test('what is agreed lies within what was approved, and that within what was asked', async () => {
    const { id } = await anOfferToCompany();
    const view = await office.agreementReads.view(await office.as('nils.halle'), id);
    expect(view.terms).toMatchObject({ fields: ['art', 'bezirk'], notes: ['Nur für die Wartung.'] });
    expect(view).toMatchObject({ consent: 'APPROVAL', instrument: 'DUV' });
    expect(new Date(view.validUntil).getTime()).toBeLessThan(Date.now() + 22 * 86_400_000);
    expect(view.termsText).not.toContain('hoehe');
  });

  test('fields that name persons are masked as the product says, in terms and text', async () => {
    const fields = [{ name: 'art' }, { name: 'gutachter', class: 'DIRECT_ID', mask: { kind: 'redact', with: '***' } }];
    const { id } = await anOffer({ fields: ['art', 'gutachter'] }, { fields });
    const view = await office.agreementReads.view(await office.as('eva.bach'), id);
    expect(view.terms.masks).toEqual({ gutachter: { kind: 'redact', with: '***' } });
    expect(view.termsText).toContain('gutachter („Bedeutung von gutachter“): wird durch „***“ ersetzt');
  });

  test('the terms are frozen: the application may not write them, and the owner of the table is stopped', async () => {
    const { id } = await anOffer();
    await expect(
      office.system((tx) => tx.sql(`UPDATE agreements.agreement SET terms_text = 'anders' WHERE id = $1`, [id])),
    ).rejects.toMatchObject({ driverError: { code: '42501' } });
    for (const change of [
      `terms = '{}'`,
      `valid_until = valid_until + interval '1 day'`,
      `product_version_id = gen_random_uuid()`,
    ]) {
      await expect(
        office.rows(
          `UPDATE agreements.agreement SET ${change}, revision = revision + 1, state = 'TERMINATED', ended_at = now() WHERE id = $1`,
          [id],
        ),
      ).rejects.toMatchObject({ code: '23514' });
    }
  });
});

describe('confirming', () => {
  test('the receiving side makes it active, and it is decided once more before', async () => {
    const { id, requestId } = await anOffer();
    expect(await confirm('eva.bach', id)).toEqual({ id, state: 'ACTIVE', revision: 2 });
    const phases = await office.rows<{ phase: string }>(
      'SELECT phase FROM requests.decision WHERE request_id = $1 ORDER BY id',
      [requestId],
    );
    expect(phases.map(({ phase }) => phase)).toEqual(['REQUEST', 'AGREEMENT']);
    expect(await forDelivery(id)).toMatchObject({
      state: 'ACTIVE',
      revision: 2,
      requestId,
      terms: { fields: ['art', 'hoehe'], rows: null },
    });
  });

  test('nobody else confirms: not the giving side, not another office, not a programme', async () => {
    const { id } = await anOffer();
    expect(await codeOf(confirm('anna.ahorn', id))).toBe('not_entitled');
    expect(await codeOf(confirm('zoe.plan', id))).toBe('agreement_unknown');
    expect(await codeOf(office.agreements.confirm(await office.machine(), id, { revision: 1 }))).toBe(
      'person_required',
    );
  });

  test('without a valid contract on the day it stays an offer', async () => {
    const { id } = await anOfferToCompany();
    await office.endContracts();
    expect(await codeOf(confirm('pia.flur', id))).toBe('contract_missing');
    expect(await forDelivery(id)).toMatchObject({ state: 'OFFERED', revision: 1 });
    await office.contract('gebaeudedienste', 'hochbauamt');
    expect(await confirm('pia.flur', id)).toMatchObject({ state: 'ACTIVE' });
  });

  test('what the rules do not carry any more does not come alive', async () => {
    const { id } = await anOffer();
    await office.rows(
      `UPDATE catalogue.product SET state = 'DRAFT', revision = revision + 1 WHERE id = (SELECT product_id FROM agreements.agreement WHERE id = $1)`,
      [id],
    );
    const problem = await confirm('eva.bach', id).catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: 'agreement_not_allowed', because: [expect.any(String)] });
  });

  test('confirmed at the same time it comes alive once; with one key both get the answer', async () => {
    const { id } = await anOffer();
    const eva = await office.as('eva.bach');
    const codes = await Promise.all([1, 2].map(() => codeOf(office.agreements.confirm(eva, id, { revision: 1 }))));
    expect(codes.sort()).toEqual(['agreement_state', 'none']);
    const { id: other } = await anOffer();
    const keyed = { ...eva, acting: { ...eva.acting, idempotency: { key: `confirm-${other}`, fingerprint: 'f' } } };
    const [first, second] = await Promise.all(
      [1, 2].map(() => office.agreements.confirm(keyed, other, { revision: 1 })),
    );
    expect(second).toEqual(first);
    expect(
      (await office.events({ agreementId: other })).filter(({ type }) => type === 'agreement.activated.v1'),
    ).toHaveLength(1);
  });
});

describe('ending', () => {
  test('the owner revokes at once, however old the page; a stranger and the steward do not', async () => {
    const { id } = await anOffer();
    await confirm('eva.bach', id);
    expect(await codeOf(office.agreements.revoke(await office.as('clara.linde'), id, 'Das war ein Irrtum.'))).toBe(
      'not_entitled',
    );
    expect(await codeOf(office.agreements.revoke(await office.as('lars.pfad'), id, 'Das war ein Irrtum.'))).toBe(
      'agreement_unknown',
    );
    expect(await codeOf(office.agreements.revoke(await office.as('anna.ahorn'), id, ''))).toBe('validation_failed');
    expect(
      await office.agreements.revoke(await office.as('anna.ahorn'), id, 'Die Daten sind fehlerhaft.'),
    ).toMatchObject({ state: 'REVOKED' });
    expect(await forDelivery(id)).toMatchObject({ state: 'REVOKED', revision: 3 });
    expect(await codeOf(office.agreements.revoke(await office.as('anna.ahorn'), id, 'Noch einmal.'))).toBe(
      'agreement_state',
    );
    expect(JSON.stringify(await office.events({ agreementId: id }))).not.toContain('fehlerhaft');
  });

  test('the head of the statistics unit takes back what the unit gave, and nothing that others gave', async () => {
    const { id: own } = await anOffer({}, { unit: 'statistikstelle', openness: 'OPEN' });
    const { id: other } = await anOffer();
    const yara = await office.as('yara.zahl');
    expect(await codeOf(office.agreements.revoke(await office.as('otto.tafel'), own, 'Irrtum.'))).toBe(
      'agreement_unknown',
    );
    expect(await codeOf(office.agreements.revoke(yara, other, 'Irrtum.'))).toBe('not_entitled');
    expect((await office.agreementReads.view(yara, own)).may.revoke).toBe(true);
    expect(await office.agreements.revoke(yara, own, 'Neuer Stand.')).toMatchObject({ state: 'REVOKED' });
  });

  test('a deputy revokes while the owner is away', async () => {
    const { id } = await anOffer();
    await confirm('eva.bach', id);
    expect(await codeOf(office.agreements.revoke(await office.as('benno.buche'), id, 'Eilfall.'))).toBe('not_entitled');
    await office.absent('anna.ahorn');
    expect(await office.agreements.revoke(await office.as('benno.buche'), id, 'Eilfall.')).toMatchObject({
      state: 'REVOKED',
    });
  });

  test('the receiving side declines an offer, or ends what runs', async () => {
    const { id } = await anOffer();
    expect(await office.agreements.terminate(await office.as('eva.bach'), id)).toMatchObject({ state: 'TERMINATED' });
    expect(await codeOf(confirm('eva.bach', id, 2))).toBe('agreement_state');
  });

  test('of confirm and revoke at the same time the end is revoked, and the log has the order of the database', async () => {
    const { id } = await anOffer();
    const [eva, anna] = [await office.as('eva.bach'), await office.as('anna.ahorn')];
    await Promise.all([
      codeOf(office.agreements.confirm(eva, id, { revision: 1 })),
      office.agreements.revoke(anna, id, 'Gleichzeitig.'),
    ]);
    expect(await forDelivery(id)).toMatchObject({ state: 'REVOKED' });
    const revisions = (await office.events({ agreementId: id })).map(({ facts }) => facts.revision as number).sort();
    expect(revisions).toEqual(revisions.map((_, i) => i + 1));
  });

  test('its time over, it is expired at that instant, without any job', async () => {
    const { id } = await anOffer();
    await confirm('eva.bach', id);
    await setTimes(id, `now() - interval '2 days'`, `date_trunc('milliseconds', now())`);
    expect(await forDelivery(id)).toMatchObject({ state: 'EXPIRED' });
    expect(await office.agreementReads.view(await office.as('eva.bach'), id)).toMatchObject({
      state: 'EXPIRED',
      stateName: 'Ausgelaufen',
      may: { receive: false, revoke: false },
    });
    expect(await codeOf(office.agreements.revoke(await office.as('anna.ahorn'), id, 'Zu spät.'))).toBe(
      'agreement_over',
    );
    await setTimes(id, `now() - interval '2 days'`, `now() + interval '1 hour'`);
    expect(await forDelivery(id)).toMatchObject({ state: 'ACTIVE' });
  });

  test('an offer whose time is over is not confirmed', async () => {
    const { id } = await anOffer();
    await setTimes(id, `now() - interval '2 days'`, `date_trunc('milliseconds', now())`);
    expect(await codeOf(confirm('eva.bach', id))).toBe('agreement_over');
    await expect(
      office.rows(
        `UPDATE agreements.agreement SET state = 'ACTIVE', revision = 2, confirmed_by_person_id = $2, confirmed_at = now(), activation_decision_id = decision_id WHERE id = $1`,
        [id, await office.person('eva.bach')],
      ),
    ).rejects.toMatchObject({ code: '23514' });
  });
});

test('the page offers what the act will grant: to a delegate at once, to a deputy only while the principal is away', async () => {
  const { id } = await anOffer();
  const mayRevoke = async (key: string) => (await office.agreementReads.view(await office.as(key), id)).may.revoke;
  const anna = await office.as('anna.ahorn');
  const input = {
    appointmentId: anna.appointments.find(({ role }) => role === 'OWNER')!.id,
    delegatePersonId: await office.person('clara.linde'),
    reference: 'Verfügung 1',
    validTo: new Date(Date.now() + 86_400_000).toISOString(),
  };
  expect([await mayRevoke('benno.buche'), await mayRevoke('clara.linde')]).toEqual([false, false]);
  const { delegationId } = await office.uow.run(anna.acting, (tx) =>
    office.app.get(Delegations).delegate(tx, anna, input),
  );
  await office.absent('anna.ahorn');
  expect([await mayRevoke('benno.buche'), await mayRevoke('clara.linde')]).toEqual([true, true]);
  await office.uow.run(anna.acting, (tx) => office.app.get(Delegations).revoke(tx, anna, delegationId));
  expect(
    await office.agreements.revoke(await office.as('benno.buche'), id, 'Die Daten werden nicht mehr gebraucht.'),
  ).toMatchObject({ state: 'REVOKED' });
});

test('K3: a contract that ends stops the delivery although everything was approved', async () => {
  const { id, requestId } = await anOfferToCompany();
  await confirm('pia.flur', id);
  expect(await decideForDelivery(requestId)).toMatchObject({ allowed: true });
  await office.endContracts();
  const decision = await decideForDelivery(requestId);
  expect(decision).toMatchObject({ outcome: 'FORBID', allowed: false, decisionId: expect.any(String) });
  const [event] = (await office.events({ decisionId: decision.decisionId })).filter(
    ({ type }) => type === 'request.redecided.v1',
  );
  expect(event!.facts).toMatchObject({ phase: 'DELIVERY', allowed: false, outcome: 'FORBID' });
});

test('a revocation waits for a delivery that is just being recorded, and no longer', async () => {
  const { id } = await anOffer();
  await confirm('eva.bach', id);
  const anna = await office.as('anna.ahorn');
  const order: string[] = [];
  let revoking: Promise<void> = Promise.resolve();
  await office.system(async (tx) => {
    expect(await office.agreementReads.forDelivery(tx, id, { lock: true })).toMatchObject({ state: 'ACTIVE' });
    revoking = office.agreements.revoke(anna, id, 'Sofort.').then(() => void order.push('revoked'));
    // the other transaction stands at the lock: PostgreSQL itself says so
    for (;;) {
      const waiting = await office.rows(
        `SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()`,
      );
      if (waiting.length > 0) break;
    }
    order.push('recorded');
  });
  await revoking;
  expect(order).toEqual(['recorded', 'revoked']);
});

test('without context, and in the context of another office, there is no agreement', async () => {
  const { id } = await anOffer();
  expect(await codeOf(office.agreementReads.view(await office.as('zoe.plan'), id))).toBe('agreement_unknown');
  expect((await office.agreementReads.list(await office.as('zoe.plan'))).items.map((line) => line.id)).not.toContain(
    id,
  );
  expect(
    (await office.agreementReads.list(await office.as('eva.bach'), { side: 'CONSUMER' })).items.map((line) => line.id),
  ).toContain(id);
  const app = new Client({ connectionString: office.db.url('app') });
  await app.connect();
  try {
    expect((await app.query('SELECT FROM agreements.agreement')).rows).toHaveLength(0);
    await app.query('BEGIN');
    await app.query(`SELECT set_config('app.units', $1, true)`, [await office.unit('schulamt')]);
    expect((await app.query('SELECT FROM agreements.agreement')).rows).toHaveLength(0);
    expect((await app.query(`UPDATE agreements.agreement SET state = 'REVOKED' WHERE id = $1`, [id])).rowCount).toBe(0);
    await app.query('ROLLBACK');
  } finally {
    await app.end();
  }
});

test('code and database hold the same table of moves', async () => {
  const rows = await office.rows<{ from_state: string; to_state: string }>('SELECT * FROM agreements.allowed_move');
  const text = (moves: readonly (readonly string[])[]) => moves.map((move) => move.join(' → ')).sort();
  expect(text(rows.map(({ from_state, to_state }) => [from_state, to_state]))).toEqual(
    text(agreementStates.transitions),
  );
});
