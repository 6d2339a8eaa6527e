-- An order about a person is proposed by one administrator and decided once, by another, at the time it is decided.
CREATE OR REPLACE FUNCTION organisation.guard_person_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'PROPOSED' OR NOT organisation.holds_role(NEW.proposed_by, 'ADMIN') THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'people_two_persons', MESSAGE = 'an order begins as the proposal of an administrator';
    END IF;
    IF NEW.kind IN ('ADMIT', 'ACCOUNT') AND (NEW.iss IS NULL OR NEW.sub IS NULL)
        OR NEW.kind = 'ADMIT' AND (NEW.given_name IS NULL OR NEW.family_name IS NULL) THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'person_order_complete', MESSAGE = 'name and account are needed';
    END IF;
    RETURN NEW;
  END IF;
  IF current_user <> 'datenraum_app' THEN RETURN NEW; END IF;
  IF OLD.state <> 'PROPOSED' OR NEW.state NOT IN ('CONFIRMED', 'DECLINED') THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'person_order_state', MESSAGE = 'an order is decided once';
  END IF;
  IF NEW.decided_at <> now() OR NOT organisation.holds_role(NEW.decided_by, 'ADMIN') THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'people_two_persons', MESSAGE = 'another administrator decides, now';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_person_order BEFORE INSERT OR UPDATE ON organisation.person_order
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_person_order();
