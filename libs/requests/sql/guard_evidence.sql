-- What was uploaded stays as it was: it can only end, once, and not while a request of the unit rests on it.
CREATE OR REPLACE FUNCTION requests.guard_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'evidence is never deleted' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.lapsed_at IS NOT NULL OR NEW.lapsed_at IS NULL
     OR to_jsonb(NEW) - 'lapsed_at' IS DISTINCT FROM to_jsonb(OLD) - 'lapsed_at' THEN
    RAISE EXCEPTION 'evidence does not change' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM requests.request_evidence a WHERE a.evidence_id = NEW.id) THEN
    RAISE EXCEPTION 'a request rests on this evidence' USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_attached';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_evidence BEFORE UPDATE OR DELETE ON requests.evidence
  FOR EACH ROW EXECUTE FUNCTION requests.guard_evidence();
