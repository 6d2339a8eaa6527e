-- A vote is cast while its task is open, by a member of the office, which is neither party; and it stands.
CREATE OR REPLACE FUNCTION approvals.guard_vote() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asked approvals.task;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'a vote stands' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_stands';
  END IF;
  SELECT * INTO asked FROM approvals.task WHERE id = NEW.task_id FOR SHARE;
  IF asked.state IS DISTINCT FROM 'OPEN' OR asked.votes_needed IS NULL
     OR (asked.request_id, asked.round, asked.consumer_unit_id, asked.provider_unit_id, asked.requester_person_id, asked.role)
        IS DISTINCT FROM (NEW.request_id, NEW.round, NEW.consumer_unit_id, NEW.provider_unit_id, NEW.requester_person_id, NEW.role) THEN
    RAISE EXCEPTION 'there is no open vote' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_open';
  END IF;
  IF NOT EXISTS (SELECT FROM organisation.appointment a
                  WHERE a.id = NEW.appointment_id AND a.person_id = NEW.person_id AND a.role = NEW.role AND a.state = 'IN_FORCE'
                    AND organisation.office_of(a.unit_id) = NEW.office_unit_id) THEN
    RAISE EXCEPTION 'the office has another member' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_member';
  END IF;
  -- nobody decides on what their own office asks for or gives
  IF NEW.office_unit_id IN (organisation.office_of(NEW.consumer_unit_id), organisation.office_of(NEW.provider_unit_id)) THEN
    RAISE EXCEPTION 'the own office has no vote' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_own_office';
  END IF;
  IF EXISTS (SELECT FROM approvals.task other
              WHERE other.request_id = NEW.request_id AND other.role <> NEW.role AND other.decided_by_person_id IS NOT NULL
                AND ARRAY[other.decided_by_person_id, other.acted_for_person_id] && ARRAY[NEW.person_id, coalesce(NEW.acted_for_person_id, NEW.person_id)]) THEN
    RAISE EXCEPTION 'another person is needed for this vote' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_four_eyes';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_vote BEFORE INSERT OR UPDATE OR DELETE ON approvals.vote
  FOR EACH ROW EXECUTE FUNCTION approvals.guard_vote();
