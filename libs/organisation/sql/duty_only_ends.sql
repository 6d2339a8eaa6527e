-- The record of a duty can be ended and is otherwise as it was registered: what was decided on it stays readable.
CREATE OR REPLACE FUNCTION organisation.duty_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.id, OLD.code, OLD.name, OLD.norm, OLD.unit_id, OLD.valid_from, OLD.registered_by) IS DISTINCT FROM
     (NEW.id, NEW.code, NEW.name, NEW.norm, NEW.unit_id, NEW.valid_from, NEW.registered_by)
     OR NEW.valid_to IS NULL AND OLD.valid_to IS NOT NULL OR NEW.valid_to > OLD.valid_to THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'duty_only_ends', MESSAGE = 'a duty on record can be ended, nothing else';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER duty_only_ends BEFORE UPDATE ON organisation.duty
  FOR EACH ROW EXECUTE FUNCTION organisation.duty_only_ends();
