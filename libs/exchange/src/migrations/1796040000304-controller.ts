import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose purpose it is sees what a processor received, and receives nothing itself. */
export class Controller1796040000304 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE POLICY controller_side ON exchange.exchange FOR SELECT USING (agreement_id IN
        (SELECT a.id FROM agreements.agreement a WHERE a.controller_unit_id IS NOT NULL));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
