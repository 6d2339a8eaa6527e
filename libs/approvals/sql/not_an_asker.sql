-- SOD-1 for everybody who ever answered for the request, SOD-8 for whom a deputy or delegate stands in.
CREATE OR REPLACE FUNCTION approvals.not_an_asker() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  vote boolean := TG_TABLE_NAME = 'vote';
  who uuid := to_jsonb(NEW)->>CASE WHEN vote THEN 'person_id' ELSE 'decided_by_person_id' END;
  asking uuid[] := requests.askers(NEW.request_id);
BEGIN
  IF who = ANY (asking) OR NEW.acted_for_person_id = ANY (asking) THEN
    RAISE EXCEPTION 'whoever asks does not decide' USING ERRCODE = 'check_violation',
      CONSTRAINT = CASE WHEN vote THEN 'vote_not_requester' WHEN who = ANY (asking) THEN 'task_not_requester' ELSE 'task_not_for_requester' END;
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER not_an_asker BEFORE UPDATE ON approvals.task
  FOR EACH ROW
  WHEN (NEW.decided_by_person_id IS NOT NULL AND OLD.decided_by_person_id IS NULL)
  EXECUTE FUNCTION approvals.not_an_asker();

CREATE OR REPLACE TRIGGER not_an_asker BEFORE INSERT ON approvals.vote
  FOR EACH ROW EXECUTE FUNCTION approvals.not_an_asker();
