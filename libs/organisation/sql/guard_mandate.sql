-- An audit mandate is confirmed once, by nobody of the audit office, and ends once; nothing else of it changes.
CREATE OR REPLACE FUNCTION organisation.guard_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF num_nonnulls(NEW.confirmed_at, NEW.ended_at) > 0 THEN
      RAISE EXCEPTION 'a mandate begins unconfirmed' USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_fixed';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.reference, NEW.basis, NEW.subject, NEW.whole_city, NEW.valid_from, NEW.valid_until, NEW.registered_by, NEW.registered_at)
     IS DISTINCT FROM
     (OLD.id, OLD.reference, OLD.basis, OLD.subject, OLD.whole_city, OLD.valid_from, OLD.valid_until, OLD.registered_by, OLD.registered_at)
     OR OLD.ended_at IS NOT NULL
     OR (OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_by, NEW.confirmed_at) IS DISTINCT FROM (OLD.confirmed_by, OLD.confirmed_at)) THEN
    RAISE EXCEPTION 'a mandate is not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_fixed';
  END IF;
  IF OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL THEN
    IF EXISTS (SELECT FROM organisation.appointment a WHERE a.person_id = NEW.confirmed_by AND a.role = 'REVISION' AND a.state = 'IN_FORCE') THEN
      RAISE EXCEPTION 'nobody of the audit office confirms its mandate' USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_own_house';
    END IF;
    IF NEW.whole_city = EXISTS (SELECT FROM organisation.audit_mandate_unit u WHERE u.mandate_id = NEW.id) THEN
      RAISE EXCEPTION 'a mandate is for the whole city or for units' USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_scope';
    END IF;
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_mandate BEFORE INSERT OR UPDATE ON organisation.audit_mandate
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_mandate();
