import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a program asks of every law book beside what the book says. Null: programs of before asked nothing. */
export class StandingRefusals1796040000280 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE rulebook.capability ADD COLUMN standing text[]');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE rulebook.capability DROP COLUMN standing');
  }
}
