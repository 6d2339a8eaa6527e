import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS =
  'themes openness personalRef secrecy entrusted criminalRecords singleCaseCells strictestPart rawSensor protectedSpecies ' +
  'coveredBySatzung protectionC protectionI protectionA reviewBy accessRights discoverScope sealedStatistics securityRelevant ' +
  'nonPublicReason task aggregateProductId allowedPurposes recipientKinds licence maxRetentionDays';
const KEYS = 'collectedForDuties licenceUntil termsId detailLevels minGroup offers maxDays aiUse aiConditions';

/**
 * Each release keeps what it was decided on, and of which version. Of releases before this the record of events knows
 * openness, reference to persons and secrecy; what else they stated is taken as it stands. A version that came between two
 * of them has no release of its own here and counts as strict as any of its product.
 */
export class ClassificationOfVersions1796040000440 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const columns = COLUMNS.split(' ').map((name) => `'${name}', p.${snake(name)}`);
    const keys = KEYS.split(' ').map((name) => `'${name}', p.card -> '${name}'`);
    const stated = `jsonb_build_object(${columns.join(', ')}) || jsonb_build_object('card', jsonb_strip_nulls(jsonb_build_object(${keys.join(', ')})))`;
    const released = `a.type = 'product.released.v1' AND a.facts @> jsonb_build_object('productId', p.id)`;
    await db.query(`SELECT set_config('app.system', 'on', true)`);
    await db.query(`
      CREATE TEMPORARY TABLE last_release ON COMMIT DROP AS SELECT * FROM catalogue.released_classification;
      DROP TABLE catalogue.released_classification;
      CREATE TABLE catalogue.released_classification (
        product_id uuid NOT NULL REFERENCES catalogue.product,
        revision int NOT NULL,
        version_id uuid REFERENCES catalogue.product_version,
        stated jsonb NOT NULL,
        PRIMARY KEY (product_id, revision)
      );
      GRANT SELECT, INSERT ON catalogue.released_classification TO datenraum_app;
      GRANT SELECT ON catalogue.released_classification TO datenraum_read;
      ALTER TABLE catalogue.released_classification ENABLE ROW LEVEL SECURITY;
      ALTER TABLE catalogue.released_classification FORCE ROW LEVEL SECURITY;
      CREATE POLICY with_product ON catalogue.released_classification
        USING (EXISTS (SELECT FROM catalogue.product p WHERE p.id = product_id))`);
    // as it stands; of a product in work as it was last released
    await db.query(`
      INSERT INTO catalogue.released_classification (product_id, revision, version_id, stated)
      SELECT p.id, p.revision, v.id, ${stated} || CASE WHEN p.state IN ('DRAFT', 'IN_REVIEW') THEN
               jsonb_strip_nulls(jsonb_build_object('openness', e.openness, 'personalRef', l.personal_ref, 'secrecy', l.secrecy)) ELSE '{}' END
        FROM last_release l JOIN catalogue.product p ON p.id = l.product_id
        LEFT JOIN catalogue.product_version v ON v.id = p.current_version_id AND v.frozen_at IS NOT NULL
        LEFT JOIN LATERAL (SELECT nullif(a.facts ->> 'openness', '') AS openness FROM kernel.audit_event a
                            WHERE ${released} ORDER BY a.created_at DESC LIMIT 1) e ON true`);
    await db.query(`
      INSERT INTO catalogue.released_classification (product_id, revision, version_id, stated)
      SELECT p.id, (a.facts ->> 'revision')::int, v.id, ${stated} || jsonb_strip_nulls(jsonb_build_object('openness', nullif(a.facts ->> 'openness', ''),
               'personalRef', nullif(a.facts ->> 'personalRef', ''), 'secrecy', a.facts -> 'secrecy'))
        FROM last_release l JOIN catalogue.product p ON p.id = l.product_id JOIN kernel.audit_event a ON ${released}
        LEFT JOIN catalogue.product_version v ON v.product_id = p.id AND v.id::text = a.facts ->> 'versionId'
       WHERE a.facts ->> 'revision' IS NOT NULL
      ON CONFLICT (product_id, revision) DO NOTHING`);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
