// One file: one person's way out of the city, to the erased name in a log that still verifies (case 74, N.4, K8).
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditTiles, PublishedCheckpoints, Sealer } from '#lib/audit';
import { systemActing } from '#lib/kernel';
import {
  Appointments,
  Delegations,
  Departures,
  OrganisationReads,
  OrganisationService,
  People,
  PeopleReads,
  type RoleCode,
} from '#lib/organisation';
import { Handovers } from '#lib/requests';
import { verifyLog } from '#proof';
import { codeOf, Office } from '../support/office';

const ISS = 'http://idp.example/realms/datenraum';
let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office.close());

const admin = async <T>(
  key: 'xenia.konto' | 'nina.notiz',
  work: (people: People, tx: never, actor: never) => Promise<T>,
): Promise<T> => {
  const actor = await office.as(key);
  return office.uow.run(actor.acting, (tx) => work(office.app.get(People), tx as never, actor as never));
};
let made = 0;
async function aPerson(familyName = 'Neu'): Promise<{ id: string; key: string; sub: string }> {
  const key = `neu.${++made}`;
  const sub = `sub-${key}`;
  const { orderId, personId: id } = await admin('xenia.konto', (people, tx, actor) =>
    people.admit(tx, actor, { givenName: 'Nova', familyName, key, email: `${key}@stadt.example`, iss: ISS, sub }),
  );
  await admin('nina.notiz', (people, tx, actor) => people.confirmOrder(tx, actor, orderId));
  return { id, key, sub };
}
const appoint = async (
  personId: string,
  role: RoleCode,
  unit: string,
  deputyOf: string | null = null,
): Promise<string> => {
  const [xenia, nina, appointments] = [
    await office.as('xenia.konto'),
    await office.as('nina.notiz'),
    office.app.get(Appointments),
  ];
  const order = { personId, role, unitId: await office.unit(unit), scope: { kind: 'UNIT' as const }, deputyOf };
  const { appointmentId } = await office.uow.run(xenia.acting, (tx) => appointments.appoint(tx, xenia, order));
  await office.uow.run(nina.acting, (tx) => appointments.confirmAppointment(tx, nina, appointmentId));
  return appointmentId;
};
const leave = async (personId: string) => {
  const xenia = await office.as('xenia.konto');
  return office.uow.run(xenia.acting, (tx) => office.app.get(Departures).leave(tx, xenia, personId));
};
const erase = async (personId: string) => {
  const { orderId } = await admin('xenia.konto', (people, tx, actor) => people.erase(tx, actor, personId));
  await admin('nina.notiz', (people, tx, actor) => people.confirmOrder(tx, actor, orderId));
};
const asks = async (key: string, product: object = {}) => {
  const { id: productId } = await office.aProduct({ unit: 'hochbauamt', ...product });
  const { id } = await office.requests.submit(await office.as(key), await office.aForm(productId, 'stadtplanungsamt'));
  await office.settle();
  return id;
};
const agreementOf = async (requestId: string) =>
  (
    await office.rows<{ id: string; state: string; revision: number; because: { code: string }[] | null }>(
      'SELECT id, state, revision, suspended_because AS because FROM agreements.agreement WHERE request_id = $1',
      [requestId],
    )
  )[0]!;

