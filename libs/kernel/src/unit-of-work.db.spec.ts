import { createHash } from 'node:crypto';
import { defineEvent, EventHandlers, kernelProblems, Relay, systemActing, UnitOfWork, type Acting } from '#lib/kernel';
import type { INestApplicationContext } from '@nestjs/common';
import { z } from 'zod';
import { aDatabase, type TestDatabase } from '../../../test/support/database';
import { aStage } from '../../../test/support/stage';

const happened = defineEvent('test.happened.v1', z.object({ number: z.int() }));
const unit = '00000000-0000-4000-8000-00000000aaaa';
const person: Acting = {
  kind: 'person',
  id: 'b7c5fd5c-0000-4000-8000-000000000001',
  unitId: unit,
  units: [unit],
  citywide: false,
};

describe('a transaction', () => {
  let db: TestDatabase;
  let app: INestApplicationContext;
  let uow: UnitOfWork;
  const events = async () => Number((await db.owner.query('SELECT count(*) AS n FROM kernel.audit_event')).rows[0].n);

  beforeAll(async () => {
    db = await aDatabase();
    app = await aStage(db, []);
    uow = app.get(UnitOfWork);
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  it('commits a change and its event together, the leaf hash being RFC 6962', async () => {
    const id = await uow.run(person, (tx) => tx.emit(happened({ number: 1 }), { name: 'Erika Erfunden' }));
    const { rows } = await db.owner.query('SELECT leaf, leaf_hash FROM kernel.audit_event WHERE event_id = $1', [id]);
    expect(rows[0].leaf_hash).toEqual(createHash('sha256').update(Buffer.of(0)).update(rows[0].leaf).digest());
    expect(rows[0].leaf.toString()).not.toContain('Erika');
    expect(rows[0].leaf.toString()).not.toContain(person.id);
  });

  it('publishes nothing after a rollback', async () => {
    const before = await events();
    await expect(
      uow.run(person, async (tx) => {
        await tx.emit(happened({ number: 2 }));
        throw kernelProblems.request_malformed();
      }),
    ).rejects.toMatchObject({ code: 'request_malformed' });
    expect(await events()).toBe(before);
  });

  it('has no effect when its event can not be written', async () => {
    await db.owner.query('REVOKE INSERT ON kernel.audit_event FROM datenraum_app');
    await expect(uow.run(person, (tx) => tx.emit(happened({ number: 3 })))).rejects.toMatchObject({
      code: 'audit_unavailable',
      status: 503,
    });
    await db.owner.query('GRANT INSERT ON kernel.audit_event TO datenraum_app');
  });

  it('gives one effect and one answer for one idempotency key, also when called at once', async () => {
    const by = { ...person, idempotency: { key: 'k1', fingerprint: 'f1' } };
    const before = await events();
    const answers = await Promise.all([1, 2, 3].map(() => uow.run(by, (tx) => tx.emit(happened({ number: 4 })))));
    expect(new Set(answers).size).toBe(1);
    expect(await events()).toBe(before + 1);
    await expect(
      uow.run({ ...by, idempotency: { key: 'k1', fingerprint: 'other' } }, async () => 1),
    ).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('refuses a second statement while one runs, and a commit before all are done', async () => {
    const before = await events();
    const atOnce = uow.run(person, async (tx) => {
      await tx.emit(happened({ number: 5 }));
      return Promise.all([tx.sql('SELECT 1'), tx.em.query('SELECT 2')]);
    });
    await expect(atOnce).rejects.toThrow(/`SELECT 2` was asked for while `SELECT 1` ran/);
    const forgotten = uow.run(person, async (tx) => {
      await tx.emit(happened({ number: 6 }));
      void tx.sql('SELECT 3');
    });
    await expect(forgotten).rejects.toThrow(/`COMMIT` was asked for while `SELECT 3` ran/);
    expect(await events()).toBe(before);
  });

  it('gives the rows of any statement, a returning update included', async () => {
    const rows = await uow.run({ ...person, idempotency: { key: 'k-rows', fingerprint: 'f' } }, (tx) =>
      tx.sql<{ key: string }>(
        `UPDATE kernel.idempotency SET fingerprint = fingerprint WHERE key = 'k-rows' RETURNING key`,
      ),
    );
    expect(rows).toEqual([{ key: 'k-rows' }]);
  });

  it('leaves no context behind in the pool', async () => {
    await uow.run(systemActing('test'), async () => undefined);
    const rows = await Promise.all(
      Array.from({ length: 10 }, () =>
        uow.read({ ...person, units: [] }, (tx) =>
          tx.sql<{ reach: boolean }>('SELECT kernel.reaches($1) AS reach', [unit]),
        ),
      ),
    );
    expect(rows.flat().every(({ reach }) => reach === false)).toBe(true);
  });

  it('can not write in a read', async () => {
    await expect(uow.read(person, (tx) => tx.emit(happened({ number: 5 })))).rejects.toMatchObject({ status: 503 });
  });

  it('can neither change nor remove an audit record as the app role', async () => {
    for (const text of [
      'UPDATE kernel.audit_event SET type = type',
      'DELETE FROM kernel.audit_event',
      'TRUNCATE kernel.audit_event',
      'DROP TABLE kernel.audit_event',
    ]) {
      await expect(uow.run(person, (tx) => tx.sql(text))).rejects.toMatchObject({ driverError: { code: '42501' } });
    }
  });

  it('hands each event to its handler exactly once in effect, also when delivered again', async () => {
    const seen: number[] = [];
    app.get(EventHandlers).register({
      name: 'test',
      on: [happened.type],
      handle: async (_tx, { facts }) => void seen.push(facts.number as number),
    });
    const relay = app.get(Relay);
    await relay.start();
    const id = await uow.run(person, (tx) => tx.emit(happened({ number: 77 })));
    for (let i = 0; i < 100 && !seen.includes(77); i++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(seen).toContain(77); // through the queue, not by the call below
    await relay.process(id);
    expect(seen.filter((number) => number === 77)).toEqual([77]);
    await relay.stop();
  });
});
