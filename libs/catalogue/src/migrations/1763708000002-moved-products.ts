import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A product goes to the unit that stands in the place of its provider, and to no other. And no change of the organisation
 * is confirmed that would leave a product without somebody accountable, or without a deputy, on its date.
 */
export class MovedProducts1763708000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(LADDER);
    await db.query(NO_ORPHAN);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}

const LADDER = `
  CREATE OR REPLACE FUNCTION catalogue.keep_ladder() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE accountable text;
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'DRAFT' THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_ladder', MESSAGE = 'a product begins as a draft';
        END IF;
        RETURN NEW;
      END IF;
      -- only to who stands in the place of a unit that ended: nobody gives a product away
      IF (OLD.id, OLD.created_at) IS DISTINCT FROM (NEW.id, NEW.created_at) OR NEW.revision <= OLD.revision
         OR (NEW.provider_unit_id <> OLD.provider_unit_id AND NEW.provider_unit_id <> organisation.stands_for(OLD.provider_unit_id, OLD.id)) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_fixed', MESSAGE = 'provider is fixed and every change counts';
      END IF;
      IF NEW.state <> OLD.state AND NOT ((OLD.state, NEW.state) IN (('DRAFT', 'IN_REVIEW'), ('IN_REVIEW', 'DRAFT'),
          ('IN_REVIEW', 'VISIBLE'), ('VISIBLE', 'REQUESTABLE'), ('VISIBLE', 'DRAFT'), ('REQUESTABLE', 'DRAFT'),
          ('VISIBLE', 'WITHDRAWN'), ('REQUESTABLE', 'WITHDRAWN'), ('WITHDRAWN', 'DRAFT'))) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_ladder', MESSAGE = format('no step from %s to %s', OLD.state, NEW.state);
      END IF;
      -- what is decided on cannot change under those who were released to see it
      IF OLD.state IN ('VISIBLE', 'REQUESTABLE') AND NEW.state IN ('VISIBLE', 'REQUESTABLE') AND
         (OLD.openness, OLD.personal_ref, OLD.secrecy, OLD.protection_c, OLD.protection_i, OLD.protection_a, OLD.review_by,
          OLD.discover_scope, OLD.allowed_purposes, OLD.recipient_kinds, OLD.max_retention_days, OLD.licence, OLD.task,
          OLD.raw_sensor, OLD.released_by_statistics, OLD.covered_by_satzung, OLD.protected_species, OLD.themes, OLD.released_by)
         IS DISTINCT FROM
         (NEW.openness, NEW.personal_ref, NEW.secrecy, NEW.protection_c, NEW.protection_i, NEW.protection_a, NEW.review_by,
          NEW.discover_scope, NEW.allowed_purposes, NEW.recipient_kinds, NEW.max_retention_days, NEW.licence, NEW.task,
          NEW.raw_sensor, NEW.released_by_statistics, NEW.covered_by_satzung, NEW.protected_species, NEW.themes, NEW.released_by) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_fixed', MESSAGE = 'a released classification changes by a new release only';
      END IF;
      IF OLD.state = 'IN_REVIEW' AND NEW.state = 'VISIBLE' THEN
        NEW.scope_released := NEW.discover_scope;
        NEW.kinds_released := NEW.recipient_kinds;
      END IF;
      IF NEW.state IN ('VISIBLE', 'REQUESTABLE') AND NEW.state <> OLD.state THEN
        SELECT CASE kind WHEN 'EIGENBETRIEB' THEN 'EB_OWNER' WHEN 'GESELLSCHAFT' THEN 'GES_OWNER' WHEN 'STATISTIKSTELLE' THEN 'STAT' ELSE 'OWNER' END
          INTO accountable FROM organisation.unit WHERE id = NEW.provider_unit_id;
        IF (SELECT count(DISTINCT a.deputy_of IS NULL) FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id
             WHERE a.role = accountable AND a.unit_id IN (NEW.provider_unit_id, (SELECT parent_id FROM organisation.unit WHERE id = NEW.provider_unit_id AND kind = 'ABTEILUNG')) AND a.state = 'IN_FORCE' AND p.disabled_at IS NULL
               AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to)) < 2 THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_accountable', MESSAGE = 'nobody accountable, or no deputy';
        END IF;
      END IF;
      IF NEW.state = 'REQUESTABLE' AND NOT EXISTS (
          SELECT FROM catalogue.product_version v WHERE v.id = NEW.current_version_id AND v.frozen_at IS NOT NULL
            AND NOT EXISTS (SELECT FROM catalogue.field f WHERE f.version_id = v.id AND (f.class IS NULL OR f.meaning = ''))) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_fields', MESSAGE = 'the current version is not released or has undescribed fields';
      END IF;
      RETURN NEW;
    END $$;
`;

