-- What is delegated is one's own right, in writing, one step, to somebody whose roles go with it (SOD-9).
CREATE OR REPLACE FUNCTION organisation.guard_delegation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  mine organisation.appointment;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL
        OR (OLD.id, OLD.appointment_id, OLD.delegate_person_id, OLD.reference, OLD.valid_from, OLD.valid_to, OLD.delegated_by)
           IS DISTINCT FROM (NEW.id, NEW.appointment_id, NEW.delegate_person_id, NEW.reference, NEW.valid_from, NEW.valid_to, NEW.delegated_by) THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'delegation_fixed', MESSAGE = 'a delegation is revoked, once, and nothing else';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.valid_to <= NEW.valid_from THEN
    RETURN NEW; -- the constraint on the period says so; a range can not be made of it
  END IF;
  SELECT * INTO mine FROM organisation.appointment WHERE id = NEW.appointment_id;
  -- delegations of one right wait for each other, else two that mirror each other would both pass
  PERFORM pg_advisory_xact_lock(3704, hashtext(mine.role || mine.unit_id::text));
  IF mine.person_id = NEW.delegate_person_id THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'delegation_self', MESSAGE = 'nobody delegates to themselves';
  END IF;
  IF mine.state <> 'IN_FORCE' OR mine.deputy_of IS NOT NULL OR NOT EXISTS (SELECT FROM law.version_role r WHERE r.version_id = law.in_force() AND r.code = mine.role AND r.delegable)
      OR mine.person_id <> NEW.delegated_by OR NEW.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'delegation_right',
      MESSAGE = 'only the one accountable for data delegates, and only their own right';
  END IF;
  IF EXISTS (
    SELECT FROM organisation.delegation d JOIN organisation.appointment o ON o.id = d.appointment_id
     WHERE o.role = mine.role AND o.unit_id = mine.unit_id
       AND (d.delegate_person_id = mine.person_id OR o.person_id = NEW.delegate_person_id)
       -- an order revoked before it began has an empty range and meets nothing
       AND tstzrange(d.valid_from, greatest(d.valid_from, least(d.valid_to, d.revoked_at))) && tstzrange(NEW.valid_from, NEW.valid_to)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'delegation_chain', MESSAGE = 'what is delegated is not delegated further, nor back';
  END IF;
  IF EXISTS (
    SELECT FROM organisation.appointment a
     WHERE a.person_id = NEW.delegate_person_id AND a.state IN ('PROPOSED', 'IN_FORCE')
       AND tstzrange(a.valid_from, a.valid_to) && tstzrange(NEW.valid_from, NEW.valid_to)
       AND organisation.bars_delegate(a.role, mine.role, a.unit_id = mine.unit_id)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'delegation_incompatible', MESSAGE = 'the person holds a role that does not go with this one';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_delegation BEFORE INSERT OR UPDATE ON organisation.delegation
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_delegation();
