-- The role that answers for the products of a unit, by its kind and the law in force; of a department, the one of its office. Of a unit that
-- ended, the one of the unit that succeeded it.
CREATE OR REPLACE FUNCTION organisation.accountable_role(asked uuid) RETURNS text LANGUAGE sql STABLE AS $$
SELECT a.role
  FROM organisation.unit_with_ancestors(asked, NULL) AS line (id)
  JOIN organisation.unit u ON u.id = line.id AND u.kind <> 'ABTEILUNG'
  JOIN law.version_accountability a ON a.version_id = law.in_force() AND a.unit_kind = u.kind
$$;
