-- Members of the steering group recall, for their own office, what is adopted and not yet in force.
CREATE OR REPLACE FUNCTION rulebook.fair_recall() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  adopted rulebook.ruleset_version;
BEGIN
  SELECT * INTO adopted FROM rulebook.ruleset_version WHERE id = NEW.version_id FOR UPDATE;
  IF adopted.state <> 'ADOPTED' OR adopted.in_force_from <= now() THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'recall_in_time', MESSAGE = 'only what is adopted and not yet in force is recalled';
  END IF;
  IF NOT EXISTS (SELECT FROM organisation.appointment a WHERE a.id = NEW.appointment_id AND a.role = 'SK_MITGLIED'
       AND a.unit_id = NEW.unit_id AND a.person_id = NEW.person_id AND a.state = 'IN_FORCE'
       AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'recall_of_an_office', MESSAGE = 'only a member of the steering group recalls, for the own office';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER fair_recall BEFORE INSERT ON rulebook.recall
  FOR EACH ROW EXECUTE FUNCTION rulebook.fair_recall();
