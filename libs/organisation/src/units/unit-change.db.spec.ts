import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { Problem, systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import { aDatabase, type TestDatabase } from '../../../../test/support/database';
import { putLawInForce } from '../../../../test/support/law-in-force';
import { aStage } from '../../../../test/support/stage';
import {
  type Actor,
  Appointments,
  loadPilotOrganisation,
  organisationEntities,
  OrganisationModule,
  OrganisationReads,
  OrganisationService,
  UnitChangeEffect,
  type UnitChangeInput,
  UnitChangeReads,
  UnitChanges,
} from '..';
import { unitChangeStates } from './unit-change.states';

const ISS = 'http://idp.example/realms/datenraum';
const [EVA, XENIA, NINA] = ['04', '23', '37'];
let db: TestDatabase;
let app: INestApplicationContext;
let uow: UnitOfWork;
let changes: UnitChanges;

beforeAll(async () => {
  db = await aDatabase();
  await putLawInForce(db);
  app = await aStage(db, [OrganisationModule], organisationEntities);
  uow = app.get(UnitOfWork);
  changes = app.get(UnitChanges);
  await db.owner.query(`SELECT set_config('app.system', 'on', false)`);
  await uow.run(systemActing('setup'), (tx) =>
    loadPilotOrganisation(tx, join(__dirname, '../../../../config/pilot/organisation.yaml'), ISS),
  );
}, 120_000);
afterAll(async () => {
  await app.close();
  await db.close();
});

const actor = (number: string): Promise<Actor> =>
  app.get(OrganisationService).actorFor({
    iss: ISS,
    sub: `00000000-0000-4000-8000-0000000000${number}`,
    clientId: 'datenraum-portal',
    kind: 'person',
    expiresAt: new Date(Date.now() + 60_000),
  });
const as = async <T>(number: string, work: (tx: Tx, who: Actor) => Promise<T>): Promise<T> => {
  const who = await actor(number);
  return uow.run(who.acting, (tx) => work(tx, who));
};
const rows = async <T>(text: string, parameters: unknown[] = []): Promise<T[]> =>
  (await db.owner.query(text, parameters)).rows as T[];
const unit = async (key: string): Promise<string> =>
  (await rows<{ id: string }>('SELECT id FROM organisation.unit WHERE key = $1', [key]))[0]!.id;
const look = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => uow.read(systemActing('test'), work);
const prepare = (input: UnitChangeInput, by = XENIA) => as(by, (tx, who) => changes.prepare(tx, who, input));
const confirm = async (changeId: string, by = NINA) => {
  await as(by, (tx, who) => changes.confirm(tx, who, changeId));
  await app.get(UnitChangeEffect).due(uow);
};
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => {
      if (error instanceof Problem) return error.code;
      throw error;
    },
  );
const merge = async (keys: string[], key: string): Promise<UnitChangeInput> => ({
  kind: 'MERGE',
  basis: 'OV 1',
  unitIds: await Promise.all(keys.map(unit)),
  into: { key, name: `Amt ${key}`, kind: 'AMT', parentId: await unit('stadt') },
});

