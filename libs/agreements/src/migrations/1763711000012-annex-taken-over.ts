import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Annexes and emergency accesses of a split unit are seen with the agreement, by the unit that took it over. */
export class AnnexTakenOver1763711000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE POLICY taken_over ON agreements.annex USING ((SELECT organisation.took_over_rows())
        AND EXISTS (SELECT FROM agreements.agreement a WHERE a.id = agreement_id));
      CREATE POLICY taken_over ON agreements.emergency_access USING ((SELECT organisation.took_over_rows())
        AND (kernel.reaches(organisation.stands_for(consumer_unit_id, request_id)) OR kernel.reaches(organisation.stands_for(provider_unit_id, product_id))));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
