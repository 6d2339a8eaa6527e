-- A reveal begins without consent, gets each of the two consents once, and is over when it was refused or lapsed.
CREATE OR REPLACE FUNCTION assurance.guard_reveal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF num_nonnulls(NEW.dsb_at, NEW.gs_at, NEW.refused_at) > 0 THEN
      RAISE EXCEPTION 'a reveal begins without consent' USING ERRCODE = 'check_violation', CONSTRAINT = 'reveal_fixed';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.event_id, NEW.mandate_id, NEW.reason_code, NEW.reason, NEW.asked_by, NEW.asked_at, NEW.expires_at)
     IS DISTINCT FROM (OLD.id, OLD.event_id, OLD.mandate_id, OLD.reason_code, OLD.reason, OLD.asked_by, OLD.asked_at, OLD.expires_at)
     OR OLD.refused_at IS NOT NULL OR OLD.expires_at <= clock_timestamp()
     OR (OLD.dsb_at IS NOT NULL AND (NEW.dsb_by, NEW.dsb_at) IS DISTINCT FROM (OLD.dsb_by, OLD.dsb_at))
     OR (OLD.gs_at IS NOT NULL AND (NEW.gs_by, NEW.gs_at) IS DISTINCT FROM (OLD.gs_by, OLD.gs_at)) THEN
    RAISE EXCEPTION 'a reveal is not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'reveal_fixed';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_reveal BEFORE INSERT OR UPDATE ON assurance.audit_reveal
  FOR EACH ROW EXECUTE FUNCTION assurance.guard_reveal();
