-- What a version says of roles is written down in the step that adopts it (or by the setup, for a version from before),
-- and never changes: so it stays what was voted on.
CREATE OR REPLACE FUNCTION law.guard_roles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('app.system', true) IS DISTINCT FROM 'on'
      AND NOT EXISTS (SELECT FROM law.version WHERE id = NEW.version_id AND state = 'VOTE') THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'roles_by_adoption',
      MESSAGE = 'what the law says of roles comes with its adoption';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_roles BEFORE INSERT OR UPDATE ON law.version_role
  FOR EACH ROW EXECUTE FUNCTION law.guard_roles();
CREATE OR REPLACE TRIGGER guard_roles BEFORE INSERT OR UPDATE ON law.version_accountability
  FOR EACH ROW EXECUTE FUNCTION law.guard_roles();
CREATE OR REPLACE TRIGGER guard_roles BEFORE INSERT OR UPDATE ON law.version_conflict
  FOR EACH ROW EXECUTE FUNCTION law.guard_roles();
