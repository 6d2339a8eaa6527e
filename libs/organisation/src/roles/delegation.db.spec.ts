// One file: what a written delegation does and what it must never do, on one organisation.
import type { INestApplicationContext } from '@nestjs/common';
import { join } from 'node:path';
import { Problem, systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import { aDatabase, type TestDatabase } from '../../../../test/support/database';
import { putLawInForce } from '../../../../test/support/law-in-force';
import { aStage } from '../../../../test/support/stage';
import {
  type Actor,
  Delegations,
  loadPilotOrganisation,
  organisationEntities,
  OrganisationModule,
  OrganisationReads,
  OrganisationService,
} from '..';

const ISS = 'http://idp.example/realms/datenraum';
const FILE = join(__dirname, '../../../../config/pilot/organisation.yaml');
const [ANNA, BENNO, CLARA, EVA, UMA, WILLI, XENIA, EMIL] = [1, 2, 3, 4, 20, 22, 23, 30];
const DAY = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

let db: TestDatabase;
let app: INestApplicationContext;
let uow: UnitOfWork;
let organisation: OrganisationService;
let delegations: Delegations;
let reads: OrganisationReads;
let garden: string;

const actor = (number: number): Promise<Actor> =>
  organisation.actorFor({
    iss: ISS,
    sub: `00000000-0000-4000-8000-0000000000${String(number).padStart(2, '0')}`,
    clientId: 'datenraum-portal',
    kind: 'person',
    expiresAt: new Date(Date.now() + 60_000),
  });
const as = async <T>(number: number, work: (tx: Tx, actor: Actor) => Promise<T>): Promise<T> => {
  const who = await actor(number);
  return uow.run(who.acting, (tx) => work(tx, who));
};
const personId = async (number: number) => (await actor(number)).personId!;
const appointmentOf = async (number: number, role = 'OWNER') =>
  (await actor(number)).appointments.find((one) => one.role === role)!.id;
const delegate = async (from: number, to: number, more: object = {}): Promise<string> => {
  const input = {
    appointmentId: await appointmentOf(from),
    delegatePersonId: await personId(to),
    reference: 'Verfügung 12/2026',
    validTo: inDays(90),
    ...more,
  };
  return (await as(from, (tx, me) => delegations.delegate(tx, me, input))).delegationId;
};
const revoke = (by: number, id: string) => as(by, (tx, me) => delegations.revoke(tx, me, id));
const entitled = async (number: number, task: { overdue?: boolean; inPerson?: boolean } = {}) => {
  const who = await actor(number);
  return uow.read(systemActing('test'), (tx) =>
    reads.entitledAs(tx, who, 'OWNER', garden, { overdue: false, ...task }),
  );
};
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => {
      if (error instanceof Problem) return error.code;
      throw error;
    },
  );
/** As a hand at psql would, with the role of the application. */
const insert = async (appointmentId: string, delegatePersonId: string, delegatedBy: string, length = '1 month') => {
  const error = await uow
    .run(systemActing('test'), (tx) =>
      tx.sql(
        `INSERT INTO organisation.delegation (id, appointment_id, delegate_person_id, reference, valid_from, valid_to, delegated_by)
         VALUES (gen_random_uuid(), $1, $2, 'x', now(), now() + $4::interval, $3)`,
        [appointmentId, delegatePersonId, delegatedBy, length],
      ),
    )
    .catch((cause: unknown) => cause);
  return (error as { driverError?: { constraint?: string } }).driverError?.constraint ?? 'none';
};

beforeAll(async () => {
  db = await aDatabase();
  await putLawInForce(db);
  app = await aStage(db, [OrganisationModule], organisationEntities);
  [uow, organisation, delegations, reads] = [
    app.get(UnitOfWork),
    app.get(OrganisationService),
    app.get(Delegations),
    app.get(OrganisationReads),
  ];
  await uow.run(systemActing('setup'), (tx) => loadPilotOrganisation(tx, FILE, ISS));
  garden = await uow.read(systemActing('test'), async (tx) => (await reads.unitByKey(tx, 'gruenflaechenamt')).id);
  // a second accountable person of the same office, so that rights could be passed round
  await db.owner.query(
    `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, valid_from, state, origin) VALUES (gen_random_uuid(), $1, 'OWNER', $2, 'UNIT', now(), 'IN_FORCE', 'SETUP')`,
    [await personId(EMIL), garden],
  );
});
afterEach(() =>
  db.owner.query(
    `UPDATE organisation.delegation SET revoked_at = now(), revoked_by = delegated_by WHERE revoked_at IS NULL`,
  ),
);
afterAll(async () => {
  await app?.close();
  await db?.close();
});