test('who leaves the city opens nothing any more: roles, delegations, programmes and sign-in end in one act', async () => {
  const leaver = await aPerson();
  await appoint(leaver.id, 'REQ_HEAD', 'schulamt');
  await office.rows(
    `INSERT INTO organisation.machine_client (iss, client_id, unit_id, responsible_person_id) VALUES ($1, 'schulverfahren', $2, $3)`,
    [ISS, await office.unit('schulamt'), leaver.id],
  );
  const ida = await office.as('ida.stein');
  const seat = ida.appointments.find(({ role }) => role === 'OWNER')!.id;
  const input = {
    appointmentId: seat,
    delegatePersonId: leaver.id,
    reference: 'Verfügung 7',
    validTo: new Date(Date.now() + 86_400_000).toISOString(),
  };
  await office.uow.run(ida.acting, (tx) => office.app.get(Delegations).delegate(tx, ida, input));
  const client = () =>
    office.app
      .get(OrganisationService)
      .actorFor({ iss: ISS, sub: 'x', clientId: 'schulverfahren', kind: 'client', expiresAt: new Date() });
  expect((await client()).clientId).toBe('schulverfahren');

  const xenia = await office.as('xenia.konto');
  const preview = await office.uow.read(xenia.acting, (tx) =>
    office.app.get(Departures).preview(tx, xenia, leaver.id, null),
  );
  expect([
    preview.appointments.map(({ role }) => role),
    preview.delegations.length,
    preview.clients.map(({ clientId }) => clientId),
  ]).toEqual([['REQ_HEAD'], 1, ['schulverfahren']]);
  expect(await codeOf(leave((await office.as('xenia.konto')).personId!))).toBe('people_two_persons');
  const { departureId } = await leave(leaver.id);

  expect(await codeOf(office.as(leaver.key))).toBe('actor_disabled');
  expect(await codeOf(client())).toBe('actor_disabled');
  expect(await office.rows(`SELECT state FROM organisation.appointment WHERE person_id = $1`, [leaver.id])).toEqual([
    { state: 'ENDED' },
  ]);
  expect(
    await office.rows(
      `SELECT revoked_at IS NOT NULL AS revoked FROM organisation.delegation WHERE delegate_person_id = $1`,
      [leaver.id],
    ),
  ).toEqual([{ revoked: true }]);
  const [told] = await office.events({ departureId });
  expect(told).toMatchObject({
    type: 'person.departed.v1',
    facts: { kind: 'LEFT', unitId: null, appointments: 1, delegations: 1, clients: 1 },
  });
  expect(JSON.stringify(told!.facts)).not.toContain(leaver.id);

  // the unit names who answers for its programme from now on
  const next = await aPerson();
  await appoint(next.id, 'REQ_HEAD', 'schulamt');
  const head = await office.as(next.key);
  const name = (personId: string) =>
    office.uow.run(head.acting, (tx) =>
      office.app.get(Departures).nameResponsible(tx, head, 'schulverfahren', personId),
    );
  expect(await codeOf(name(await office.person('ida.stein')))).toBe('person_not_of_unit');
  await name(next.id);
  expect((await client()).clientId).toBe('schulverfahren');
});

test('who moves keeps what they have elsewhere and loses what they had in the old office', async () => {
  const mover = await aPerson();
  await appoint(mover.id, 'REQUESTER', 'schulamt');
  await appoint(mover.id, 'STEWARD', 'umweltamt');
  const [xenia, departures] = [await office.as('xenia.konto'), office.app.get(Departures)];
  const units = { fromUnitId: await office.unit('schulamt'), toUnitId: await office.unit('umweltamt') };
  await office.uow.run(xenia.acting, (tx) => departures.move(tx, xenia, mover.id, units));
  expect((await office.as(mover.key)).appointments.map(({ role }) => role)).toEqual(['STEWARD']);
});

