import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A request on its way is decided again when something it rests on changes; the decision says what that was. */
export class CasesInFlight1796040000341 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE requests.decision
        ADD COLUMN caused_by text CHECK (length(caused_by) BETWEEN 1 AND 100),
        DROP CONSTRAINT decision_cause_check,
        ADD CONSTRAINT decision_cause_check CHECK (cause IN
          ('SUBMIT','ANSWER','NARROWED','APPROVAL','UNIT_CHANGE','CIRCUMSTANCES','PRODUCT_CHANGE','AGREEMENT','DELIVERY'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
