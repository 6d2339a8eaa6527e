-- German compounds: "Gebäudedatenkataster" is found by "kataster", because every tail of a long word is indexed.
CREATE OR REPLACE FUNCTION catalogue.tails(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT coalesce(string_agg(substr(w, n), ' '), '')
  FROM regexp_split_to_table(lower(words), '[^[:alnum:]]+') AS w, generate_series(2, length(w) - 3) AS n
 WHERE length(w) BETWEEN 7 AND 60
$$;

GRANT EXECUTE ON FUNCTION catalogue.tails TO datenraum_app, datenraum_read;
