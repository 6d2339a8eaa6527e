-- What was voted on comes into force only when every principle of its text was proved.
CREATE OR REPLACE FUNCTION rulebook.proved_before_force() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'VOTE' AND NEW.state = 'ADOPTED'
      AND NOT EXISTS (SELECT FROM rulebook.proof p WHERE p.law_hash = NEW.hash AND p.holds) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'proved_before_force', MESSAGE = 'a ruleset comes into force only when its principles are proved';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER proved_before_force BEFORE UPDATE ON law.version
  FOR EACH ROW EXECUTE FUNCTION rulebook.proved_before_force();
