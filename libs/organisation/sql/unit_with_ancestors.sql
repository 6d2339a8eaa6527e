-- The unit that stands in the place of the one asked about, and the office it is a department of.
CREATE OR REPLACE FUNCTION organisation.unit_with_ancestors(asked uuid, about uuid)
RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
WITH RECURSIVE up AS (
  SELECT id, parent_id, kind FROM organisation.unit WHERE id = organisation.successor_of(asked, about)
  UNION SELECT p.id, p.parent_id, p.kind
    FROM up JOIN organisation.unit p ON p.id = organisation.successor_of(up.parent_id) AND up.kind = 'ABTEILUNG'
) SELECT id FROM up
$$;
