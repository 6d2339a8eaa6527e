-- The key of a year, which turns person ids into pseudonyms; the first to ask makes it. The application uses it
-- through this function and can not list the keys.
CREATE OR REPLACE FUNCTION kernel.year_key(wanted integer)
RETURNS bytea LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE found bytea;
BEGIN
  SELECT key INTO found FROM kernel.pseudonym_key WHERE year = wanted;
  IF found IS NULL THEN
    INSERT INTO kernel.pseudonym_key VALUES (wanted, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')))
      ON CONFLICT DO NOTHING;
    SELECT key INTO found FROM kernel.pseudonym_key WHERE year = wanted;
  END IF;
  RETURN found;
END
$$;

REVOKE ALL ON FUNCTION kernel.year_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.year_key TO datenraum_app;