describe('a written delegation', () => {
  it('lets the delegate decide while it runs, with the limits of both, and see the rows of the office', async () => {
    expect(await entitled(EVA)).toBeNull();
    const delegationId = await delegate(ANNA, EVA);
    const [eva, anna] = [await personId(EVA), await personId(ANNA)];
    expect(await entitled(EVA)).toMatchObject({
      as: 'DELEGATE',
      delegationId,
      personId: eva,
      principalPersonId: anna,
      limits: [eva, anna],
    });
    expect((await actor(EVA)).units).toContain(garden);
    expect((await actor(EVA)).permissions.has('task.decide')).toBe(true);
    await revoke(ANNA, delegationId);
    expect(await entitled(EVA)).toBeNull();
    expect((await actor(EVA)).units).not.toContain(garden);
  });

  it('does not reach what is to be decided in person; the deputy may', async () => {
    await delegate(ANNA, EVA);
    expect(await entitled(EVA, { inPerson: true })).toBeNull();
    expect(await entitled(BENNO, { inPerson: true, overdue: true })).toMatchObject({
      as: 'DEPUTY',
      delegationId: null,
    });
    expect(await entitled(ANNA, { inPerson: true })).toMatchObject({ as: 'PRINCIPAL' });
  });

  it('runs twelve months at most', async () => {
    expect(await codeOf(delegate(ANNA, EVA, { validTo: inDays(367) }))).toBe('delegation_period');
    expect(await codeOf(delegate(ANNA, EVA, { validFrom: inDays(2), validTo: inDays(1) }))).toBe('delegation_period');
    expect(await codeOf(delegate(ANNA, EVA, { validTo: inDays(-1) }))).toBe('validation_failed');
    expect(await codeOf(delegate(ANNA, EVA, { reference: ' ' }))).toBe('validation_failed');
    expect(await insert(await appointmentOf(ANNA), await personId(EVA), await personId(ANNA), '13 months')).toBe(
      'delegation_period',
    );
  });

  it('ends with its period, with the appointment it rests on, and with either person', async () => {
    const id = await delegate(ANNA, EVA);
    const without = async (change: string, back: string, parameters: unknown[]) => {
      await db.owner.query(
        'ALTER TABLE organisation.delegation DISABLE TRIGGER USER; ALTER TABLE organisation.appointment DISABLE TRIGGER USER',
      );
      await db.owner.query(change, parameters);
      const found = await entitled(EVA);
      await db.owner.query(back, parameters);
      await db.owner.query(
        'ALTER TABLE organisation.delegation ENABLE TRIGGER USER; ALTER TABLE organisation.appointment ENABLE TRIGGER USER',
      );
      return found;
    };
    const period = (end: string) =>
      `UPDATE organisation.delegation SET valid_from = now() - interval '2 days', valid_to = ${end} WHERE id = $1`;
    expect(await without(period('now()'), period(`now() + interval '30 days'`), [id])).toBeNull();
    const office = (state: string) =>
      `UPDATE organisation.appointment SET state = '${state}', valid_to = ${state === 'ENDED' ? 'now()' : 'NULL'} WHERE id = $1`;
    expect(await without(office('ENDED'), office('IN_FORCE'), [await appointmentOf(ANNA)])).toBeNull();
    const person = (at: string) => `UPDATE organisation.person SET disabled_at = ${at} WHERE id = $1`;
    expect(await without(person('now()'), person('NULL'), [await personId(ANNA)])).toBeNull();
    expect(await entitled(EVA)).not.toBeNull();
  });

  it('does not help whoever comes to hold a role that does not go with it', async () => {
    await delegate(ANNA, EVA);
    await db.owner.query(
      `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, valid_from, state, origin) SELECT gen_random_uuid(), $1, 'ISB', id, 'CITY', now(), 'IN_FORCE', 'SETUP' FROM organisation.unit WHERE key = 'informationssicherheit'`,
      [await personId(EVA)],
    );
    expect(await entitled(EVA)).toBeNull();
    await db.owner.query(
      `UPDATE organisation.appointment SET state = 'ENDED', valid_to = now() WHERE person_id = $1 AND role = 'ISB'`,
      [await personId(EVA)],
    );
  });

  it('is revoked by who gave it or by the administration, once, and by nobody else', async () => {
    const id = await delegate(ANNA, EVA);
    expect(await codeOf(revoke(CLARA, id))).toBe('not_permitted');
    expect(await codeOf(revoke(EVA, id))).toBe('not_permitted');
    expect(await codeOf(revoke(XENIA, id))).toBe('none');
    expect(await codeOf(revoke(ANNA, id))).toBe('delegation_ended');
    const { rows } = await db.owner.query<{ type: string; facts: object }>(
      `SELECT type, facts FROM kernel.audit_event WHERE facts->>'delegationId' = $1 ORDER BY created_at`,
      [id],
    );
    expect(rows.map(({ type }) => type)).toEqual(['delegation.given.v1', 'delegation.revoked.v1']);
    expect(JSON.stringify(rows)).not.toContain(await personId(EVA));
  });
});

