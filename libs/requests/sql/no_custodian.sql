-- Who holds the keys of the pseudonyms asks for no pseudonymised data. Both ways to get there wait for each other at
-- the person, with the lock that appointments take too.
CREATE OR REPLACE FUNCTION requests.no_custodian() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asks requests.access_request;
  who uuid;
BEGIN
  IF TG_TABLE_NAME = 'handover' THEN
    SELECT * INTO asks FROM requests.access_request WHERE id = NEW.request_id;
    who := NEW.person_id;
  ELSE
    asks := NEW;
    who := NEW.requester_person_id;
  END IF;
  PERFORM pg_advisory_xact_lock(3703, hashtext(who::text));
  IF catalogue.is_pseudonymised(asks.product_id, asks.product_version_id) AND requests.holds_keys(who, asks.provider_unit_id, asks.product_id) THEN
    RAISE EXCEPTION 'who keeps the keys of the pseudonyms gets no pseudonymised data' USING ERRCODE = 'check_violation', CONSTRAINT = 'custodian_not_recipient';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER no_custodian BEFORE INSERT ON requests.access_request
  FOR EACH ROW EXECUTE FUNCTION requests.no_custodian();

CREATE OR REPLACE TRIGGER no_custodian BEFORE INSERT ON requests.handover
  FOR EACH ROW EXECUTE FUNCTION requests.no_custodian();
