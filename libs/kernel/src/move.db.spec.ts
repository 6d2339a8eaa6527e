import type { INestApplicationContext } from '@nestjs/common';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { z } from 'zod';
import { aDatabase, type TestDatabase } from '../../../test/support/database';
import { aStage } from '../../../test/support/stage';
import {
  constraintsAsProblems,
  defineEvent,
  defineStates,
  kernelProblems,
  move,
  type Movement,
  newId,
  systemActing,
  UnitOfWork,
} from '#lib/kernel';

const states = defineStates({ OFF: { to: { light: 'ON' } }, ON: { to: { quench: 'OFF' } } });
const moved = defineEvent('lamp.moved.v1', z.object({ from: z.string(), to: z.string(), revision: z.int() }));

@Entity({ schema: 'kernel', name: 'lamp' })
class Lamp {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') state!: 'OFF' | 'ON';
  @Column('int') revision!: number;
  @Column('jsonb', { name: 'lit_because', nullable: true }) litBecause!: { why: string }[] | null;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
}
const lamps: Movement<Lamp> = {
  entity: Lamp,
  states,
  refused: kernelProblems.request_malformed,
  changed: kernelProblems.idempotency_key_reused,
  changedAt: 'changedAt',
};

describe('a move', () => {
  let db: TestDatabase;
  let app: INestApplicationContext;
  let uow: UnitOfWork;
  const BY = systemActing('test');
  const events = async () => Number((await db.owner.query('SELECT count(*) AS n FROM kernel.audit_event')).rows[0].n);
  const stored = async (id: string) =>
    (await db.owner.query('SELECT state, revision, lit_because FROM kernel.lamp WHERE id = $1', [id])).rows[0];
  const aLamp = async (): Promise<Lamp> => {
    const lamp = { id: newId(), state: 'OFF' as const, revision: 1, litBecause: null, changedAt: new Date(0) };
    await uow.run(BY, (tx) => tx.em.insert(Lamp, lamp));
    return lamp;
  };

  beforeAll(async () => {
    db = await aDatabase();
    await db.owner.query(`
      CREATE TABLE kernel.lamp (id uuid PRIMARY KEY, state text NOT NULL, revision int NOT NULL, lit_because jsonb,
        changed_at timestamptz NOT NULL, CONSTRAINT lamp_lit_for_a_reason CHECK (state = 'OFF' OR lit_because IS NOT NULL));
      GRANT SELECT, INSERT, UPDATE ON kernel.lamp TO datenraum_app`);
    app = await aStage(db, [], [Lamp]);
    uow = app.get(UnitOfWork);
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  it('writes state, revision and changes by the columns of the entity, and one event with its erasable values', async () => {
    const lamp = await aLamp();
    const before = await events();
    await uow.run(BY, (tx) =>
      move(tx, lamps, lamp, 'ON', moved, { litBecause: [{ why: 'dark' }] }, { reason: 'dunkel' }),
    );
    expect(await stored(lamp.id)).toEqual({ state: 'ON', revision: 2, lit_because: [{ why: 'dark' }] });
    expect(lamp).toMatchObject({ state: 'ON', revision: 2, litBecause: [{ why: 'dark' }] });
    expect(lamp.changedAt.getTime()).toBeGreaterThan(0);
    expect(await events()).toBe(before + 1);
    await uow.run(BY, (tx) => move(tx, lamps, lamp, 'OFF', moved, { litBecause: null }));
    expect(await stored(lamp.id)).toEqual({ state: 'OFF', revision: 3, lit_because: null });
  });

  it('of two moves from one reading the second is told that somebody was first, and leaves no event', async () => {
    const lamp = await aLamp();
    const stale = { ...lamp };
    await uow.run(BY, (tx) => move(tx, lamps, lamp, 'ON', moved, { litBecause: [] }));
    const before = await events();
    await expect(uow.run(BY, (tx) => move(tx, lamps, stale, 'ON', moved, { litBecause: [] }))).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
    expect(await stored(lamp.id)).toMatchObject({ state: 'ON', revision: 2 });
    expect(await events()).toBe(before);
  });

  it('that the table does not hold is refused before the database is asked', async () => {
    const lamp = await aLamp();
    await expect(uow.run(BY, (tx) => move(tx, lamps, lamp, 'OFF', moved))).rejects.toMatchObject({
      code: 'request_malformed',
    });
    expect(await stored(lamp.id)).toMatchObject({ state: 'OFF', revision: 1 });
  });

  it('without its event does not happen', async () => {
    const lamp = await aLamp();
    const broken = () => ({ type: 'lamp.moved.v1', facts: { tooMuch: 'x'.repeat(70_000) } });
    await expect(uow.run(BY, (tx) => move(tx, lamps, lamp, 'ON', broken, { litBecause: [] }))).rejects.toThrow(/leaf/);
    expect(await stored(lamp.id)).toMatchObject({ state: 'OFF', revision: 1 });
  });

  it('that a constraint refuses becomes the problem its stage has words for, and stays an error without', async () => {
    const lamp = await aLamp();
    const withProblems = constraintsAsProblems({ lamp_lit_for_a_reason: kernelProblems.validation_failed });
    const light = () => uow.run(BY, (tx) => move(tx, lamps, { ...lamp }, 'ON', moved));
    await expect(withProblems(light)).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(constraintsAsProblems({ another: kernelProblems.page_not_found })(light)).rejects.toMatchObject({
      driverError: { constraint: 'lamp_lit_for_a_reason' },
    });
  });
});
