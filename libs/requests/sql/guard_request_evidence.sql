-- A request rests on documents of the unit that asks, and on none that has ended.
CREATE OR REPLACE FUNCTION requests.guard_request_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  proof requests.evidence;
  asks requests.access_request;
BEGIN
  -- waits for a sweep that is about to end it
  SELECT * INTO proof FROM requests.evidence e WHERE e.id = NEW.evidence_id FOR SHARE;
  SELECT * INTO asks FROM requests.access_request r WHERE r.id = NEW.request_id;
  IF proof.id IS NULL OR asks.id IS NULL OR proof.lapsed_at IS NOT NULL OR proof.product_id IS NOT NULL
     OR proof.unit_id NOT IN (asks.consumer_unit_id, organisation.successor_of(asks.consumer_unit_id, asks.id))
     OR (NEW.consumer_unit_id, NEW.provider_unit_id) IS DISTINCT FROM (asks.consumer_unit_id, asks.provider_unit_id) THEN
    RAISE EXCEPTION 'no evidence of the unit that asks' USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_of_the_unit';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_request_evidence BEFORE INSERT ON requests.request_evidence
  FOR EACH ROW EXECUTE FUNCTION requests.guard_request_evidence();
