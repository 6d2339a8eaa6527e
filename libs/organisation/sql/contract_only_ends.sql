-- The record of a contract can be ended, nothing else.
CREATE OR REPLACE FUNCTION organisation.contract_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.id, OLD.party_a, OLD.party_b, OLD.kind, OLD.reference, OLD.valid_from) IS DISTINCT FROM
     (NEW.id, NEW.party_a, NEW.party_b, NEW.kind, NEW.reference, NEW.valid_from) OR NEW.valid_to > OLD.valid_to THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'contract_only_ends', MESSAGE = 'a contract record can be ended, nothing else';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER contract_only_ends BEFORE UPDATE ON organisation.contract
  FOR EACH ROW EXECUTE FUNCTION organisation.contract_only_ends();
