-- A request moves as `allowed_move` says, by one revision each time; who asks whom for what, and for whom, never changes.
CREATE OR REPLACE FUNCTION requests.guard_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'SUBMITTED' OR NEW.revision <> 1 THEN
      RAISE EXCEPTION 'a request begins as SUBMITTED with revision 1' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.number, NEW.consumer_unit_id, NEW.provider_unit_id, NEW.controller_unit_id, NEW.requester_person_id, NEW.product_id, NEW.created_at)
     IS DISTINCT FROM
     (OLD.id, OLD.number, OLD.consumer_unit_id, OLD.provider_unit_id, OLD.controller_unit_id, OLD.requester_person_id, OLD.product_id, OLD.created_at) THEN
    RAISE EXCEPTION 'who asks whom for what can not change' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.revision <> OLD.revision + 1 THEN
    RAISE EXCEPTION 'each move raises the revision by one' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT FROM requests.allowed_move WHERE from_state = OLD.state AND to_state = NEW.state) THEN
    RAISE EXCEPTION 'a request does not move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_move BEFORE INSERT OR UPDATE ON requests.access_request
  FOR EACH ROW EXECUTE FUNCTION requests.guard_move();
