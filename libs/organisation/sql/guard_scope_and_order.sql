-- A deputy has the scope of the principal, and two administrators grant a role (SOD-4).
CREATE OR REPLACE FUNCTION organisation.guard_scope_and_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- a deputy of one product's owner is no deputy for the whole office
  IF TG_OP = 'INSERT' AND NEW.deputy_of IS NOT NULL AND NOT EXISTS (SELECT FROM organisation.appointment o
      WHERE o.id = NEW.deputy_of AND (o.scope_kind, o.scope_id) IS NOT DISTINCT FROM (NEW.scope_kind, NEW.scope_id)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_scope', MESSAGE = 'a deputy has the scope of the principal';
  END IF;
  -- SOD-4, case 57: the two who change a list of deciders are administrators, and nobody else
  IF NEW.origin = 'ORDER' AND (
       (TG_OP = 'INSERT' AND NOT organisation.holds_role(NEW.proposed_by, 'ADMIN'))
    OR (TG_OP = 'UPDATE' AND NEW.confirmed_by IS DISTINCT FROM OLD.confirmed_by AND NOT organisation.holds_role(NEW.confirmed_by, 'ADMIN'))) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_two_persons', MESSAGE = 'two administrators grant a role';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_scope_and_order BEFORE INSERT OR UPDATE ON organisation.appointment
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_scope_and_order();
