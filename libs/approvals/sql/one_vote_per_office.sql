-- Offices that became one while the Steuerungskreis votes have one vote: none is added to one that was cast.
CREATE OR REPLACE FUNCTION approvals.one_vote_per_office() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM approvals.vote v WHERE (v.request_id, v.round, v.role) = (NEW.request_id, NEW.round, NEW.role)
              AND organisation.office_of(v.office_unit_id) = organisation.office_of(NEW.office_unit_id)) THEN
    RAISE EXCEPTION 'the office has voted already' USING ERRCODE = 'unique_violation', CONSTRAINT = 'vote_one_per_office';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER one_vote_per_office BEFORE INSERT ON approvals.vote
  FOR EACH ROW EXECUTE FUNCTION approvals.one_vote_per_office();
