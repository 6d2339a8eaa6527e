import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A role that ends because its unit did is not asked whether products hang on it: that was asked when the end of the unit
 * was confirmed, and the unit is gone whatever the answer.
 */
export class SeatEndsWithUnit1763708000007 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE OR REPLACE TRIGGER seat_needed AFTER UPDATE ON organisation.appointment FOR EACH ROW
        WHEN (OLD.state = 'IN_FORCE' AND NEW.state = 'ENDED' AND organisation.lives(OLD.unit_id)) EXECUTE FUNCTION catalogue.seat_needed();
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
