-- A frozen version never changes; one that is not, only where it is described.
CREATE OR REPLACE FUNCTION catalogue.guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.id, OLD.product_id, OLD.number, OLD.object_key, OLD.sha256, OLD.rows, OLD.created_by, OLD.created_at) IS DISTINCT FROM
     (NEW.id, NEW.product_id, NEW.number, NEW.object_key, NEW.sha256, NEW.rows, NEW.created_by, NEW.created_at) OR OLD.frozen_at IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'version_frozen', MESSAGE = 'a version never changes';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_version BEFORE UPDATE ON catalogue.product_version
  FOR EACH ROW EXECUTE FUNCTION catalogue.guard_version();
