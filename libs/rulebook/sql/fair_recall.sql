-- Members of the steering group recall, for their own office, what is adopted and not yet in force.
CREATE OR REPLACE FUNCTION rulebook.fair_recall() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  adopted law.version;
BEGIN
  SELECT * INTO adopted FROM law.version WHERE id = NEW.version_id FOR UPDATE;
  IF adopted.state <> 'ADOPTED' OR adopted.in_force_from <= now() THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'recall_in_time', MESSAGE = 'only what is adopted and not yet in force is recalled';
  END IF;
  IF NOT organisation.holds_appointment(NEW.appointment_id, NEW.person_id, 'SK_MITGLIED', NEW.unit_id) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'recall_of_an_office', MESSAGE = 'only a member of the steering group recalls, for the own office';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER fair_recall BEFORE INSERT ON rulebook.recall
  FOR EACH ROW EXECUTE FUNCTION rulebook.fair_recall();
