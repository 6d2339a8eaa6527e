-- Separation of duties that can be read from appointments alone; and an appointment is confirmed, declined or ended,
-- never rewritten.
CREATE OR REPLACE FUNCTION organisation.guard_duties_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  mine tstzrange := tstzrange(NEW.valid_from, NEW.valid_to);
  principal organisation.appointment;
  met text;
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.person_id, OLD.role, OLD.unit_id, OLD.scope_kind, OLD.scope_id, OLD.deputy_of,
      OLD.valid_from, OLD.origin, OLD.proposed_by) IS DISTINCT FROM (NEW.person_id, NEW.role, NEW.unit_id,
      NEW.scope_kind, NEW.scope_id, NEW.deputy_of, NEW.valid_from, NEW.origin, NEW.proposed_by) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_fixed',
      MESSAGE = 'an appointment is confirmed, declined or ended, never rewritten';
  END IF;
  IF TG_OP = 'UPDATE' AND NOT ((OLD.state, NEW.state) IN (('PROPOSED', 'IN_FORCE'), ('PROPOSED', 'DECLINED'), ('IN_FORCE', 'ENDED'))) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_state', MESSAGE = 'no such step';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.valid_to IS NOT NULL AND (NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_fixed', MESSAGE = 'an appointment is never prolonged';
  END IF;
  IF NEW.origin = 'SETUP' AND TG_OP = 'INSERT' AND current_setting('app.system', true) IS DISTINCT FROM 'on'
      AND current_user = 'datenraum_app' THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_two_persons', MESSAGE = 'only the setup grants without two people';
  END IF;
  IF TG_OP = 'INSERT' AND NEW.origin = 'ORDER' AND NEW.state <> 'PROPOSED' THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_state', MESSAGE = 'an order begins as a proposal';
  END IF;

  -- a role is described by the law in force, and by the one that is adopted to follow
  IF TG_OP = 'INSERT' AND EXISTS (SELECT FROM law.version v WHERE v.state = 'ADOPTED' AND (v.in_force_until IS NULL OR v.in_force_until > now())
      AND NOT EXISTS (SELECT FROM law.version_role r WHERE r.version_id = v.id AND r.code = NEW.role)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_role', MESSAGE = 'the law does not know this role';
  END IF;

  IF NEW.deputy_of IS NOT NULL THEN
    SELECT * INTO principal FROM organisation.appointment WHERE id = NEW.deputy_of;
    IF principal.person_id = NEW.person_id OR principal.deputy_of IS NOT NULL
        OR (principal.role, principal.unit_id) IS DISTINCT FROM (NEW.role, NEW.unit_id) THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_deputy',
        MESSAGE = 'a deputy stands in for another person, in the same role and unit, and has no deputy of their own';
    END IF;
  END IF;
  -- SOD-6: the sealed-off statistics unit is staffed on its own
  IF NEW.role = 'STAT' AND NOT EXISTS (SELECT FROM organisation.unit WHERE id = NEW.unit_id AND kind = 'STATISTIKSTELLE') THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_statistics', MESSAGE = 'STAT exists inside the statistics unit only';
  END IF;

  IF NEW.state NOT IN ('PROPOSED', 'IN_FORCE') THEN RETURN NEW; END IF;
  -- two grants for one person wait for each other, else each would miss the other
  PERFORM pg_advisory_xact_lock(3703, hashtext(NEW.person_id::text));
  SELECT a.role INTO met
    FROM organisation.appointment a
    JOIN organisation.unit u ON u.id = a.unit_id
    JOIN organisation.unit n ON n.id = NEW.unit_id
   WHERE a.person_id = NEW.person_id AND a.id <> NEW.id AND a.state IN ('PROPOSED', 'IN_FORCE')
     AND tstzrange(a.valid_from, a.valid_to) && mine
     AND ( -- SOD-4 and the like: these three hold nothing else, whatever the law says
           (a.role <> NEW.role AND (a.role IN ('ADMIN', 'PLATTFORM', 'REVISION') OR NEW.role IN ('ADMIN', 'PLATTFORM', 'REVISION')))
           OR (NEW.role = 'STAT' AND u.kind <> 'STATISTIKSTELLE') OR (a.role = 'STAT' AND n.kind <> 'STATISTIKSTELLE')
           OR EXISTS (SELECT FROM law.version_conflict c
                       WHERE c.version_id = law.in_force() AND c.role = NEW.role AND c.other = a.role
                         AND (c.reach = 'ANYWHERE' OR a.unit_id = NEW.unit_id)))
   LIMIT 1;
  IF met IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_incompatible',
      MESSAGE = format('the person holds %s already', met);
  END IF;
  IF EXISTS (SELECT FROM organisation.appointment a WHERE a.person_id = NEW.person_id AND a.id <> NEW.id
      AND a.role = NEW.role AND a.unit_id = NEW.unit_id AND a.state IN ('PROPOSED', 'IN_FORCE')
      AND (a.scope_kind, a.scope_id) IS NOT DISTINCT FROM (NEW.scope_kind, NEW.scope_id)
      AND tstzrange(a.valid_from, a.valid_to) && mine) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_twice', MESSAGE = 'the person holds this role already';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_duties_apart BEFORE INSERT OR UPDATE ON organisation.appointment
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_duties_apart();
