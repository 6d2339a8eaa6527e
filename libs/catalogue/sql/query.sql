-- Every word must be met: by its stem, by its beginning, or inside a compound; stop words count for nothing.
CREATE OR REPLACE FUNCTION catalogue.query(words text[]) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE found tsquery := NULL; one tsquery; w text;
BEGIN
  FOREACH w IN ARRAY words LOOP
    one := to_tsquery('german', '''' || w || ''':*');
    CONTINUE WHEN numnode(one) = 0;
    one := one || to_tsquery('simple', '''' || lower(w) || ''':*');
    found := CASE WHEN found IS NULL THEN one ELSE found && one END;
  END LOOP;
  RETURN found;
END
$$;

GRANT EXECUTE ON FUNCTION catalogue.query TO datenraum_app, datenraum_read;