describe('who changes the organisation', () => {
  test('only the administration prepares, and two people of it decide (SOD-4)', async () => {
    const order = await merge(['schulamt'], 'schule');
    expect(await codeOf(prepare(order, EVA))).toBe('not_permitted');
    const { changeId } = await prepare(order);
    expect(await codeOf(confirm(changeId, XENIA))).toBe('unit_change_two_persons');
    expect(await codeOf(confirm(changeId, EVA))).toBe('not_permitted');
    const [xenia] = await rows<{ id: string }>(`SELECT id FROM organisation.person WHERE key = 'xenia.konto'`);
    // and the database says so to whoever asks it alone
    await expect(
      db.owner.query(
        `UPDATE organisation.unit_change SET state = 'CONFIRMED', confirmed_by = $2, confirmed_at = now(), effective_at = now() WHERE id = $1`,
        [changeId, xenia!.id],
      ),
    ).rejects.toMatchObject({ constraint: 'unit_change_two_persons' });
  });

  test('a cancelled change never brings its new units into being', async () => {
    const { changeId, targetIds } = await prepare(await merge(['revisionsamt'], 'revision-neu'));
    const [eva] = await rows<{ id: string }>(`SELECT id FROM organisation.person WHERE key = 'eva.bach'`);
    await as(XENIA, (tx, who) =>
      app
        .get(Appointments)
        .appoint(tx, who, { personId: eva!.id, role: 'REQUESTER', unitId: targetIds[0]!, scope: { kind: 'UNIT' } }),
    );
    await as(NINA, (tx, who) => changes.cancel(tx, who, changeId));
    expect(await rows(`SELECT state FROM organisation.appointment WHERE unit_id = $1`, [targetIds[0]])).toEqual([
      { state: 'DECLINED' },
    ]);
    expect(await codeOf(confirm(changeId))).toBe('unit_change_state');
    expect(
      await look((tx) =>
        app
          .get(OrganisationReads)
          .units(tx)
          .then((units) => units.some(({ id }) => id === targetIds[0])),
      ),
    ).toBe(false);
  });

  test('code and database hold the same moves, and nothing of an order is rewritten', async () => {
    for (const from of unitChangeStates.stored) {
      for (const to of unitChangeStates.stored.filter((state) => state !== from)) {
        const { changeId } = await prepare({
          kind: 'RENAME',
          basis: 'OV 2',
          unitId: await unit('hochbauamt'),
          name: 'Hochbau',
        });
        if (from !== 'PREPARED') {
          await db.owner.query('ALTER TABLE organisation.unit_change DISABLE TRIGGER USER');
          await db.owner.query(MOVE[from as keyof typeof MOVE], [changeId]);
          await db.owner.query('ALTER TABLE organisation.unit_change ENABLE TRIGGER USER');
        }
        const moved = await db.owner.query(MOVE[to], [changeId]).then(
          () => true,
          () => false,
        );
        expect([from, to, moved]).toEqual([from, to, unitChangeStates.canMove(from, to)]);
        // leave nothing pending on the unit
        await db.owner.query('ALTER TABLE organisation.unit_change DISABLE TRIGGER USER');
        await db.owner.query(MOVE.CANCELLED, [changeId]);
        await db.owner.query('ALTER TABLE organisation.unit_change ENABLE TRIGGER USER');
      }
    }
    const { changeId } = await prepare({
      kind: 'RENAME',
      basis: 'OV 3',
      unitId: await unit('hochbauamt'),
      name: 'Hochbau',
    });
    await expect(
      db.owner.query(`UPDATE organisation.unit_change SET new_name = 'Anders' WHERE id = $1`, [changeId]),
    ).rejects.toMatchObject({ constraint: 'unit_change_fixed' });
  });

  test('nobody is put in the place of a unit without an order', async () => {
    const { changeId } = await prepare(await merge(['stadtplanungsamt'], 'planung'));
    const insert =
      'INSERT INTO organisation.unit_succession (from_unit, to_unit, at, change_id) VALUES ($1, $2, now(), $3)';
    await expect(
      db.owner.query(insert, [await unit('stadtplanungsamt'), await unit('umweltamt'), changeId]),
    ).rejects.toMatchObject({ constraint: 'unit_succession_ordered' });
    expect(await look(async (tx) => app.get(OrganisationReads).standsFor(tx, await unit('stadtplanungsamt')))).toBe(
      await unit('stadtplanungsamt'),
    );
  });
});

describe('what fits together', () => {
  test.each([
    [
      'the sealed-off statistics unit merges with no office',
      async () => ({ ...(await merge(['statistikstelle'], 'statistik-neu')) }),
    ],
    [
      'no unit goes over to itself',
      async () => ({
        kind: 'MERGE' as const,
        basis: 'OV',
        unitIds: [await unit('umweltamt')],
        into: { unitId: await unit('umweltamt') },
      }),
    ],
    ['no unit stands twice in an order', async () => merge(['umweltamt', 'umweltamt'], 'doppelt')],
    [
      'a unit is not moved to where it is',
      async () => ({
        kind: 'MOVE' as const,
        basis: 'OV',
        unitId: await unit('umweltamt'),
        parentId: await unit('stadt'),
      }),
    ],
  ])('%s', async (_promise, order) => {
    expect(await codeOf(prepare(await order()))).toBe('unit_change_kind_unfit');
  });

  test('a key of any time is not given twice', async () => {
    expect(await codeOf(prepare(await merge(['umweltamt'], 'gruenflaechenamt')))).toBe('unit_key_taken');
  });

  test('what an order must say is asked for by name', async () => {
    await expect(
      prepare({ kind: 'RENAME', basis: ' ', unitId: await unit('umweltamt'), name: 'Neu' }),
    ).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ pointer: '/basis' }],
    });
  });
});

