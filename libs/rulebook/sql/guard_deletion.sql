-- Decisions cite versions, so none is ever deleted.
CREATE OR REPLACE FUNCTION rulebook.guard_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a ruleset version is never deleted: decisions cite it' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE OR REPLACE TRIGGER guard_deletion BEFORE DELETE OR TRUNCATE ON law.version
  FOR EACH STATEMENT EXECUTE FUNCTION rulebook.guard_deletion();
