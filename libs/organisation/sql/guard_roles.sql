-- What roles there are and who answers for what comes with the setup, never with the work of a person or programme.
CREATE OR REPLACE FUNCTION organisation.guard_roles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'datenraum_app' AND current_setting('app.system', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'roles_by_setup', MESSAGE = 'only the setup installs roles';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_roles BEFORE INSERT OR UPDATE ON organisation.role
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_roles();
CREATE OR REPLACE TRIGGER guard_roles BEFORE INSERT OR UPDATE ON organisation.accountability
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_roles();
