import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which forms a program can deliver, beside which obligations it can keep. Null: whatever a law names; programs of before
 * did not look at the form at all.
 */
export class CarriedForms1796040000220 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE rulebook.capability ADD COLUMN forms text[], ALTER COLUMN enforcers DROP NOT NULL');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE rulebook.capability DISABLE TRIGGER append_only;
      UPDATE rulebook.capability SET enforcers = '{}' WHERE enforcers IS NULL;
      ALTER TABLE rulebook.capability ENABLE TRIGGER append_only, ALTER COLUMN enforcers SET NOT NULL, DROP COLUMN forms;
    `);
  }
}
