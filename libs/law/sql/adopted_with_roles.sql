-- No version is adopted without the rows by which the database keeps duties apart: they hold from its first moment,
-- whether or not a program runs then. Asked last, after what people can do wrong.
CREATE OR REPLACE FUNCTION law.adopted_with_roles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'ADOPTED' AND OLD.state <> 'ADOPTED' AND NOT EXISTS (SELECT FROM law.version_accountability WHERE version_id = NEW.id) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'adopted_with_roles', MESSAGE = 'a version is adopted with its roles';
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER adopted_with_roles AFTER UPDATE ON law.version
  FOR EACH ROW EXECUTE FUNCTION law.adopted_with_roles();
