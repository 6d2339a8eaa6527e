-- A task moves as `allowed_move` says, what was decided stands, the votes decide where votes are asked for, and nobody
-- has a part in two roles of one request.
CREATE OR REPLACE FUNCTION approvals.guard_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'WAITING' OR NEW.revision <> 1 THEN
      RAISE EXCEPTION 'a task begins as WAITING with revision 1' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_begins';
    END IF;
    IF NOT EXISTS (SELECT FROM requests.access_request r WHERE r.id = NEW.request_id
        AND (r.requester_person_id, r.consumer_unit_id, r.provider_unit_id)
          = (NEW.requester_person_id, NEW.consumer_unit_id, NEW.provider_unit_id)) THEN
      RAISE EXCEPTION 'a task names the parties of its request' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_parties';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.state, NEW.revision) IS DISTINCT FROM (OLD.state, OLD.revision) THEN
    IF NEW.revision <> OLD.revision + 1
       OR NOT EXISTS (SELECT FROM approvals.allowed_move WHERE from_state = OLD.state AND to_state = NEW.state) THEN
      RAISE EXCEPTION 'a task does not move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation', CONSTRAINT = 'task_move';
    END IF;
  ELSIF (NEW.decided_by_person_id, NEW.decided_at, NEW.opinion, NEW.text, NEW.conditions, NEW.reason_code, NEW.evidence,
         NEW.admission_reference, NEW.delegation_id, NEW.appointment_id, NEW.acted_for_person_id)
      IS DISTINCT FROM (OLD.decided_by_person_id, OLD.decided_at, OLD.opinion, OLD.text, OLD.conditions, OLD.reason_code, OLD.evidence,
         OLD.admission_reference, OLD.delegation_id, OLD.appointment_id, OLD.acted_for_person_id) THEN
    RAISE EXCEPTION 'what was decided stands' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_stands';
  END IF;
  -- the votes decide, not who writes them down
  IF NEW.votes_needed IS NOT NULL AND NEW.state IN ('APPROVED', 'REFUSED') AND OLD.state = 'OPEN' AND (
       SELECT count(*) FILTER (WHERE vote = CASE NEW.state WHEN 'APPROVED' THEN 'FOR' ELSE 'AGAINST' END)
         FROM approvals.vote v WHERE v.request_id = NEW.request_id AND v.round = NEW.round AND v.role = NEW.role)
     < (CASE NEW.state WHEN 'APPROVED' THEN NEW.votes_needed ELSE 1 END) THEN
    RAISE EXCEPTION 'the votes are not there' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_quorum';
  END IF;
  IF NEW.decided_by_person_id IS NOT NULL AND OLD.decided_by_person_id IS NULL AND (EXISTS (
    -- SOD-1 and SOD-2: whoever had a part in another role of this request, also as principal of a deputy, has none here
    SELECT FROM approvals.task other
     WHERE other.request_id = NEW.request_id AND other.role <> NEW.role AND other.decided_by_person_id IS NOT NULL
       AND ARRAY[other.decided_by_person_id, other.acted_for_person_id] && ARRAY[NEW.decided_by_person_id, coalesce(NEW.acted_for_person_id, NEW.decided_by_person_id)])
    OR EXISTS (
    SELECT FROM approvals.vote v
     WHERE v.request_id = NEW.request_id AND v.role <> NEW.role
       AND ARRAY[v.person_id, v.acted_for_person_id] && ARRAY[NEW.decided_by_person_id, coalesce(NEW.acted_for_person_id, NEW.decided_by_person_id)])) THEN
    RAISE EXCEPTION 'another person is needed for this step' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_four_eyes';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_move BEFORE INSERT OR UPDATE ON approvals.task
  FOR EACH ROW EXECUTE FUNCTION approvals.guard_move();
