-- The terms of an agreement are frozen; it moves as `allowed_move` says, by one revision each time.
CREATE OR REPLACE FUNCTION agreements.guard_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'OFFERED' OR NEW.revision <> 1 THEN
      RAISE EXCEPTION 'an agreement begins as OFFERED with revision 1' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.request_id, NEW.number, NEW.consumer_unit_id, NEW.provider_unit_id, NEW.product_id, NEW.product_version_id,
      NEW.instrument, NEW.consent, NEW.terms, NEW.document, NEW.terms_text, NEW.terms_sha256, NEW.ruleset_hash, NEW.decision_id,
      NEW.controller_unit_id, NEW.valid_from, NEW.valid_until, NEW.created_at) IS DISTINCT FROM
     (OLD.id, OLD.request_id, OLD.number, OLD.consumer_unit_id, OLD.provider_unit_id, OLD.product_id, OLD.product_version_id,
      OLD.instrument, OLD.consent, OLD.terms, OLD.document, OLD.terms_text, OLD.terms_sha256, OLD.ruleset_hash, OLD.decision_id,
      OLD.controller_unit_id, OLD.valid_from, OLD.valid_until, OLD.created_at) THEN
    RAISE EXCEPTION 'the terms of an agreement are frozen' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.revision <> OLD.revision + 1
     OR NOT EXISTS (SELECT FROM agreements.allowed_move WHERE from_state = OLD.state AND to_state = NEW.state) THEN
    RAISE EXCEPTION 'an agreement does not move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'ACTIVE' AND OLD.valid_until <= now() THEN
    RAISE EXCEPTION 'an agreement whose time is over does not come alive' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_move BEFORE INSERT OR UPDATE ON agreements.agreement
  FOR EACH ROW EXECUTE FUNCTION agreements.guard_move();
