-- Which unit stands in the place of a unit now: for a request or product of a unit that was split, the one it went to.
-- A unit nobody succeeded is its own successor, also when it has ended: then nobody holds a role in it.
CREATE OR REPLACE FUNCTION organisation.successor_of(asked uuid, about uuid DEFAULT NULL)
RETURNS uuid LANGUAGE plpgsql STABLE AS $$
DECLARE
  here uuid := asked;
  next_unit uuid;
BEGIN
  -- a unit ends once, so the way has no circle
  LOOP
    SELECT to_unit INTO next_unit FROM organisation.unit_succession
     WHERE from_unit = here AND (subject IS NULL OR subject = about) AND at <= now()
     ORDER BY subject IS NULL LIMIT 1;
    IF NOT FOUND THEN RETURN here; END IF;
    here := next_unit;
  END LOOP;
END
$$;

GRANT EXECUTE ON FUNCTION organisation.successor_of TO datenraum_app, datenraum_read;
