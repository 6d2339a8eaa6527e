import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A task that a new decision still asks for stays the task it is, and rests on that decision from then on. */
export class TasksStay1796040000342 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`GRANT UPDATE (decision_id, stage) ON approvals.task TO datenraum_app`);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
