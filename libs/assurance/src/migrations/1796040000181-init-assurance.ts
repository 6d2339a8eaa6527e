import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The reveal of a name in the log moves to the auditor's desk: rows, rights and trigger as they are, in another schema. */
export class InitAssurance1796040000181 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA assurance;
      GRANT USAGE ON SCHEMA assurance TO datenraum_app, datenraum_read;

      ALTER TABLE organisation.audit_reveal SET SCHEMA assurance;
      ALTER FUNCTION organisation.guard_reveal() SET SCHEMA assurance;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
