import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When it was told that the review of an emergency access is overdue, so that it is told once. */
export class ReviewTold1763711000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE agreements.emergency_access ADD COLUMN review_told_at timestamptz CHECK (review_told_at IS NULL OR confirmed_at IS NOT NULL);
      GRANT UPDATE (review_told_at) ON agreements.emergency_access TO datenraum_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
