-- Looked at once more when the submit is committed, by the clock. The rows of the units are held: a change of them
-- waits for this commit and finds the request, or is there first and refuses it.
CREATE OR REPLACE FUNCTION requests.units_live() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM organisation.unit u WHERE u.id IN (NEW.consumer_unit_id, NEW.provider_unit_id, NEW.controller_unit_id) ORDER BY u.id FOR SHARE;
  IF EXISTS (SELECT FROM organisation.unit u WHERE u.id IN (NEW.consumer_unit_id, NEW.provider_unit_id, NEW.controller_unit_id)
              AND (clock_timestamp() < u.valid_from OR u.valid_to <= clock_timestamp())) THEN
    RAISE EXCEPTION 'one of the units does not exist any more' USING ERRCODE = 'check_violation', CONSTRAINT = 'request_units_live';
  END IF;
  RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS units_live ON requests.access_request; -- a constraint trigger can not be replaced
CREATE CONSTRAINT TRIGGER units_live AFTER INSERT ON requests.access_request
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION requests.units_live();
