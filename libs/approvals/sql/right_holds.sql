-- Runs when the act is committed: the right asked for at its begin must still be there. The row of the right is held,
-- so that a revocation is either before the act, and denies it, or after it.
CREATE OR REPLACE FUNCTION approvals.right_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  delegated organisation.delegation;
  office organisation.appointment;
  about uuid;
  domain text;
BEGIN
  SELECT * INTO office FROM organisation.appointment WHERE id = NEW.appointment_id FOR SHARE;
  SELECT r.product_id, p.card->>'domain' INTO about, domain
    FROM requests.access_request r LEFT JOIN catalogue.product p ON p.id = r.product_id WHERE r.id = NEW.request_id;
  IF office.state IS DISTINCT FROM 'IN_FORCE' OR office.valid_to <= clock_timestamp() OR NOT (
       (office.role = NEW.role AND organisation.appointment_reaches(office, NEW.unit_id, about, domain))
    OR (office.role IS NOT DISTINCT FROM NEW.raised_role AND organisation.appointment_reaches(office, NEW.raised_unit_id, about, domain))) THEN
    RAISE EXCEPTION 'the appointment is over, or for something else' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_right_holds';
  END IF;
  IF NEW.delegation_id IS NULL THEN
    IF office.person_id <> NEW.decided_by_person_id THEN
      RAISE EXCEPTION 'the appointment is another person''s' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_right_holds';
    END IF;
    RETURN NULL;
  END IF;
  SELECT * INTO delegated FROM organisation.delegation WHERE id = NEW.delegation_id FOR SHARE;
  IF delegated.appointment_id <> NEW.appointment_id OR delegated.delegate_person_id <> NEW.decided_by_person_id
      OR office.person_id IS DISTINCT FROM NEW.acted_for_person_id
      OR delegated.revoked_at IS NOT NULL OR clock_timestamp() < delegated.valid_from OR delegated.valid_to <= clock_timestamp() THEN
    RAISE EXCEPTION 'the delegation is over' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_delegation_holds';
  END IF;
  IF requests.stands_with_asker(NEW.decided_by_person_id, NEW.request_id) THEN
    RAISE EXCEPTION 'who works for the asking side does not decide for the giving side' USING ERRCODE = 'check_violation', CONSTRAINT = 'delegation_across';
  END IF;
  RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS right_holds ON approvals.task; -- a constraint trigger can not be replaced
CREATE CONSTRAINT TRIGGER right_holds AFTER UPDATE ON approvals.task
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.decided_by_person_id IS NOT NULL AND OLD.decided_by_person_id IS NULL)
  EXECUTE FUNCTION approvals.right_holds();
