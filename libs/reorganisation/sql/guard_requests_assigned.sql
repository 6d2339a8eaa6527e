-- No split is confirmed while an open request or a running agreement of the unit has no place to go.
CREATE OR REPLACE FUNCTION reorganisation.guard_requests_assigned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM reorganisation.unassigned_requests(NEW.id)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_unassigned', MESSAGE = 'a request or agreement has no place to go';
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER guard_requests_assigned AFTER UPDATE ON organisation.unit_change
  FOR EACH ROW
  WHEN (OLD.state = 'PREPARED' AND NEW.state = 'CONFIRMED')
  EXECUTE FUNCTION reorganisation.guard_requests_assigned();
