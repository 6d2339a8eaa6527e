-- Whether the unit exists at the time of this transaction.
CREATE OR REPLACE FUNCTION organisation.unit_exists_now(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT EXISTS (SELECT FROM organisation.unit WHERE id = asked AND valid_from <= now() AND (valid_to IS NULL OR now() < valid_to))
$$;

GRANT EXECUTE ON FUNCTION organisation.unit_exists_now TO datenraum_app, datenraum_read;