// The one who confirms sees few products, so this looks past row-level security. Products that were withdrawn need nobody.
const NO_ORPHAN = `
  CREATE FUNCTION catalogue.orphans(change uuid, from_date timestamptz) RETURNS TABLE (product_id uuid, to_unit uuid, holder boolean, deputy boolean)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
  DECLARE
    before text := current_setting('app.system', true);
  BEGIN
    PERFORM set_config('app.system', 'on', true);
    RETURN QUERY WITH moving AS (
      SELECT p.id, CASE c.kind WHEN 'MERGE' THEN (SELECT t.unit_id FROM organisation.unit_change_unit t WHERE t.change_id = c.id AND t.part = 'TARGET')
                               WHEN 'MOVE' THEN s.unit_id
                               ELSE (SELECT i.to_unit FROM organisation.unit_change_item i
                                      WHERE i.change_id = c.id AND i.kind = 'PRODUCT' AND i.item = p.id::text) END AS target,
             c.new_parent_id
        FROM organisation.unit_change c
        JOIN organisation.unit_change_unit s ON s.change_id = c.id AND s.part = 'SOURCE'
        JOIN catalogue.product p ON organisation.stands_for(p.provider_unit_id, p.id) = s.unit_id
       WHERE c.id = change AND c.kind <> 'RENAME' AND p.state <> 'WITHDRAWN'
    ), seats AS (
      SELECT m.id, m.target, bool_or(a.id IS NOT NULL AND a.deputy_of IS NULL) AS holder, bool_or(a.deputy_of IS NOT NULL) AS deputy
        FROM moving m LEFT JOIN organisation.unit u ON u.id = m.target
        LEFT JOIN organisation.appointment a
          ON (a.unit_id = m.target OR (u.kind = 'ABTEILUNG' AND a.unit_id = coalesce(m.new_parent_id, organisation.stands_for(u.parent_id))))
         AND a.role = CASE u.kind WHEN 'EIGENBETRIEB' THEN 'EB_OWNER' WHEN 'GESELLSCHAFT' THEN 'GES_OWNER' WHEN 'STATISTIKSTELLE' THEN 'STAT' ELSE 'OWNER' END
         AND a.state = 'IN_FORCE' AND a.scope_kind IN ('UNIT', 'CITY')
         AND a.valid_from <= from_date AND (a.valid_to IS NULL OR from_date < a.valid_to)
         AND EXISTS (SELECT FROM organisation.person h WHERE h.id = a.person_id AND h.disabled_at IS NULL)
       GROUP BY m.id, m.target
    ) SELECT s.id, s.target, coalesce(s.holder, false), coalesce(s.deputy, false) FROM seats s
       WHERE s.target IS NULL OR NOT coalesce(s.holder AND s.deputy, false);
    PERFORM set_config('app.system', coalesce(before, ''), true);
  END $$;
  GRANT EXECUTE ON FUNCTION catalogue.orphans TO datenraum_app, datenraum_read;

  CREATE FUNCTION catalogue.no_orphan() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM catalogue.orphans(NEW.id, NEW.effective_at)) THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_orphan', MESSAGE = 'a product would be without somebody accountable';
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER no_orphan AFTER UPDATE ON organisation.unit_change FOR EACH ROW
    WHEN (OLD.state = 'PREPARED' AND NEW.state = 'CONFIRMED') EXECUTE FUNCTION catalogue.no_orphan();
`;
