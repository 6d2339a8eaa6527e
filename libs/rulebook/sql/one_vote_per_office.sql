-- Offices that became one while a vote runs have one vote: none is added to one that was cast. The triggers come after
-- fair_vote and fair_recall, whose lock on the version lets in one vote at a time.
CREATE OR REPLACE FUNCTION rulebook.one_vote_per_office() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  has_voted boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM rulebook.%I WHERE version_id = $1 AND organisation.office_of(unit_id) = organisation.office_of($2))', TG_TABLE_NAME)
    INTO has_voted USING NEW.version_id, NEW.unit_id;
  IF has_voted THEN
    RAISE EXCEPTION USING ERRCODE = '23505', CONSTRAINT = 'one_vote_per_office', MESSAGE = 'the office has voted already';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER one_vote_per_office BEFORE INSERT ON rulebook.recall
  FOR EACH ROW EXECUTE FUNCTION rulebook.one_vote_per_office();

CREATE OR REPLACE TRIGGER one_vote_per_office BEFORE INSERT ON rulebook.vote
  FOR EACH ROW EXECUTE FUNCTION rulebook.one_vote_per_office();
