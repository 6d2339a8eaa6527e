-- Nobody who stands on the asking side of an open request is passed the decision on it. Looks at all of them, whoever's
-- rows the giver may see.
CREATE OR REPLACE FUNCTION requests.no_crossing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before text := current_setting('app.system', true);
  mine organisation.appointment;
  across boolean;
BEGIN
  SELECT * INTO mine FROM organisation.appointment WHERE id = NEW.appointment_id;
  PERFORM set_config('app.system', 'on', true);
  across := EXISTS (SELECT FROM requests.access_request r JOIN catalogue.product p ON p.id = r.product_id
     WHERE r.state IN ('SUBMITTED', 'IN_REVIEW', 'QUESTION') AND now() < r.valid_until
       AND organisation.appointment_reaches(mine, organisation.successor_of(r.provider_unit_id, r.product_id), r.product_id, p.card->>'domain')
       AND requests.stands_with_asker(NEW.delegate_person_id, r.id));
  PERFORM set_config('app.system', coalesce(before, ''), true);
  IF across THEN
    RAISE EXCEPTION 'the person stands on the side that asks' USING ERRCODE = 'check_violation', CONSTRAINT = 'delegation_across';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER no_crossing BEFORE INSERT ON organisation.delegation
  FOR EACH ROW EXECUTE FUNCTION requests.no_crossing();
