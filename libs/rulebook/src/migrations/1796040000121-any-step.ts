import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A program can carry out every step that a law book can describe; what those of before could stays written down. */
export class AnyStep1796040000121 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE rulebook.capability ALTER COLUMN steps DROP NOT NULL');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE rulebook.capability DISABLE TRIGGER append_only;
      UPDATE rulebook.capability SET steps = '{}' WHERE steps IS NULL;
      ALTER TABLE rulebook.capability ENABLE TRIGGER append_only, ALTER COLUMN steps SET NOT NULL;
    `);
  }
}
