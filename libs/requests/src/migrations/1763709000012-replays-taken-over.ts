import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Replays and rule proposals of a split unit's requests are seen with the request, by the unit that took it over. */
export class ReplaysTakenOver1763709000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE POLICY taken_over ON requests.replay USING ((SELECT organisation.took_over_rows())
        AND EXISTS (SELECT FROM requests.access_request r WHERE r.id = request_id));
      CREATE POLICY taken_over ON requests.rule_proposal USING ((SELECT organisation.took_over_rows())
        AND EXISTS (SELECT FROM requests.access_request r WHERE r.id = request_id
                     AND kernel.reaches(organisation.stands_for(r.provider_unit_id, r.product_id))));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
