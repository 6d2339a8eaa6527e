-- And nobody comes to hold the keys of what they have asked for and may still get.
CREATE OR REPLACE FUNCTION requests.no_recipient() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before text := current_setting('app.system', true);
  found_one boolean;
BEGIN
  PERFORM set_config('app.system', 'on', true);
  found_one := EXISTS (SELECT FROM requests.access_request r
     WHERE r.state NOT IN ('REFUSED', 'WITHDRAWN', 'EXPIRED') AND now() < r.valid_until AND requests.responsible_person(r.id) = NEW.person_id
       AND organisation.office_of(organisation.successor_of(r.provider_unit_id, r.product_id)) = organisation.office_of(NEW.unit_id)
       AND catalogue.is_pseudonymised(r.product_id, r.product_version_id));
  PERFORM set_config('app.system', coalesce(before, ''), true);
  IF found_one THEN
    RAISE EXCEPTION 'the person gets pseudonymised data of this office' USING ERRCODE = 'check_violation', CONSTRAINT = 'custodian_not_recipient';
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER no_recipient AFTER INSERT OR UPDATE ON organisation.appointment
  FOR EACH ROW
  WHEN (NEW.role = 'TECH_STEWARD' AND NEW.state IN ('PROPOSED', 'IN_FORCE'))
  EXECUTE FUNCTION requests.no_recipient();
