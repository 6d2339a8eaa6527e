-- The record of a contract can be ended, and one that does not say what it is about is completed once.
CREATE OR REPLACE FUNCTION organisation.contract_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.id, OLD.party_a, OLD.party_b, OLD.kind, OLD.reference, OLD.valid_from) IS DISTINCT FROM
     (NEW.id, NEW.party_a, NEW.party_b, NEW.kind, NEW.reference, NEW.valid_from) OR NEW.valid_to > OLD.valid_to
     OR (OLD.subject_kind IS NOT NULL AND (OLD.subject_kind, OLD.subject_products, OLD.subject_text, OLD.subject_named_by)
           IS DISTINCT FROM (NEW.subject_kind, NEW.subject_products, NEW.subject_text, NEW.subject_named_by)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'contract_only_ends', MESSAGE = 'a contract record can be ended or completed, nothing else';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER contract_only_ends BEFORE UPDATE ON organisation.contract
  FOR EACH ROW EXECUTE FUNCTION organisation.contract_only_ends();
