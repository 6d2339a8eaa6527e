-- A proposal is answered once and never changes.
CREATE OR REPLACE FUNCTION requests.guard_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'HANDED_OVER'
     OR (NEW.id, NEW.request_id, NEW.decision_id, NEW.provider_unit_id, NEW.rule_id, NEW.files, NEW.because, NEW.source, NEW.proposed_by, NEW.proposed_at)
     IS DISTINCT FROM (OLD.id, OLD.request_id, OLD.decision_id, OLD.provider_unit_id, OLD.rule_id, OLD.files, OLD.because, OLD.source, OLD.proposed_by, OLD.proposed_at) THEN
    RAISE EXCEPTION 'a proposal is answered once and never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_proposal BEFORE UPDATE OR DELETE ON requests.rule_proposal
  FOR EACH ROW EXECUTE FUNCTION requests.guard_proposal();
