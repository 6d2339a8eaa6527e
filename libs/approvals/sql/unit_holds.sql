-- A role ends with its unit. The row of the unit is held: its end is either before the act, and denies it, or after.
CREATE OR REPLACE FUNCTION approvals.unit_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  office organisation.unit;
BEGIN
  SELECT u.* INTO office FROM organisation.unit u
   WHERE u.id = (SELECT unit_id FROM organisation.appointment WHERE id = NEW.appointment_id) FOR SHARE;
  IF office.valid_from > clock_timestamp() OR office.valid_to <= clock_timestamp() THEN
    RAISE EXCEPTION 'the unit does not exist any more' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_right_holds';
  END IF;
  RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS unit_holds ON approvals.task; -- a constraint trigger can not be replaced
CREATE CONSTRAINT TRIGGER unit_holds AFTER UPDATE ON approvals.task
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.decided_by_person_id IS NOT NULL AND OLD.decided_by_person_id IS NULL)
  EXECUTE FUNCTION approvals.unit_holds();

DROP TRIGGER IF EXISTS unit_holds ON approvals.vote; -- a constraint trigger can not be replaced
CREATE CONSTRAINT TRIGGER unit_holds AFTER INSERT ON approvals.vote
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION approvals.unit_holds();