describe('who stands in the place of whom', () => {
  test('through several mergers, for rows, houses, contracts and departments', async () => {
    const reads = app.get(OrganisationReads);
    const department = '01930000-0000-7000-8000-00000000000a';
    await db.owner.query(
      `INSERT INTO organisation.unit (id, key, name, kind, parent_id, valid_from) VALUES ($1, 'abt-luft', 'Abteilung Luft', 'ABTEILUNG', $2, now() - interval '1 day')`,
      [department, await unit('umweltamt')],
    );
    const [a, b] = [await unit('umweltamt'), await unit('energieversorger')].sort();
    await db.owner.query(
      `INSERT INTO organisation.contract (id, party_a, party_b, kind, reference, valid_from, valid_to) VALUES (gen_random_uuid(), $1, $2, 'DUV', 'Az', now() - interval '1 day', now() + interval '1 year')`,
      [a, b],
    );
    const first = await prepare(await merge(['umweltamt', 'gruenflaechenamt'], 'umwelt-gruen'));
    await confirm(first.changeId);
    const second = await prepare(await merge(['umwelt-gruen', 'tiefbau-vermessungsamt'], 'stadtraum'));
    await confirm(second.changeId);
    const [last] = second.targetIds as [string];
    const [old, energy] = [await unit('umweltamt'), await unit('energieversorger')];
    await look(async (tx) => {
      expect(await reads.standsFor(tx, old)).toBe(last);
      expect([await reads.officeOf(tx, old), await reads.officeOf(tx, department)]).toEqual([last, last]);
      expect(await reads.consumerKind(tx, old, await unit('gruenflaechenamt'))).toBe('SAME_OFFICE');
      expect((await reads.contractBetween(tx, last, energy, ['DUV'])).status).toBe('VALID');
      expect((await reads.contractBetween(tx, old, energy, ['DUV'])).status).toBe('VALID');
      expect((await reads.contractBetween(tx, await unit('hochbauamt'), energy, ['DUV'])).status).toBe('MISSING');
      expect((await app.get(UnitChangeReads).history(tx, old)).standsFor).toMatchObject({ name: 'Amt stadtraum' });
    });
    expect(
      (await rows<{ parent_id: string }>('SELECT parent_id FROM organisation.unit WHERE id = $1', [department]))[0]!
        .parent_id,
    ).toBe(last);
    // the log tells each step once, with ids and no names
    const told = await rows<{ facts: object }>(
      `SELECT facts FROM kernel.audit_event WHERE type = 'unit.merged.v1' ORDER BY created_at`,
    );
    expect(told).toHaveLength(2);
    expect(JSON.stringify(told)).not.toContain('Amt stadtraum');
  });

  test('a unit with a department is not dissolved over its head', async () => {
    await db.owner.query(
      `INSERT INTO organisation.unit (id, key, name, kind, parent_id, valid_from) VALUES (gen_random_uuid(), 'abt-bau', 'Abteilung Bau', 'ABTEILUNG', $1, now() - interval '1 day')`,
      [await unit('hochbauamt')],
    );
    const { changeId } = await prepare({ kind: 'DISSOLVE', basis: 'OV 9', unitId: await unit('hochbauamt') });
    await expect(confirm(changeId)).rejects.toMatchObject({
      code: 'unit_change_obstacles',
      because: [expect.stringContaining('Abteilung Bau')],
    });
  });
});

const WHO = `(SELECT id FROM organisation.person WHERE key = 'nina.notiz')`;
const MOVE = {
  PREPARED: `UPDATE organisation.unit_change SET state = 'PREPARED', confirmed_by = NULL, confirmed_at = NULL, effective_at = NULL, cancelled_by = NULL, cancelled_at = NULL WHERE id = $1`,
  CONFIRMED: `UPDATE organisation.unit_change SET state = 'CONFIRMED', confirmed_by = ${WHO}, confirmed_at = now(), effective_at = now(), cancelled_by = NULL, cancelled_at = NULL WHERE id = $1`,
  CANCELLED: `UPDATE organisation.unit_change SET state = 'CANCELLED', cancelled_by = ${WHO}, cancelled_at = now(), confirmed_by = NULL, confirmed_at = NULL, effective_at = NULL WHERE id = $1`,
};
