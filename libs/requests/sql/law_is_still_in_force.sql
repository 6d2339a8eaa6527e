-- A decision is committed under the law in force at the commit; the unit of work does it once more when another has
-- come into force meanwhile.
CREATE OR REPLACE FUNCTION requests.law_is_still_in_force() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF rulebook.is_out_of_force(NEW.ruleset_hash) THEN
    RAISE EXCEPTION 'another law has come into force since the decision was taken' USING ERRCODE = 'DR001';
  END IF;
  RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS law_is_still_in_force ON requests.decision; -- a constraint trigger can not be replaced
CREATE CONSTRAINT TRIGGER law_is_still_in_force AFTER INSERT ON requests.decision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION requests.law_is_still_in_force();
