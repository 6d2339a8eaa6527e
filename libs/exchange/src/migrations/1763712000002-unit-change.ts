import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deliveries and tickets of a split unit are those of the unit that took the agreement over; nobody else sees or starts them. */
export class UnitChangeExchange1763712000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE POLICY taken_over ON exchange.exchange
        USING ((SELECT organisation.took_over_rows()) AND EXISTS (SELECT FROM agreements.agreement a WHERE a.id = agreement_id))
        WITH CHECK ((SELECT organisation.took_over_rows()) AND kernel.reaches(organisation.stands_for(consumer_unit_id, request_id)));
      CREATE POLICY taken_over ON exchange.download_ticket
        USING ((SELECT organisation.took_over_rows()) AND EXISTS (SELECT FROM agreements.agreement a
                WHERE a.id = agreement_id AND kernel.reaches(organisation.stands_for(a.consumer_unit_id, a.request_id))));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
