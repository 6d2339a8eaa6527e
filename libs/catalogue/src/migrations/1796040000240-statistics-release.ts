import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the Statistikstelle released was a tick of whoever published. It is an act of its own now, of one version and one
 * kind. Of the ticks of before only those become one that its own head gave by releasing a table of the Statistikstelle:
 * as a table, never as single records. The column of the tick stays for a program that is still running.
 */
export class StatisticsRelease1796040000240 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`SELECT set_config('app.system', 'on', true)`);
    await db.query(`
      CREATE TABLE catalogue.statistics_release (
        id uuid PRIMARY KEY,
        version_id uuid NOT NULL REFERENCES catalogue.product_version,
        kind text NOT NULL CHECK (kind IN ('CUBE', 'MICRODATA')),
        released_by uuid NOT NULL REFERENCES organisation.person,
        released_at timestamptz NOT NULL,
        withdrawn_by uuid REFERENCES organisation.person,
        withdrawn_at timestamptz,
        CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
      );
      CREATE UNIQUE INDEX statistics_release_once ON catalogue.statistics_release (version_id, kind) WHERE withdrawn_at IS NULL;
      GRANT SELECT, INSERT, UPDATE ON catalogue.statistics_release TO datenraum_app;
      GRANT SELECT ON catalogue.statistics_release TO datenraum_read;
      ALTER TABLE catalogue.statistics_release ENABLE ROW LEVEL SECURITY;
      ALTER TABLE catalogue.statistics_release FORCE ROW LEVEL SECURITY;
      CREATE POLICY with_version ON catalogue.statistics_release
        USING (EXISTS (SELECT FROM catalogue.product_version v WHERE v.id = version_id))`);
    await db.query(`
      INSERT INTO catalogue.statistics_release (id, version_id, kind, released_by, released_at)
      SELECT gen_random_uuid(), p.current_version_id, 'CUBE', p.released_by, p.modified_at
        FROM catalogue.product p JOIN organisation.unit u ON u.id = p.provider_unit_id
       WHERE p.released_by_statistics AND u.kind = 'STATISTIKSTELLE' AND p.personal_ref = 'AGGREGATED'
         AND p.released_by IS NOT NULL AND p.current_version_id IS NOT NULL AND p.state IN ('VISIBLE', 'REQUESTABLE')`);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
