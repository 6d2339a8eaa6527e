-- Two votes of offices that became one count as one. `Committee` says the same; here it holds for a hand at psql too.
CREATE OR REPLACE FUNCTION approvals.quorum_reached() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- a no is not outvoted by its own half, and a party has no voice
  IF (SELECT count(*) FROM (
        SELECT FROM approvals.vote v JOIN requests.access_request r ON r.id = v.request_id
         WHERE (v.request_id, v.round, v.role) = (NEW.request_id, NEW.round, NEW.role)
           AND organisation.office_of(v.office_unit_id) NOT IN (organisation.office_of(organisation.successor_of(r.consumer_unit_id, r.id)),
                                                            organisation.office_of(organisation.successor_of(r.provider_unit_id, r.product_id)))
         GROUP BY organisation.office_of(v.office_unit_id) HAVING bool_and(v.vote = 'FOR')) yes) < NEW.votes_needed THEN
    RAISE EXCEPTION 'the votes are not there' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_quorum';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER quorum_reached BEFORE UPDATE ON approvals.task
  FOR EACH ROW
  WHEN (NEW.votes_needed IS NOT NULL AND NEW.state = 'APPROVED' AND OLD.state = 'OPEN')
  EXECUTE FUNCTION approvals.quorum_reached();
