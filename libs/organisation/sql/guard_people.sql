-- A person comes, comes back, or gets an account by the word of two administrators; an account is never handed on.
CREATE OR REPLACE FUNCTION organisation.guard_people() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ordered boolean := true;
BEGIN
  IF current_user <> 'datenraum_app' OR current_setting('app.system', true) IS NOT DISTINCT FROM 'on' THEN RETURN NEW; END IF;
  IF TG_TABLE_NAME = 'account' THEN
    ordered := TG_OP = 'INSERT' AND organisation.ordered_now(NEW.person_id, '{ADMIT,ACCOUNT}', NEW.iss, NEW.sub);
  ELSIF TG_OP = 'INSERT' THEN
    ordered := organisation.ordered_now(NEW.id, '{ADMIT}', NULL, NULL);
  ELSIF (OLD.id, OLD.key, OLD.given_name, OLD.family_name, OLD.email, OLD.erased_at)
      IS DISTINCT FROM (NEW.id, NEW.key, NEW.given_name, NEW.family_name, NEW.email, NEW.erased_at) THEN
    ordered := false;
  ELSIF OLD.disabled_at IS NOT NULL AND NEW.disabled_at IS DISTINCT FROM OLD.disabled_at THEN
    ordered := NEW.disabled_at IS NULL AND OLD.erased_at IS NULL AND organisation.ordered_now(NEW.id, '{RETURN}', NULL, NULL);
  END IF;
  IF NOT ordered THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'people_two_persons', MESSAGE = 'two administrators decide on people and accounts';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_people BEFORE INSERT OR UPDATE ON organisation.account
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_people();

CREATE OR REPLACE TRIGGER guard_people BEFORE INSERT OR UPDATE ON organisation.person
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_people();
