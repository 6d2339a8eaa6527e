-- As what the viewer would receive: the kinds of recipients their units are; no unit, no kind.
CREATE OR REPLACE FUNCTION catalogue.viewer_kinds() RETURNS text[] LANGUAGE sql STABLE AS $$
SELECT coalesce(array_agg(DISTINCT CASE
         WHEN u.kind IN ('STADT', 'DEZERNAT', 'AMT', 'ABTEILUNG', 'STAB') THEN 'OTHER_OFFICE'
         WHEN u.kind = 'EIGENBETRIEB' AND u.competition THEN 'GESELLSCHAFT'
         WHEN u.kind IN ('ANDERE_KOMMUNE', 'LAND') THEN 'OTHER_PUBLIC'
         WHEN u.kind = 'FORSCHUNG' THEN 'RESEARCH'
         ELSE u.kind END), '{}')
  FROM organisation.unit u
 WHERE u.id::text = ANY (string_to_array(current_setting('app.units', true), ','))
   AND u.valid_from <= now() AND (u.valid_to IS NULL OR now() < u.valid_to)
$$;

GRANT EXECUTE ON FUNCTION catalogue.viewer_kinds TO datenraum_app, datenraum_read;
