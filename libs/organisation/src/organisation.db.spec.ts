// One file because separation of duties is tried on one organisation: people, appointments, deputies, contracts.
import type { INestApplicationContext } from '@nestjs/common';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Principal } from '#lib/identity';
import { type Acting, systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import { aDatabase, type TestDatabase } from '../../../test/support/database';
import { putLawInForce } from '../../../test/support/law-in-force';
import { aStage } from '../../../test/support/stage';
import {
  Absences,
  type Actor,
  Appointments,
  Contracts,
  loadPilotOrganisation,
  organisationEntities,
  OrganisationModule,
  OrganisationReads,
  OrganisationService,
  People,
} from './';

const ISS = 'http://idp.example/realms/datenraum';
const FILE = join(__dirname, '../../../config/pilot/organisation.yaml');
const principal = (number: number): Principal => ({
  iss: ISS,
  sub: `00000000-0000-4000-8000-0000000000${String(number).padStart(2, '0')}`,
  clientId: 'datenraum-portal',
  kind: 'person',
  expiresAt: new Date(Date.now() + 60_000),
});
const machine: Principal = {
  ...principal(0),
  sub: 'service-account',
  clientId: 'umweltamt-fachverfahren',
  kind: 'client',
};
const [ANNA, BENNO, EVA, FALK, HANNA, IDA, JAN, THEO, THEA, XENIA, YARA, NINA] = [
  1, 2, 4, 5, 7, 8, 9, 18, 19, 23, 24, 37,
];
const HOUR = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString();

let db: TestDatabase;
let app: INestApplicationContext;
let uow: UnitOfWork;
let organisation: OrganisationService;
let reads: OrganisationReads;
let appointments: Appointments;
let absences: Absences;
let contracts: Contracts;
let people: People;

const actor = (number: number): Promise<Actor> => organisation.actorFor(principal(number));
const as = async <T>(number: number, work: (tx: Tx, actor: Actor) => Promise<T>): Promise<T> => {
  const who = await actor(number);
  return uow.run(who.acting, (tx) => work(tx, who));
};
const look = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => uow.read(systemActing('test'), work);
const unit = (key: string): Promise<string> => look(async (tx) => (await reads.unitByKey(tx, key)).id);
const load = () => uow.run(systemActing('setup'), (tx) => loadPilotOrganisation(tx, FILE, ISS));
const count = async (table: string) =>
  Number((await db.owner.query(`SELECT count(*) AS n FROM organisation.${table}`)).rows[0].n);

/** a person without any role, who can be appointed to anything */
async function aNewcomer(): Promise<string> {
  const { rows } = await db.owner.query<{ id: string }>(
    `INSERT INTO organisation.person (id, given_name, family_name) VALUES (gen_random_uuid(), 'Nova', 'Neu') RETURNING id`,
  );
  return rows[0]!.id;
}
const appoint = async (
  personId: string,
  role: 'REQUESTER' | 'OWNER' | 'ADMIN' | 'STAT' | 'DSB',
  unitKey: string,
  more: object = {},
): Promise<string> => {
  const unitId = await unit(unitKey);
  const { appointmentId } = await as(XENIA, (tx, admin) =>
    appointments.appoint(tx, admin, { personId, role, unitId, scope: { kind: 'UNIT' }, ...more }),
  );
  return appointmentId;
};
const confirm = (id: string, by = NINA) => as(by, (tx, admin) => appointments.confirmAppointment(tx, admin, id));

beforeAll(async () => {
  db = await aDatabase();
  await putLawInForce(db);
  app = await aStage(db, [OrganisationModule], organisationEntities);
  uow = app.get(UnitOfWork);
  organisation = app.get(OrganisationService);
  reads = app.get(OrganisationReads);
  [appointments, absences, contracts, people] = [
    app.get(Appointments),
    app.get(Absences),
    app.get(Contracts),
    app.get(People),
  ];
  await load();
});
afterAll(async () => {
  await app?.close();
  await db?.close();
});

describe('the pilot organisation', () => {
  it('loads a second time without changing anything', async () => {
    const before = await Promise.all(
      ['unit', 'person', 'account', 'appointment', 'contract', 'machine_client', 'audit_mandate'].map(count),
    );
    await load();
    expect(
      await Promise.all(
        ['unit', 'person', 'account', 'appointment', 'contract', 'machine_client', 'audit_mandate'].map(count),
      ),
    ).toEqual(before);
    expect(before).toEqual([28, 83, 83, 85, 1, 1, 1]);
  });

  it('links the same people when the issuer moves', async () => {
    await uow.run(systemActing('setup'), (tx) => loadPilotOrganisation(tx, FILE, 'http://elsewhere.example'));
    const moved = await organisation.actorFor({ ...principal(ANNA), iss: 'http://elsewhere.example' });
    expect(moved.personId).toBe((await actor(ANNA)).personId);
  });
});

describe('who somebody is', () => {
  it('comes from iss and sub, with the units, roles and permissions of the database', async () => {
    const hanna = await actor(HANNA);
    expect(hanna.appointments.map(({ role }) => role).sort()).toEqual(['REQ_HEAD', 'STEWARD']);
    expect(hanna.permissions.has('product.edit')).toBe(true);
    expect(hanna.permissions.has('request.submit')).toBe(false);
    expect(hanna.acting).toMatchObject({ kind: 'person', citywide: false, units: [await unit('umweltamt')] });
    expect((await actor(THEO)).acting.citywide).toBe(true);
  });

  it('is nobody for an unknown account, whatever mailbox it claims', async () => {
    await expect(
      organisation.actorFor({ ...principal(ANNA), sub: '11111111-0000-4000-8000-000000000001' }),
    ).rejects.toMatchObject({ code: 'actor_unknown', status: 403 });
    await expect(organisation.actorFor({ ...principal(ANNA), iss: 'http://other.example' })).rejects.toMatchObject({
      code: 'actor_unknown',
    });
  });

  it('is a new identity with no rights when an account with the same mailbox is linked anew', async () => {
    await db.owner.query(
      `WITH p AS (INSERT INTO organisation.person (id, given_name, family_name, email)
         SELECT gen_random_uuid(), given_name, family_name, email FROM organisation.person WHERE key = 'anna.ahorn' RETURNING id)
       INSERT INTO organisation.account SELECT $1, '22222222-0000-4000-8000-000000000001', id FROM p`,
      [ISS],
    );
    const again = await organisation.actorFor({ ...principal(ANNA), sub: '22222222-0000-4000-8000-000000000001' });
    expect(again.personId).not.toBe((await actor(ANNA)).personId);
    expect([...again.permissions]).toEqual([]);
  });

  it('is refused from the moment the person is disabled, whatever token is held', async () => {
    const ron = 33;
    const { personId } = await actor(ron);
    await as(XENIA, (tx, admin) => people.disablePerson(tx, admin, personId!));
    await expect(actor(ron)).rejects.toMatchObject({ code: 'actor_disabled', status: 403 });
  });

  it('loses a permission with the role, at the next request', async () => {
    const emil = 30;
    const before = await actor(emil);
    expect(before.permissions.has('request.submit')).toBe(true);
    await as(XENIA, (tx, admin) => appointments.endAppointment(tx, admin, before.appointments[0]!.id));
    expect([...(await actor(emil)).permissions]).toEqual([]);
  });

  it('is the unit of a machine client, which never decides', async () => {
    const client = await organisation.actorFor(machine);
    expect(client).toMatchObject({
      personId: null,
      clientId: 'umweltamt-fachverfahren',
      units: [await unit('umweltamt')],
    });
    expect(client.permissions.has('task.decide')).toBe(false);
    expect(
      await look((tx) => reads.entitledAs(tx, client, 'REQ_HEAD', client.units[0]!, { overdue: true })),
    ).toBeNull();
  });
});

describe('granting a role', () => {
  it('takes two administrators, neither being the one who gets it', async () => {
    const personId = await aNewcomer();
    const id = await appoint(personId, 'REQUESTER', 'schulamt');
    await expect(confirm(id, XENIA)).rejects.toMatchObject({ code: 'appointment_two_persons' });
    expect(await look((tx) => reads.appointments(tx, personId))).toEqual([]);
    await confirm(id);
    expect((await look((tx) => reads.appointments(tx, personId))).map(({ role }) => role)).toEqual(['REQUESTER']);
    await expect(confirm(id)).rejects.toMatchObject({ code: 'appointment_state' });
    const own = (await actor(XENIA)).personId!;
    await expect(appoint(own, 'REQUESTER', 'schulamt')).rejects.toMatchObject({ code: 'appointment_two_persons' });
  });

  it('is refused to everybody but administration', async () => {
    const unitId = await unit('schulamt');
    const personId = await aNewcomer();
    await expect(
      as(ANNA, (tx, anna) =>
        appointments.appoint(tx, anna, { personId, role: 'OWNER', unitId, scope: { kind: 'UNIT' } }),
      ),
    ).rejects.toMatchObject({ code: 'not_permitted', status: 403 });
  });

  it.each(['REQUESTER', 'OWNER', 'DSB'] as const)('never joins ADMIN and %s in one person', async (role) => {
    await expect(appoint((await actor(NINA)).personId!, role, 'iod')).rejects.toMatchObject({
      code: 'appointment_incompatible',
    });
  });

  it('never gives a member of the statistics unit a role elsewhere, nor STAT elsewhere', async () => {
    await expect(appoint((await actor(YARA)).personId!, 'REQUESTER', 'schulamt')).rejects.toMatchObject({
      code: 'appointment_incompatible',
    });
    await expect(appoint(await aNewcomer(), 'STAT', 'schulamt')).rejects.toMatchObject({
      code: 'appointment_statistics',
    });
  });

  it('knows no deputy of a deputy and no deputy of oneself', async () => {
    const benno = (await actor(BENNO)).appointments[0]!.id;
    const anna = await actor(ANNA);
    await expect(appoint(await aNewcomer(), 'OWNER', 'gruenflaechenamt', { deputyOf: benno })).rejects.toMatchObject({
      code: 'appointment_deputy',
    });
    await expect(
      appoint(anna.personId!, 'OWNER', 'gruenflaechenamt', { deputyOf: anna.appointments[0]!.id }),
    ).rejects.toMatchObject({ code: 'appointment_deputy' });
  });

  it('refuses the same by hand in the database', async () => {
    const { personId } = await actor(EVA);
    const asApp = async (sql: string, parameters: unknown[], by: Acting = undefined as never) =>
      uow.run(by ?? (await actor(EVA)).acting, (tx) => tx.sql(sql, parameters));
    const insert = `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, valid_from, state, origin)
      VALUES (gen_random_uuid(), $1, $2, $3, 'UNIT', now(), 'IN_FORCE', $4)`;
    const schulamt = await unit('schulamt');
    await expect(asApp(insert, [personId, 'OWNER', schulamt, 'SETUP'])).rejects.toThrow('only the setup');
    await expect(asApp(insert, [personId, 'OWNER', schulamt, 'ORDER'])).rejects.toThrow('begins as a proposal');
    await expect(db.owner.query(insert, [personId, 'ADMIN', schulamt, 'SETUP'])).rejects.toThrow(
      'holds REQUESTER already',
    );
    await expect(
      asApp(`UPDATE organisation.appointment SET person_id = $1 WHERE role = 'OWNER'`, [personId]),
    ).rejects.toThrow('never rewritten');
    await expect(asApp(`DELETE FROM organisation.appointment`, [])).rejects.toThrow('permission denied');
    await expect(asApp(`DELETE FROM law.version_conflict`, [])).rejects.toThrow('permission denied');
  });

  it('does not let two grants at once slip past each other', async () => {
    const personId = await aNewcomer();
    const insert = `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, valid_from, state, origin)
      SELECT gen_random_uuid(), $1, $2, id, 'UNIT', now(), 'IN_FORCE', 'SETUP' FROM organisation.unit WHERE key = 'iod'`;
    const other = new Client({ connectionString: db.url('owner') });
    await other.connect();
    await other.query('BEGIN');
    await other.query(insert, [personId, 'REQUESTER']);
    // not committed yet, so invisible here: the second grant has to wait for it and then sees it
    const second = db.owner.query(insert, [personId, 'ADMIN']).then(
      () => 'granted',
      (refused: { constraint: string }) => refused.constraint,
    );
    await other.query('COMMIT');
    await other.end();
    expect(await second).toBe('appointment_incompatible');
  });
});

describe('a deputy', () => {
  const entitled = async (number: number, unitKey: string, overdue = false) => {
    const [who, unitId] = [await actor(number), await unit(unitKey)];
    return look((tx) => reads.entitledAs(tx, who, 'OWNER', unitId, { overdue }));
  };

  it('decides only while the principal is absent, or when the task is overdue', async () => {
    expect(await entitled(ANNA, 'gruenflaechenamt')).toMatchObject({ as: 'PRINCIPAL', limits: [expect.any(String)] });
    expect(await entitled(BENNO, 'gruenflaechenamt')).toBeNull();
    expect(await entitled(BENNO, 'gruenflaechenamt', true)).toMatchObject({ as: 'DEPUTY' });

    const anna = (await actor(ANNA)).personId!;
    const { absenceId } = await as(ANNA, (tx, who) =>
      absences.setAbsence(tx, who, { personId: anna, from: inHours(0), to: inHours(5), reason: 'KRANK' }),
    );
    expect(await entitled(BENNO, 'gruenflaechenamt')).toMatchObject({
      as: 'DEPUTY',
      principalPersonId: anna,
      limits: [(await actor(BENNO)).personId, anna],
    });
    await as(ANNA, (tx, who) => absences.endAbsence(tx, who, absenceId));
    expect(await entitled(BENNO, 'gruenflaechenamt')).toBeNull();
  });

  it('has no power in another unit, and an absence that has not begun gives none', async () => {
    const ida = (await actor(IDA)).personId!;
    await as(IDA, (tx, who) =>
      absences.setAbsence(tx, who, { personId: ida, from: inHours(24), to: inHours(48), reason: 'URLAUB' }),
    );
    expect(await entitled(JAN, 'hochbauamt')).toBeNull();
    expect(await entitled(BENNO, 'hochbauamt', true)).toBeNull();
  });

  it('cannot mark the principal absent', async () => {
    const anna = (await actor(ANNA)).personId!;
    await expect(
      as(BENNO, (tx, who) =>
        absences.setAbsence(tx, who, { personId: anna, from: inHours(0), to: inHours(5), reason: 'URLAUB' }),
      ),
    ).rejects.toMatchObject({ code: 'not_permitted' });
  });

  it('takes over when the principal is shut out', async () => {
    const [gero, moritz] = [6, 32];
    expect(await entitled(moritz, 'umweltamt')).toBeNull();
    const personId = (await actor(gero)).personId!;
    await as(XENIA, (tx, admin) => people.disablePerson(tx, admin, personId));
    expect(await entitled(moritz, 'umweltamt')).toMatchObject({ as: 'DEPUTY' });
    const umweltamt = await unit('umweltamt');
    expect((await look((tx) => reads.holders(tx, 'OWNER', umweltamt))).map((holder) => holder.personId)).toEqual([
      (await actor(moritz)).personId,
    ]);
  });
});

describe('the register of contracts', () => {
  const KINDS = ['AVV', 'JCA', 'DUV', 'INTERNE_VEREINBARUNG'] as const;
  const standing = async (a: string, b: string, at?: Date) => {
    const ids = [await unit(a), await unit(b)] as const;
    return look((tx) => reads.contractBetween(tx, ...ids, KINDS, at && { at }));
  };
  const register = async (a: string, b: string, kind: (typeof KINDS)[number], hours = [-1, 24]) => {
    const [unitA, unitB] = [await unit(a), await unit(b)];
    return as(THEO, (tx, theo) =>
      contracts.registerContract(tx, theo, {
        unitA,
        unitB,
        kind,
        reference: 'R-1',
        subject: { kind: 'PARTIES' },
        validFrom: inHours(hours[0]!),
        validTo: inHours(hours[1]!),
      }),
    );
  };

  it('is missing, then valid in both directions, then expired, [from, to)', async () => {
    expect((await standing('hochbauamt', 'gebaeudedienste')).status).toBe('MISSING');
    const { contractId } = await register('gebaeudedienste', 'hochbauamt', 'DUV');
    expect(await standing('hochbauamt', 'gebaeudedienste')).toMatchObject({
      status: 'VALID',
      kinds: ['DUV'],
      id: contractId,
    });
    const { validTo } = await standing('gebaeudedienste', 'hochbauamt');
    expect((await standing('hochbauamt', 'gebaeudedienste', new Date(validTo!.getTime() - 1))).status).toBe('VALID');
    expect((await standing('hochbauamt', 'gebaeudedienste', validTo)).status).toBe('EXPIRED');
    expect((await standing('umweltamt', 'gebaeudedienste')).status).toBe('MISSING');
    await as(THEO, (tx, theo) => contracts.endContract(tx, theo, contractId));
    expect((await standing('hochbauamt', 'gebaeudedienste')).status).toBe('EXPIRED');
    await expect(as(THEO, (tx, theo) => contracts.endContract(tx, theo, contractId))).rejects.toMatchObject({
      code: 'contract_ended',
    });
  });

  it('covers every office by a contract of the city, but no company by that of another', async () => {
    expect((await standing('umweltamt', 'entsorgungsbetrieb')).kinds).toEqual(['INTERNE_VEREINBARUNG']);
    expect((await standing('energieversorger', 'entsorgungsbetrieb')).status).toBe('MISSING');
    expect((await standing('umweltamt', 'hochbauamt')).status).toBe('MISSING');
    expect((await standing('statistikstelle', 'entsorgungsbetrieb')).status).toBe('MISSING');
  });

  it('is written by LEGAL alone, by its deputy only in its absence, and takes no internal agreement with a company', async () => {
    const [unitA, unitB] = [await unit('umweltamt'), await unit('energieversorger')];
    const subject = { kind: 'PARTIES' as const };
    const dates = { validFrom: inHours(-1), validTo: inHours(9) };
    const input = { unitA, unitB, kind: 'DUV' as const, reference: 'R-2', subject, ...dates };
    await expect(as(FALK, (tx, who) => contracts.registerContract(tx, who, input))).rejects.toMatchObject({
      code: 'not_permitted',
    });
    await expect(as(THEA, (tx, who) => contracts.registerContract(tx, who, input))).rejects.toMatchObject({
      code: 'not_entitled',
    });
    await expect(register('umweltamt', 'energieversorger', 'INTERNE_VEREINBARUNG')).rejects.toMatchObject({
      code: 'contract_kind_unfit',
    });
    await expect(register('umweltamt', 'energieversorger', 'DUV', [5, 4])).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });
});

describe('the consumer kind', () => {
  it.each([
    ['umweltamt', 'umweltamt', 'SAME_OFFICE'],
    ['hochbauamt', 'umweltamt', 'OTHER_OFFICE'],
    ['umweltamt', 'statistikstelle', 'STATISTIKSTELLE'],
    ['statistikamt', 'statistikstelle', 'STATISTIKSTELLE'],
    ['statistikstelle', 'statistikamt', 'OTHER_OFFICE'],
    ['umweltamt', 'entsorgungsbetrieb', 'EIGENBETRIEB'],
    ['hochbauamt', 'gebaeudedienste', 'GESELLSCHAFT'],
    ['energieversorger', 'umweltamt', 'OTHER_OFFICE'],
    ['gebaeudedienste', 'gebaeudedienste', 'SAME_OFFICE'],
  ])('of a request to %s by %s is %s', async (provider, consumer, kind) => {
    const ids = [await unit(provider), await unit(consumer)] as const;
    expect(await look((tx) => reads.consumerKind(tx, ...ids))).toBe(kind);
  });

  it('treats an Eigenbetrieb in competition as a company, and a department as its office', async () => {
    await db.owner.query(
      `INSERT INTO organisation.unit (id, key, name, kind, parent_id, competition, valid_from)
       SELECT gen_random_uuid(), 'abteilung-x', 'Abteilung X', 'ABTEILUNG', id, false, now() FROM organisation.unit WHERE key = 'umweltamt'
       UNION ALL SELECT gen_random_uuid(), 'badebetrieb', 'Badebetrieb', 'EIGENBETRIEB', id, true, now() FROM organisation.unit WHERE key = 'stadt'`,
    );
    const [a, b, c] = [await unit('umweltamt'), await unit('abteilung-x'), await unit('badebetrieb')];
    expect(await look((tx) => reads.consumerKind(tx, a, b))).toBe('SAME_OFFICE');
    expect(await look((tx) => reads.consumerKind(tx, a, c))).toBe('GESELLSCHAFT');
    expect((await actor(FALK)).units).toContain(b);
  });
});

it('no event of the organisation names a person', async () => {
  const { rows } = await db.owner.query<{ leaf: Buffer; type: string }>('SELECT leaf, type FROM kernel.audit_event');
  expect(new Set(rows.map(({ type }) => type)).size).toBeGreaterThan(7);
  const people = (
    await db.owner.query<{ id: string; family_name: string }>('SELECT id, family_name FROM organisation.person')
  ).rows;
  const leaves = rows.map(({ leaf }) => leaf.toString()).join('\n');
  expect(people.filter(({ id, family_name: name }) => leaves.includes(id) || leaves.includes(name))).toEqual([]);
  expect(leaves).not.toContain('KRANK');
});
