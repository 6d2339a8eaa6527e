-- Only a person who acts for the Statistikstelle says what of it may leave, and nobody who edited the product.
CREATE OR REPLACE FUNCTION catalogue.guard_statistics_release() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE actor uuid := CASE TG_OP WHEN 'INSERT' THEN NEW.released_by ELSE NEW.withdrawn_by END;
BEGIN
  IF TG_OP = 'UPDATE' AND ((OLD.id, OLD.version_id, OLD.kind, OLD.released_by, OLD.released_at) IS DISTINCT FROM
     (NEW.id, NEW.version_id, NEW.kind, NEW.released_by, NEW.released_at) OR OLD.withdrawn_at IS NOT NULL OR actor IS NULL) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'statistics_release_fixed', MESSAGE = 'a release is only taken back';
  END IF;
  IF NOT EXISTS (SELECT FROM organisation.appointment a WHERE a.role = 'STAT' AND a.person_id = actor AND a.state = 'IN_FORCE'
       AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'statistics_release_by_statistics', MESSAGE = 'the Statistikstelle alone releases';
  END IF;
  IF TG_OP = 'INSERT' AND EXISTS (SELECT FROM catalogue.product_version v JOIN catalogue.product p ON p.id = v.product_id
       WHERE v.id = NEW.version_id AND actor = ANY (p.edited_by)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'statistics_release_second_person', MESSAGE = 'who edited it does not release it';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_statistics_release BEFORE INSERT OR UPDATE ON catalogue.statistics_release
  FOR EACH ROW EXECUTE FUNCTION catalogue.guard_statistics_release();
