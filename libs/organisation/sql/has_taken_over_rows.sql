-- Whether the units of this transaction took over single requests or products of a unit that was split: only then row-
-- level security looks at rows one by one.
CREATE OR REPLACE FUNCTION organisation.has_taken_over_rows() RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT EXISTS (SELECT FROM organisation.unit_succession s
  WHERE s.subject IS NOT NULL AND s.at <= now()
    AND s.to_unit::text = ANY (string_to_array(current_setting('app.units', true), ',')))
$$;

GRANT EXECUTE ON FUNCTION organisation.has_taken_over_rows TO datenraum_app, datenraum_read;
