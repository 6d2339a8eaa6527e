-- An absence lets the deputies decide: the absent person says so, or two administrators do; it begins today or later,
-- and afterwards it only gets shorter.
CREATE OR REPLACE FUNCTION organisation.guard_absence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> 'datenraum_app' THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (OLD.id, OLD.person_id, OLD.from_at, OLD.reason, OLD.set_by) IS DISTINCT FROM (NEW.id, NEW.person_id, NEW.from_at, NEW.reason, NEW.set_by)
        OR NEW.to_at > OLD.to_at THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'absence_fixed', MESSAGE = 'an absence only ends earlier';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.from_at < date_trunc('day', now(), 'Europe/Berlin') THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'absence_past', MESSAGE = 'an absence does not begin before today';
  END IF;
  IF NEW.set_by <> NEW.person_id AND NOT organisation.ordered_now(NEW.person_id, '{ABSENCE}', NULL, NULL) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'absence_two_persons', MESSAGE = 'the absent person says so, or two administrators';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_absence BEFORE INSERT OR UPDATE ON organisation.absence
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_absence();
