-- No role is ended that leaves a visible product without somebody accountable or without a deputy.
CREATE OR REPLACE FUNCTION catalogue.seat_needed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before text := current_setting('app.system', true);
  needed boolean;
BEGIN
  -- the owner of the tables repairs what the application may not
  IF current_user <> 'datenraum_app' THEN RETURN NULL; END IF;
  -- the administrator who ends a role sees no products; the question is asked past row-level security
  PERFORM set_config('app.system', 'on', true);
  needed := EXISTS (SELECT FROM organisation.person WHERE id = OLD.person_id AND disabled_at IS NULL) AND EXISTS (
    SELECT FROM catalogue.product p
     WHERE p.state IN ('VISIBLE', 'REQUESTABLE')
       AND OLD.role = organisation.accountable_role(organisation.successor_of(p.provider_unit_id, p.id))
       AND organisation.appointment_reaches(OLD, p.provider_unit_id, p.id, p.card->>'domain')
       AND NOT EXISTS (
         SELECT FROM organisation.appointment a JOIN organisation.person h ON h.id = a.person_id AND h.disabled_at IS NULL
          WHERE a.id <> OLD.id AND a.role = OLD.role AND (a.deputy_of IS NULL) = (OLD.deputy_of IS NULL)
            AND a.state = 'IN_FORCE' AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to)
            AND organisation.appointment_reaches(a, p.provider_unit_id, p.id, p.card->>'domain')));
  PERFORM set_config('app.system', coalesce(before, ''), true);
  IF needed THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'seat_needed', MESSAGE = 'products would be without somebody accountable, or without a deputy';
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER seat_needed AFTER UPDATE ON organisation.appointment
  FOR EACH ROW
  WHEN (OLD.state = 'IN_FORCE' AND NEW.state = 'ENDED' AND organisation.unit_exists_now(OLD.unit_id))
  EXECUTE FUNCTION catalogue.seat_needed();
