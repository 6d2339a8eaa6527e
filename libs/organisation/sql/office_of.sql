-- The office a unit belongs to when parties and offices are compared: a department and the statistics unit are part of
-- theirs, everything else is its own. Asked for the unit that succeeded, where one did.
CREATE OR REPLACE FUNCTION organisation.office_of(asked uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
WITH RECURSIVE up AS (
  SELECT id, parent_id, kind, 0 AS level FROM organisation.unit WHERE id = organisation.successor_of(asked)
  UNION SELECT p.id, p.parent_id, p.kind, up.level + 1
    FROM up JOIN organisation.unit p ON p.id = organisation.successor_of(up.parent_id) AND up.kind IN ('ABTEILUNG', 'STATISTIKSTELLE')
) SELECT id FROM up ORDER BY level DESC LIMIT 1
$$;
