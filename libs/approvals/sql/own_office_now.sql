-- The parties as they are now have no vote, also when the request was made with a unit that ended.
CREATE OR REPLACE FUNCTION approvals.own_office_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM requests.access_request r WHERE r.id = NEW.request_id AND NEW.office_unit_id IN (
       organisation.office_of(organisation.successor_of(r.consumer_unit_id, r.id)),
       organisation.office_of(organisation.successor_of(r.controller_unit_id, r.id)),
       organisation.office_of(organisation.successor_of(r.provider_unit_id, r.product_id)))) THEN
    RAISE EXCEPTION 'the own office has no vote' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_own_office';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER own_office_now BEFORE INSERT ON approvals.vote
  FOR EACH ROW EXECUTE FUNCTION approvals.own_office_now();
