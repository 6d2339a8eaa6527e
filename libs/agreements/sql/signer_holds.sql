-- Who confirms speaks for the unit when the agreement is confirmed. An emergency access has two people of its own (SOD-10).
CREATE OR REPLACE FUNCTION agreements.signer_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- the agreement itself rests on a contract of the receiving side; before needs were kept, all but the note did
  contract boolean := CASE WHEN NEW.terms ? 'needs' THEN NEW.terms->'needs' @> jsonb_build_array(jsonb_build_object('partyB', NEW.consumer_unit_id))
                           ELSE NEW.instrument <> 'VERMERK' END;
BEGIN
  IF NEW.consent = 'EMERGENCY' THEN
    RETURN NEW;
  END IF;
  IF NEW.controller_confirmed_by IS DISTINCT FROM OLD.controller_confirmed_by AND NOT agreements.signs_for(
       NEW.controller_confirmed_by, contract, organisation.successor_of(NEW.controller_unit_id, NEW.request_id), NEW.product_id) THEN
    RAISE EXCEPTION 'whoever confirms does not answer for the instructing unit' USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_signer';
  END IF;
  IF OLD.state = 'OFFERED' AND NEW.state = 'ACTIVE' THEN
    IF NEW.controller_unit_id IS NOT NULL AND NEW.controller_confirmed_by IS NULL THEN
      RAISE EXCEPTION 'whose purpose it is has not confirmed' USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_controller_first';
    END IF;
    IF NOT agreements.signs_for(NEW.confirmed_by_person_id, contract, organisation.successor_of(NEW.consumer_unit_id, NEW.request_id), NEW.product_id) THEN
      RAISE EXCEPTION 'whoever confirms does not answer for the receiving unit' USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_signer';
    END IF;
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER signer_holds BEFORE UPDATE ON agreements.agreement
  FOR EACH ROW EXECUTE FUNCTION agreements.signer_holds();
