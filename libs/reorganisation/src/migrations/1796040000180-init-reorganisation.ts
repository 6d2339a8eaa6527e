import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The change of units has a stage of its own behind all it looks at. What keeps a split from being confirmed while a
 * request or agreement has no place to go moves here from `agreements`; its current text stands in `sql/`.
 */
export class InitReorganisation1796040000180 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA reorganisation;
      GRANT USAGE ON SCHEMA reorganisation TO datenraum_app, datenraum_read;

      DROP TRIGGER all_assigned ON organisation.unit_change;
      DROP FUNCTION agreements.all_assigned();
      ALTER FUNCTION agreements.unassigned(uuid) SET SCHEMA reorganisation;
      ALTER FUNCTION reorganisation.unassigned(uuid) RENAME TO unassigned_requests;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
