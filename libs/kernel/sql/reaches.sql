-- Row-level security asks this: may the current transaction see rows of this unit? Unset context sees nothing.
CREATE OR REPLACE FUNCTION kernel.reaches(unit uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT coalesce(current_setting('app.system', true) = 'on', false)
    OR coalesce(current_setting('app.citywide', true) = 'on', false)
    OR coalesce(unit::text = ANY (string_to_array(current_setting('app.units', true), ',')), false)
$$;

GRANT EXECUTE ON FUNCTION kernel.reaches TO datenraum_app, datenraum_read;
