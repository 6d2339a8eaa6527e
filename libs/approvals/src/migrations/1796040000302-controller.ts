import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The step of the office on whose instructions a processor asks (Art. 28 GDPR): a seat of its own, and its sight of the tasks. */
export class Controller1796040000302 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE approvals.task DROP CONSTRAINT task_seat_check,
        ADD CONSTRAINT task_seat_check CHECK (seat IN ('CONSUMER','CONTROLLER','PROVIDER','CITY'));
    `);
    for (const table of ['task', 'vote'])
      await runner.query(`
        CREATE POLICY controller_side ON approvals.${table} USING (request_id IN
          (SELECT r.id FROM requests.access_request r WHERE r.controller_unit_id IS NOT NULL));
      `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
