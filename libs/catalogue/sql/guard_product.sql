-- A product climbs its states one by one; what is visible has somebody accountable and a deputy, and its
-- classification changes by a new release only.
CREATE OR REPLACE FUNCTION catalogue.guard_product() RETURNS trigger LANGUAGE plpgsql AS $$
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
     OR (NEW.provider_unit_id <> OLD.provider_unit_id AND NEW.provider_unit_id <> organisation.successor_of(OLD.provider_unit_id, OLD.id)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_fixed', MESSAGE = 'provider is fixed and every change counts';
  END IF;
  IF NEW.state <> OLD.state AND NOT ((OLD.state, NEW.state) IN (('DRAFT', 'IN_REVIEW'), ('IN_REVIEW', 'DRAFT'),
      ('IN_REVIEW', 'VISIBLE'), ('VISIBLE', 'REQUESTABLE'), ('VISIBLE', 'DRAFT'), ('REQUESTABLE', 'DRAFT'),
      ('VISIBLE', 'WITHDRAWN'), ('REQUESTABLE', 'WITHDRAWN'), ('WITHDRAWN', 'DRAFT'))) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_ladder', MESSAGE = format('no step from %s to %s', OLD.state, NEW.state);
  END IF;
  -- what is decided on cannot change under those who were released to see it
  IF OLD.state IN ('VISIBLE', 'REQUESTABLE') AND NEW.state IN ('VISIBLE', 'REQUESTABLE')
     AND (OLD.released_by IS DISTINCT FROM NEW.released_by OR NOT catalogue.same_classification(OLD, NEW)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_fixed', MESSAGE = 'a released classification changes by a new release only';
  END IF;
  IF OLD.state = 'IN_REVIEW' AND NEW.state = 'VISIBLE' THEN
    NEW.scope_released := NEW.discover_scope;
    NEW.kinds_released := NEW.recipient_kinds;
  END IF;
  -- what a version was released as stays with it, and the next release is compared with this one
  IF NEW.state IN ('VISIBLE', 'REQUESTABLE') AND (OLD.state = 'IN_REVIEW' OR NEW.current_version_id IS DISTINCT FROM OLD.current_version_id) THEN
    INSERT INTO catalogue.released_classification (product_id, revision, version_id, stated)
      VALUES (NEW.id, NEW.revision, NEW.current_version_id, catalogue.classification_of(NEW));
  END IF;
  IF NEW.state IN ('VISIBLE', 'REQUESTABLE') AND NEW.state <> OLD.state THEN
    accountable := organisation.accountable_role(NEW.provider_unit_id);
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
END
$$;

CREATE OR REPLACE TRIGGER guard_product BEFORE INSERT OR UPDATE ON catalogue.product
  FOR EACH ROW EXECUTE FUNCTION catalogue.guard_product();
