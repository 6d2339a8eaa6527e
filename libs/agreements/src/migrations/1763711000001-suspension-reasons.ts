import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why an agreement rests, for both sides to read. SUSPENDED to SUSPENDED: it rests for other reasons than before. */
export class SuspensionReasons1763711000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO agreements.allowed_move VALUES ('SUSPENDED','SUSPENDED');
      ALTER TABLE agreements.agreement
        ADD COLUMN suspended_because jsonb,
        ADD COLUMN suspended_at timestamptz,
        ADD CONSTRAINT suspended_only CHECK (state = 'SUSPENDED' OR (suspended_because IS NULL AND suspended_at IS NULL));
      CREATE INDEX agreement_running ON agreements.agreement (id) WHERE state IN ('ACTIVE','SUSPENDED');
      GRANT UPDATE (suspended_because, suspended_at) ON agreements.agreement TO datenraum_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
