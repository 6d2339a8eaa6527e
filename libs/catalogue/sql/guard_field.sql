-- The fields of a released version never change, and what was read from the file never does.
CREATE OR REPLACE FUNCTION catalogue.guard_field() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM catalogue.product_version WHERE id = NEW.version_id AND frozen_at IS NOT NULL)
     OR (TG_OP = 'UPDATE' AND (OLD.version_id, OLD.name, OLD.position, OLD.type, OLD.stored, OLD.suggested_class) IS DISTINCT FROM
                              (NEW.version_id, NEW.name, NEW.position, NEW.type, NEW.stored, NEW.suggested_class)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'version_frozen', MESSAGE = 'the fields of a released version never change';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_field BEFORE INSERT OR UPDATE ON catalogue.field
  FOR EACH ROW EXECUTE FUNCTION catalogue.guard_field();