test('requests and agreements of who left rest, both sides are told, and go on when the unit names somebody', async () => {
  const leaver = await aPerson();
  await appoint(leaver.id, 'REQUESTER', 'stadtplanungsamt');
  const open = await asks(leaver.key, { openness: 'RESTRICTED', title: 'Pläne' });
  const running = await asks(leaver.key, { title: 'Bäume' });
  await office.agreements.confirm(await office.as(leaver.key), (await agreementOf(running)).id, { revision: 1 });

  await leave(leaver.id);
  // before anybody was told, the gate finds the door closed
  const { id: agreementId } = await agreementOf(running);
  expect((await office.system((tx) => office.agreementReads.forDelivery(tx, agreementId)))!.state).toBe('SUSPENDED');
  await office.settle();
  expect(await agreementOf(running)).toMatchObject({
    state: 'SUSPENDED',
    because: [expect.objectContaining({ code: 'recipient_left' })],
  });
  for (const requestId of [open, running])
    expect((await office.events({ requestId })).map(({ type }) => type)).toContain('request.keeper-missing.v1');
  expect(await codeOf(office.approve('ron.rinne', open, 'REQ_HEAD'))).toBe('request_rests');

  const handovers = office.app.get(Handovers);
  const resting = async (key: string) =>
    (await handovers.resting(await office.as(key))).filter(({ requestId }) => [open, running].includes(requestId));
  expect((await resting('ron.rinne')).map(({ mayName }) => mayName)).toEqual([true, true]);
  expect((await resting('ida.stein')).map(({ mayName }) => mayName)).toEqual([false, false]);
  expect(await resting('anna.ahorn')).toEqual([]);

  const zoe = await office.person('zoe.plan');
  expect(await codeOf(handovers.name(await office.as('ida.stein'), open, { personId: zoe }))).toBe('not_entitled');
  expect(
    await codeOf(handovers.name(await office.as('ron.rinne'), open, { personId: await office.person('eva.bach') })),
  ).toBe('requester_role_missing');
  for (const requestId of [open, running])
    await handovers.name(await office.as('ron.rinne'), requestId, { personId: zoe });
  await office.settle();
  expect((await agreementOf(running)).state).toBe('ACTIVE');
  expect(await resting('ron.rinne')).toEqual([]);
  expect(await office.approve('ron.rinne', open, 'REQ_HEAD')).toMatchObject({ taskState: 'APPROVED' });
});

test('the seat of an accountable person is filled anew before it is left; shutting out is never refused', async () => {
  const { id: productId } = await office.aProduct({ unit: 'umweltamt' });
  const [gero, moritz] = [await office.person('gero.wolke'), await office.person('moritz.moos')];
  expect(await codeOf(leave(gero))).toBe('seat_needed');
  expect(await codeOf(leave(moritz))).toBe('seat_needed');
  const next = await aPerson();
  await appoint(next.id, 'OWNER', 'umweltamt');
  await leave(gero);
  // the deputy stands in for the one who took the seat, and only when that one is away
  const umweltamt = await office.unit('umweltamt');
  const deputy = () =>
    office.system((tx) =>
      office.app.get(OrganisationReads).entitledAs(tx, { personId: moritz }, 'OWNER', umweltamt, { overdue: false }),
    );
  expect(await deputy()).toBeNull();
  await office.absent(next.key);
  expect(await deputy()).toMatchObject({ as: 'DEPUTY', principalPersonId: next.id, limits: [moritz, next.id] });
  expect(await codeOf(leave(moritz))).toBe('seat_needed');
  await admin('xenia.konto', (people, tx, actor) => people.disablePerson(tx, actor, moritz));
  await office.settle();
  expect(await codeOf(leave(moritz))).toBe('none');
  expect(await office.rows('SELECT state FROM catalogue.product WHERE id = $1', [productId])).toEqual([
    { state: 'REQUESTABLE' },
  ]);
});

test('a person comes back by the word of two, and without the roles that ended', async () => {
  const back = await aPerson();
  await appoint(back.id, 'REQUESTER', 'schulamt');
  await leave(back.id);
  const { orderId } = await admin('xenia.konto', (people, tx, actor) => people.bringBack(tx, actor, back.id));
  expect(await codeOf(office.as(back.key))).toBe('actor_disabled');
  await admin('nina.notiz', (people, tx, actor) => people.confirmOrder(tx, actor, orderId));
  expect((await office.as(back.key)).appointments).toEqual([]);
  expect(await codeOf(admin('xenia.konto', (people, tx, actor) => people.bringBack(tx, actor, back.id)))).toBe(
    'person_not_disabled',
  );
});

