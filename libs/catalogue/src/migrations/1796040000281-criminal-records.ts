import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether crimes and convictions are among the data (Art. 10 GDPR). What was released before has not said it and counts as yes. */
export class CriminalRecords1796040000281 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE catalogue.product ADD COLUMN criminal_records boolean');
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
