import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which legal bases carry what was decided. Decisions of before did not keep it. */
export class CarryingNorms1796040000282 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE requests.decision ADD COLUMN carried_by text[]');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE requests.decision DROP COLUMN carried_by');
  }
}
