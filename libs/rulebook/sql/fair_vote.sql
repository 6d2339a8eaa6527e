-- Members of the steering group vote, for their own office, while the vote is open; who proposed does not.
CREATE OR REPLACE FUNCTION rulebook.fair_vote() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  proposal law.version;
BEGIN
  -- waits for an adoption under way, and lets none begin until this vote is there
  SELECT * INTO proposal FROM law.version WHERE id = NEW.version_id FOR UPDATE;
  IF proposal.state <> 'VOTE' THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'vote_is_open', MESSAGE = 'there is no vote on this ruleset';
  END IF;
  IF proposal.proposed_by IN (NEW.person_id, NEW.principal_person_id) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'proposer_does_not_vote', MESSAGE = 'who proposes does not vote';
  END IF;
  IF NOT organisation.holds_appointment(NEW.appointment_id, NEW.person_id, 'SK_MITGLIED', NEW.unit_id) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'vote_of_an_office', MESSAGE = 'only a member of the steering group votes, for the own office';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER fair_vote BEFORE INSERT ON rulebook.vote
  FOR EACH ROW EXECUTE FUNCTION rulebook.fair_vote();
