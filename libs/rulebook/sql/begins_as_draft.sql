-- A ruleset begins as a draft; only the very first one is set up.
CREATE OR REPLACE FUNCTION rulebook.begins_as_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'DRAFT' THEN RAISE EXCEPTION 'a ruleset begins as a draft' USING ERRCODE = 'restrict_violation'; END IF;
  -- only the very first text comes into force without a vote
  IF NEW.origin = 'SETUP' AND EXISTS (SELECT FROM law.version) THEN
    RAISE EXCEPTION 'only the first ruleset is set up without a vote' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER begins_as_draft BEFORE INSERT ON law.version
  FOR EACH ROW EXECUTE FUNCTION rulebook.begins_as_draft();
