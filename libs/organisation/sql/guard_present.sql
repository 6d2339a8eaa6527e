-- Who is shut out gets no role, stands in for nobody and is passed no decision on. The row of the person is held: the
-- shutting out is either before this, and refuses it, or after it.
CREATE OR REPLACE FUNCTION organisation.guard_present() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  who uuid := to_jsonb(NEW)->>CASE TG_TABLE_NAME WHEN 'delegation' THEN 'delegate_person_id' ELSE 'person_id' END;
  gone timestamptz;
BEGIN
  SELECT p.disabled_at INTO gone FROM organisation.person p WHERE p.id = who FOR SHARE;
  IF gone IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'person_shut_out', MESSAGE = 'the person is shut out';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_present BEFORE INSERT OR UPDATE ON organisation.appointment
  FOR EACH ROW
  WHEN (NEW.origin = 'ORDER' AND NEW.state IN ('PROPOSED', 'IN_FORCE'))
  EXECUTE FUNCTION organisation.guard_present();

CREATE OR REPLACE TRIGGER guard_present BEFORE INSERT ON organisation.delegation
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_present();
