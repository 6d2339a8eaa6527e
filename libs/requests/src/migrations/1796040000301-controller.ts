import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whose purpose a processor's request serves (Art. 28 GDPR): that office confirms it, so it sees the request and
 * everything about it, as both sides do.
 */
export class Controller1796040000301 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE requests.access_request
        ADD COLUMN controller_unit_id uuid REFERENCES organisation.unit CHECK (controller_unit_id <> consumer_unit_id);
      ALTER TABLE requests.access_request DISABLE TRIGGER USER;
      UPDATE requests.access_request r SET controller_unit_id = u.id FROM organisation.unit u
       WHERE u.id::text = r.form->>'onBehalfOfUnitId' AND u.id <> r.consumer_unit_id;
      ALTER TABLE requests.access_request ENABLE TRIGGER USER;
      CREATE INDEX access_request_controller ON requests.access_request (controller_unit_id) WHERE controller_unit_id IS NOT NULL;

      CREATE POLICY controller_side ON requests.access_request USING (controller_unit_id IS NOT NULL
        AND (kernel.reaches(controller_unit_id) OR kernel.reaches(organisation.successor_of(controller_unit_id, id))));
    `);
    for (const table of ['form_revision', 'decision', 'question', 'handover', 'replay'])
      await runner.query(`
        CREATE POLICY controller_side ON requests.${table} USING (request_id IN
          (SELECT r.id FROM requests.access_request r WHERE r.controller_unit_id IS NOT NULL));
      `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
