import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a product was released as stays beside it, so that the next release is compared with it, and who must be heard on
 * a lowering is asked in rows of their own. Of a product in work the last release stands in the record of events.
 */
export class LoweredClasses1796040000242 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`SELECT set_config('app.system', 'on', true)`);
    await db.query(`
      CREATE TABLE catalogue.released_classification (
        product_id uuid PRIMARY KEY REFERENCES catalogue.product,
        personal_ref text NOT NULL,
        secrecy text[] NOT NULL
      );
      GRANT SELECT, INSERT, UPDATE ON catalogue.released_classification TO datenraum_app;
      GRANT SELECT ON catalogue.released_classification TO datenraum_read;
      CREATE TABLE catalogue.lowering_opinion (
        id uuid PRIMARY KEY,
        product_id uuid NOT NULL REFERENCES catalogue.product,
        role text NOT NULL CHECK (role IN ('DSB', 'STAT')),
        lines text[] NOT NULL CHECK (cardinality(lines) > 0),
        asked_at timestamptz NOT NULL,
        opinion text CHECK (opinion IN ('POSITIVE', 'NEGATIVE')),
        text text,
        given_by uuid REFERENCES organisation.person,
        given_at timestamptz,
        reasons text,
        UNIQUE (product_id, role, lines),
        CHECK ((opinion IS NULL) = (given_by IS NULL) AND (opinion IS NULL) = (given_at IS NULL) AND (opinion IS NULL) = (text IS NULL))
      );
      GRANT SELECT, INSERT, UPDATE ON catalogue.lowering_opinion TO datenraum_app;
      GRANT SELECT ON catalogue.lowering_opinion TO datenraum_read;
      ALTER TABLE catalogue.lowering_opinion ENABLE ROW LEVEL SECURITY;
      ALTER TABLE catalogue.lowering_opinion FORCE ROW LEVEL SECURITY;
      -- the giving office and those who advise the whole city; nobody who only finds the product
      CREATE POLICY own ON catalogue.lowering_opinion
        USING (EXISTS (SELECT FROM catalogue.product p WHERE p.id = product_id AND kernel.reaches(p.provider_unit_id)))`);
    await db.query(`
      INSERT INTO catalogue.released_classification (product_id, personal_ref, secrecy)
      SELECT p.id, coalesce(e.ref, p.personal_ref), coalesce(e.secrecy, p.secrecy, '{}')
        FROM catalogue.product p LEFT JOIN LATERAL (
          SELECT nullif(a.facts->>'personalRef', '') AS ref,
                 ARRAY(SELECT jsonb_array_elements_text(a.facts->'secrecy')) AS secrecy
            FROM kernel.audit_event a
           WHERE a.type = 'product.released.v1' AND a.facts @> jsonb_build_object('productId', p.id) AND p.state IN ('DRAFT', 'IN_REVIEW')
           ORDER BY a.created_at DESC LIMIT 1) e ON true
       WHERE p.released_by IS NOT NULL AND coalesce(e.ref, p.personal_ref) IS NOT NULL`);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