test('case 53: the same mailbox under another account is a new person without rights', async () => {
  const [first, again] = [await aPerson('Doppel'), await aPerson('Doppel')];
  await appoint(first.id, 'REQUESTER', 'schulamt');
  expect(again.id).not.toBe(first.id);
  expect([...(await office.as(again.key)).permissions]).toEqual([]);
  const taken = { givenName: 'X', familyName: 'Y', iss: ISS, sub: first.sub };
  expect(await codeOf(admin('xenia.konto', (people, tx, actor) => people.admit(tx, actor, taken)))).toBe(
    'account_taken',
  );
});

test('case 74: an erased person leaves a pseudonym; their open tasks are others’, and the log verifies as before', async () => {
  const family = 'Unvergesslich';
  const leaver = await aPerson(family);
  await appoint(leaver.id, 'REQ_HEAD', 'stadtplanungsamt');
  const id = await asks('zoe.plan', { openness: 'RESTRICTED', title: 'Netze' });
  expect((await office.inbox.inbox(await office.as(leaver.key))).map(({ requestId }) => requestId)).toContain(id);
  const [other] = [await asks('zoe.plan', { openness: 'RESTRICTED', title: 'Netze 2' })];
  await office.approve(leaver.key, other, 'REQ_HEAD');

  const folder = mkdtempSync(join(tmpdir(), 'datenraum-leaving-'));
  const sealer = new Sealer({
    databaseUrl: office.db.url('sealer'),
    origin: 'datenraum.test/audit',
    key: generateKeyPairSync('ed25519').privateKey,
    published: new PublishedCheckpoints(join(folder, 'published')),
  });
  try {
    await sealer.sealAll();
    expect(await codeOf(erase(leaver.id))).toBe('erasure_too_early');
    await leave(leaver.id);
    await erase(leaver.id);
    await sealer.sealAll();

    expect(
      await office.rows('SELECT given_name, family_name, email, key FROM organisation.person WHERE id = $1', [
        leaver.id,
      ]),
    ).toEqual([{ given_name: 'Gelöschte', family_name: 'Person', email: null, key: null }]);
    for (const table of ['account', 'absence'])
      expect(await office.rows(`SELECT FROM organisation.${table} WHERE person_id = $1`, [leaver.id])).toEqual([]);
    // no value anywhere names them any more: neither beside the log nor in it
    const left = await office.rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT value FROM kernel.audit_clear UNION ALL SELECT convert_from(leaf, 'UTF8') FROM kernel.audit_event
         UNION ALL SELECT row_to_json(o)::text FROM organisation.person_order o) t WHERE value LIKE '%' || $1 || '%'`,
      [family],
    );
    expect(left).toEqual([{ n: 0 }]);
    expect(await office.rows('SELECT FROM kernel.audit_clear WHERE value = $1', [leaver.id])).toEqual([]);
    // what they decided stands, under the pseudonym
    const [given] = (await office.events({ requestId: other })).filter(({ type }) => type === 'approval.given.v1');
    expect(given!.actor).toMatch(/^p_[\da-f]{32}$/);

    const [head] = await office.rows<{ log_id: number; vkey: string }>(
      'SELECT log_id, vkey FROM audit.log_head ORDER BY log_id DESC LIMIT 1',
    );
    const tiles = new AuditTiles(office.uow);
    const report = await verifyLog(
      async (path) => (await tiles.serve(systemActing('test'), head!.log_id, path))?.body ?? null,
      head!.vkey,
    );
    expect(report).toMatchObject({ ok: true, fault: null });
    expect(report.checked).toBeGreaterThan(20);
  } finally {
    await sealer.disconnect();
    rmSync(folder, { recursive: true });
  }
  expect(await office.approve('ron.rinne', id, 'REQ_HEAD')).toMatchObject({ taskState: 'APPROVED' });
  expect(await codeOf(admin('xenia.konto', (people, tx, actor) => people.bringBack(tx, actor, leaver.id)))).toBe(
    'person_not_found',
  );
  const found = await office.system(async (tx) =>
    office.app.get(PeopleReads).search(tx, await office.as('xenia.konto'), family),
  );
  expect(found).toEqual([]);
});
