import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A processor's agreement is confirmed by whose purpose it is before the processor confirms it (Art. 28 GDPR); that office
 * sees it as both sides do.
 */
export class TwoSignatures1796040000303 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE agreements.agreement
        ADD COLUMN controller_unit_id uuid REFERENCES organisation.unit,
        ADD COLUMN controller_confirmed_by uuid REFERENCES organisation.person,
        ADD COLUMN controller_confirmed_at timestamptz,
        ADD CONSTRAINT agreement_controller_confirmed CHECK ((controller_confirmed_by IS NULL) = (controller_confirmed_at IS NULL)
          AND (controller_confirmed_by IS NULL OR controller_unit_id IS NOT NULL));
      ALTER TABLE agreements.agreement DISABLE TRIGGER USER;
      UPDATE agreements.agreement a SET controller_unit_id = r.controller_unit_id
        FROM requests.access_request r WHERE r.id = a.request_id AND r.controller_unit_id IS NOT NULL AND a.state = 'OFFERED';
      ALTER TABLE agreements.agreement ENABLE TRIGGER USER;
      INSERT INTO agreements.allowed_move VALUES ('OFFERED','OFFERED');
      GRANT UPDATE (controller_confirmed_by, controller_confirmed_at) ON agreements.agreement TO datenraum_app;
    `);
    for (const table of ['agreement', 'annex'])
      await runner.query(`
        CREATE POLICY controller_side ON agreements.${table} USING (${table === 'annex' ? 'agreement_id IN (SELECT a.id FROM agreements.agreement a WHERE a.controller_unit_id IS NOT NULL)' : 'request_id IN (SELECT r.id FROM requests.access_request r WHERE r.controller_unit_id IS NOT NULL)'});
      `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
