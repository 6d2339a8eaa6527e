import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { newId, systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import { aDatabase, type TestDatabase } from '../../../../test/support/database';
import { putLawInForce } from '../../../../test/support/law-in-force';
import { aStage } from '../../../../test/support/stage';
import {
  type Actor,
  AppointmentReads,
  loadPilotOrganisation,
  organisationEntities,
  OrganisationModule,
  OrganisationReads,
  OrganisationService,
  PeopleReads,
} from '..';

const ISS = 'http://idp.example/realms/datenraum';
let db: TestDatabase;
let app: INestApplicationContext;
let reads: OrganisationReads;
let lines: AppointmentReads;

const look = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => app.get(UnitOfWork).read(systemActing('test'), work);
const unit = (key: string) => look(async (tx) => (await reads.unitByKey(tx, key)).id);
const person = async (key: string) =>
  (await db.owner.query<{ id: string }>('SELECT id FROM organisation.person WHERE key = $1', [key])).rows[0]!.id;
const as = async (key: string): Promise<Actor> => {
  const { rows } = await db.owner.query<{ sub: string }>('SELECT sub FROM organisation.account WHERE person_id = $1', [
    await person(key),
  ]);
  return app
    .get(OrganisationService)
    .actorFor({ iss: ISS, sub: rows[0]!.sub, clientId: 'x', kind: 'person', expiresAt: new Date() });
};
const away = async (key: string) =>
  db.owner.query(
    `INSERT INTO organisation.absence (id, person_id, from_at, to_at, reason, set_by) VALUES ($1, $2, now() - interval '1 hour', now() + interval '1 day', 'KRANK', $2)`,
    [newId(), await person(key)],
  );
const appoint = async (key: string, role: string, unitKey: string, scope: [string, string | null]): Promise<void> => {
  await db.owner.query(
    `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, scope_id, valid_from, state, origin) VALUES ($1, $2, $3, $4, $5, $6, now(), 'IN_FORCE', 'SETUP')`,
    [newId(), await person(key), role, await unit(unitKey), ...scope],
  );
};

beforeAll(async () => {
  db = await aDatabase();
  await putLawInForce(db);
  app = await aStage(db, [OrganisationModule], organisationEntities);
  [reads, lines] = [app.get(OrganisationReads), app.get(AppointmentReads)];
  await app
    .get(UnitOfWork)
    .run(systemActing('setup'), (tx) =>
      loadPilotOrganisation(tx, join(__dirname, '../../../../config/pilot/organisation.yaml'), ISS),
    );
});
afterAll(async () => {
  await app?.close();
  await db?.close();
});

describe('the seats of a unit', () => {
  const gaps = async (unitKey: string) => {
    const id = await unit(unitKey);
    return Object.fromEntries((await look((tx) => lines.seats(tx, id))).map((seat) => [seat.role, seat.gaps]));
  };

  it('show who is missing: the holder, the deputy, or everybody for now', async () => {
    expect(await gaps('gruenflaechenamt')).toMatchObject({ OWNER: [], STEWARD: ['NO_DEPUTY'] });
    expect((await gaps('rechtsamt')).OWNER).toEqual(['EMPTY', 'NO_DEPUTY']);
    for (const key of ['anna.ahorn', 'benno.buche']) await away(key);
    expect((await gaps('gruenflaechenamt')).OWNER).toEqual(['AWAY']);
    await db.owner.query('DELETE FROM organisation.absence');
  });

  it('name holder and deputy, and never why somebody is away', async () => {
    await away('anna.ahorn');
    const id = await unit('gruenflaechenamt');
    const seat = (await look((tx) => lines.seats(tx, id))).find(({ role }) => role === 'OWNER')!;
    expect([seat.holders[0]!.personName, seat.holders[0]!.absent, seat.deputies[0]!.deputyForName]).toEqual([
      'Anna Ahorn',
      true,
      'Anna Ahorn',
    ]);
    expect(JSON.stringify(await look((tx) => lines.absences(tx)))).not.toContain('KRANK');
    await db.owner.query('DELETE FROM organisation.absence');
  });
});

describe('a role for one product or domain', () => {
  const [mine, other] = [newId(), newId()];
  const entitled = async (key: string, about?: { productId: string; domain: string | null }) => {
    const [personId, unitId] = [await person(key), await unit('hochbauamt')];
    return (
      (await look((tx) =>
        reads.entitledAs(tx, { personId }, 'OWNER', unitId, { overdue: false, ...(about && { about }) }),
      )) !== null
    );
  };

  it('decides on that one, on no other, and on nothing when it is not known what it is about', async () => {
    await appoint('emil.fach', 'OWNER', 'hochbauamt', ['PRODUCT', mine]);
    await appoint('zoe.plan', 'OWNER', 'hochbauamt', ['DOMAIN', 'Gebäude']);
    const about = (productId: string, domain: string | null) => ({ productId, domain });
    expect([
      await entitled('emil.fach', about(mine, null)),
      await entitled('emil.fach', about(other, null)),
      await entitled('emil.fach'),
    ]).toEqual([true, false, false]);
    expect([
      await entitled('zoe.plan', about(other, 'Gebäude')),
      await entitled('zoe.plan', about(other, 'Bäume')),
      await entitled('zoe.plan'),
    ]).toEqual([true, false, false]);
    expect([await entitled('ida.stein', about(other, null)), await entitled('ida.stein')]).toEqual([true, true]);
    const unitId = await unit('hochbauamt');
    const holders = async (productId: string) =>
      (await look((tx) => reads.holders(tx, 'OWNER', unitId, { productId, domain: null }))).map(
        ({ personId }) => personId,
      );
    expect(await holders(mine)).toContain(await person('emil.fach'));
    expect(await holders(other)).not.toContain(await person('emil.fach'));
  });
});

describe('finding people', () => {
  const find = async (key: string, text: string) => {
    const actor = await as(key);
    return (await look((tx) => app.get(PeopleReads).search(tx, actor, text))).map(({ name }) => name);
  };

  it('meets every word, and nobody for a single letter or none', async () => {
    expect(await find('ida.stein', 'anna ahorn')).toEqual(['Anna Ahorn']);
    expect(await find('ida.stein', 'anna stein')).toEqual([]);
    for (const text of ['', 'a', '%', '__']) expect(await find('ida.stein', text)).toEqual([]);
  });

  it('finds people by the unit they hold a role in', async () => {
    expect(await find('ida.stein', 'gebäudedienste')).toContain('Nils Halle');
    expect(await find('ida.stein', 'halle hochbauamt')).toEqual([]);
  });

  it('shows who was shut out to administrators only', async () => {
    await db.owner.query('UPDATE organisation.person SET disabled_at = now() WHERE key = $1', ['carl.tonne']);
    expect(await find('ida.stein', 'tonne')).toEqual([]);
    expect(await find('xenia.konto', 'tonne')).toEqual(['Carl Tonne']);
  });
});
