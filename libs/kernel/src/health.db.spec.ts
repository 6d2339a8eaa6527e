import type { INestApplicationContext } from '@nestjs/common';
import { Health } from '#lib/kernel';
import { aDatabase, type TestDatabase } from '../../../test/support/database';
import { aStage } from '../../../test/support/stage';

describe('health', () => {
  let db: TestDatabase;
  let app: INestApplicationContext;
  let health: Health;
  const left = async () =>
    (
      await db.owner.query(
        `SELECT (SELECT count(*)::int FROM kernel.audit_event) + (SELECT count(*)::int FROM kernel.audit_pending)
              + (SELECT count(*)::int FROM kernel.relay_pending) AS rows`,
      )
    ).rows[0].rows;

  beforeAll(async () => {
    db = await aDatabase();
    app = await aStage(db, []);
    health = app.get(Health);
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  it('holds where a decision can be recorded, and leaves nothing behind', async () => {
    const before = await left();
    await Promise.all([health.mustRecord(), health.mustRecord()]);
    await health.mustRecord();
    expect(await left()).toBe(before);
  });

  it.each(['audit_event', 'audit_pending', 'relay_pending'])(
    'does not hold where %s can not be written',
    async (table) => {
      await db.owner.query(`REVOKE INSERT ON kernel.${table} FROM datenraum_app`);
      await expect(health.mustRecord()).rejects.toMatchObject({ code: 'audit_unavailable', status: 503 });
      await db.owner.query(`GRANT INSERT ON kernel.${table} TO datenraum_app`);
      await health.mustRecord();
    },
  );

  it('does not hold where the write itself fails', async () => {
    await db.owner.query(`ALTER TABLE kernel.audit_event ADD CONSTRAINT full_disk CHECK (false) NOT VALID`);
    await expect(health.mustRecord()).rejects.toMatchObject({ code: 'audit_unavailable' });
    await db.owner.query(`ALTER TABLE kernel.audit_event DROP CONSTRAINT full_disk`);
  });
});
