-- And the other way round; both happen under the lock of the request, so one sees the other.
CREATE OR REPLACE FUNCTION approvals.not_a_decider() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM requests.access_request WHERE id = NEW.request_id FOR UPDATE;
  IF EXISTS (SELECT FROM approvals.task t WHERE t.request_id = NEW.request_id AND NEW.person_id IN (t.decided_by_person_id, t.acted_for_person_id))
     OR EXISTS (SELECT FROM approvals.vote v WHERE v.request_id = NEW.request_id AND NEW.person_id IN (v.person_id, v.acted_for_person_id)) THEN
    RAISE EXCEPTION 'whoever decided does not answer for the request' USING ERRCODE = 'check_violation', CONSTRAINT = 'handover_four_eyes';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER not_a_decider BEFORE INSERT ON requests.handover
  FOR EACH ROW EXECUTE FUNCTION approvals.not_a_decider();