describe('one step only', () => {
  it('nobody delegates to themselves', async () => {
    expect(await codeOf(delegate(ANNA, ANNA))).toBe('delegation_self');
    expect(await insert(await appointmentOf(ANNA), await personId(ANNA), await personId(ANNA))).toBe('delegation_self');
  });

  it('the right of somebody else is not passed on, neither by the deputy nor by the delegate', async () => {
    await delegate(ANNA, EVA);
    const ofAnna = await appointmentOf(ANNA);
    expect(await codeOf(delegate(BENNO, CLARA))).toBe('delegation_right');
    const onward = {
      appointmentId: ofAnna,
      delegatePersonId: await personId(WILLI),
      reference: 'x',
      validTo: inDays(3),
    };
    expect(await codeOf(as(EVA, (tx, me) => delegations.delegate(tx, me, onward)))).toBe('delegation_right');
    expect(await insert(ofAnna, await personId(CLARA), await personId(EVA))).toBe('delegation_right');
    expect(await insert(await appointmentOf(BENNO), await personId(CLARA), await personId(BENNO))).toBe(
      'delegation_right',
    );
  });

  it('no circle and no chain: neither back to the giver nor from the receiver on', async () => {
    await delegate(ANNA, EMIL);
    expect(await codeOf(delegate(EMIL, ANNA))).toBe('delegation_chain');
    expect(await codeOf(delegate(EMIL, CLARA))).toBe('delegation_chain');
    expect(await insert(await appointmentOf(EMIL), await personId(ANNA), await personId(EMIL))).toBe(
      'delegation_chain',
    );
  });

  it('of two delegations that would close a circle at the same time one waits and is refused', async () => {
    const [ofAnna, ofEmil, anna, emil] = [
      await appointmentOf(ANNA),
      await appointmentOf(EMIL),
      await personId(ANNA),
      await personId(EMIL),
    ];
    let back!: Promise<string>;
    await as(ANNA, async (tx, me) => {
      await delegations.delegate(tx, me, {
        appointmentId: ofAnna,
        delegatePersonId: emil,
        reference: 'x',
        validTo: inDays(3),
      });
      // the other way round begins while the first is not committed: without waiting it would not see it
      back = insert(ofEmil, anna, emil);
      await tx.sql('SELECT pg_sleep(0.5)');
    });
    expect(await back).toBe('delegation_chain');
  });

  it('only who is accountable for data delegates, and not to who must stay apart', async () => {
    expect(await codeOf(delegate(ANNA, UMA))).toBe('delegation_incompatible');
    expect(await codeOf(delegate(ANNA, WILLI))).toBe('delegation_incompatible');
    const opinion = {
      appointmentId: await appointmentOf(UMA, 'DSB'),
      delegatePersonId: await personId(EVA),
      reference: 'x',
      validTo: inDays(3),
    };
    expect(await codeOf(as(UMA, (tx, me) => delegations.delegate(tx, me, opinion)))).toBe('delegation_right');
  });

  it('who answers for one product passes on that product and nothing else', async () => {
    const productId = '01890000-0000-7000-8000-000000000007';
    const { rows } = await db.owner.query<{ id: string }>(
      `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, scope_id, valid_from, state, origin)
       VALUES (gen_random_uuid(), $1, 'OWNER', $2, 'PRODUCT', $3, now(), 'IN_FORCE', 'SETUP') RETURNING id`,
      [await personId(CLARA), garden, productId],
    );
    const given = await delegate(CLARA, EVA, { appointmentId: rows[0]!.id });
    const eva = await actor(EVA);
    const about = (id: string) =>
      uow.read(systemActing('test'), (tx) =>
        reads.entitledAs(tx, eva, 'OWNER', garden, { overdue: false, about: { productId: id, domain: null } }),
      );
    expect(await about(productId)).toMatchObject({ as: 'DELEGATE', delegationId: given });
    expect(await about('01890000-0000-7000-8000-000000000008')).toBe(null);
    expect(await entitled(EVA)).toBe(null);
    await revoke(CLARA, given);
    await db.owner.query(`UPDATE organisation.appointment SET state = 'ENDED', valid_to = now() WHERE id = $1`, [
      rows[0]!.id,
    ]);
  });

  it('what was written stands: it is revoked, never changed', async () => {
    const id = await delegate(ANNA, EVA);
    await expect(
      db.owner.query(`UPDATE organisation.delegation SET valid_to = valid_to + interval '1 day' WHERE id = $1`, [id]),
    ).rejects.toMatchObject({ constraint: 'delegation_fixed' });
    await revoke(ANNA, id);
    await expect(
      db.owner.query(`UPDATE organisation.delegation SET revoked_at = now() + interval '1 day' WHERE id = $1`, [id]),
    ).rejects.toMatchObject({ constraint: 'delegation_fixed' });
  });
});
