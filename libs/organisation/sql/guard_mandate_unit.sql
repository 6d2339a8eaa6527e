-- The units of a mandate are named before the confirmation and never after it.
CREATE OR REPLACE FUNCTION organisation.guard_mandate_unit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' OR EXISTS (SELECT FROM organisation.audit_mandate m WHERE m.id = NEW.mandate_id AND m.confirmed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'the units of a mandate are not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_fixed';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_mandate_unit BEFORE INSERT OR UPDATE OR DELETE ON organisation.audit_mandate_unit
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_mandate_unit();
