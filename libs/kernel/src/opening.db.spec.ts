import { Injectable, type INestApplicationContext, Module } from '@nestjs/common';
import { z } from 'zod';
import { aDatabase, type TestDatabase } from '../../../test/support/database';
import { aStage } from '../../../test/support/stage';
import { type Acting, defineEvent, opening, systemActing, type Tx } from '#lib/kernel';

const rung = defineEvent('bell.rung.v1', z.object({ times: z.int() }));

@Injectable()
class Bells {
  async ring(tx: Tx, by: { acting: Acting }, times: number): Promise<string> {
    await tx.emit(rung({ times }));
    if (times > 9) throw new Error('too loud');
    return `${by.acting.id} ${times}`;
  }
  async heard(tx: Tx, times: number): Promise<number> {
    const [row] = await tx.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM kernel.audit_event WHERE type = 'bell.rung.v1' AND (facts->>'times')::int = $1`,
      [times],
    );
    return row!.n;
  }
}
@Injectable()
class BellService extends opening(Bells, { writes: ['ring'], reads: ['heard'] }) {}
@Injectable()
class Careless extends opening(Bells, { readsAs: ['ring'] }) {}
@Module({ providers: [Bells, BellService, Careless] })
class BellModule {}

describe('a service made from functions of the domain', () => {
  let db: TestDatabase;
  let app: INestApplicationContext;
  const by = { acting: systemActing('ringer') };
  const count = async (times: number) =>
    (await db.owner.query(`SELECT FROM kernel.audit_event WHERE facts->>'times' = $1`, [String(times)])).rowCount;

  beforeAll(async () => {
    db = await aDatabase();
    app = await aStage(db, [BellModule]);
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  it('commits what it wrote as the one who called, and rolls all of it back when it throws', async () => {
    expect(await app.get(BellService).ring(by, 3)).toBe('ringer 3');
    expect(await count(3)).toBe(1);
    await expect(app.get(BellService).ring(by, 10)).rejects.toThrow('too loud');
    expect(await count(10)).toBe(0);
  });

  it('can not write where it says that it reads', async () => {
    await expect(app.get(Careless).ring(by, 4)).rejects.toMatchObject({ status: 503 });
    expect(await count(4)).toBe(0);
  });
});
