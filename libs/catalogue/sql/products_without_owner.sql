-- Products that a change of units would leave without somebody accountable, or without a deputy, from its date on; with
-- the unit they would go to, if any. The one who confirms sees few of these rows, so this looks past row-level security.
CREATE OR REPLACE FUNCTION catalogue.products_without_owner(change uuid, from_date timestamptz)
RETURNS TABLE(product_id uuid, to_unit uuid, holder boolean, deputy boolean) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  before text := current_setting('app.system', true);
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY WITH moving AS (
    SELECT p.id, CASE c.kind WHEN 'MERGE' THEN (SELECT t.unit_id FROM organisation.unit_change_unit t WHERE t.change_id = c.id AND t.part = 'TARGET')
                             WHEN 'MOVE' THEN s.unit_id
                             ELSE (SELECT i.to_unit FROM organisation.unit_change_item i
                                    WHERE i.change_id = c.id AND i.kind = 'PRODUCT' AND i.item = p.id::text) END AS target,
           c.new_parent_id
      FROM organisation.unit_change c
      JOIN organisation.unit_change_unit s ON s.change_id = c.id AND s.part = 'SOURCE'
      JOIN catalogue.product p ON organisation.successor_of(p.provider_unit_id, p.id) = s.unit_id
     WHERE c.id = change AND c.kind <> 'RENAME' AND p.state <> 'WITHDRAWN'
  ), seats AS (
    SELECT m.id, m.target, bool_or(a.id IS NOT NULL AND a.deputy_of IS NULL) AS holder, bool_or(a.deputy_of IS NOT NULL) AS deputy
      FROM moving m LEFT JOIN organisation.unit u ON u.id = m.target
      LEFT JOIN organisation.appointment a
        ON (a.unit_id = m.target OR (u.kind = 'ABTEILUNG' AND a.unit_id = coalesce(m.new_parent_id, organisation.successor_of(u.parent_id))))
       AND a.role = organisation.accountable_role(CASE WHEN u.kind = 'ABTEILUNG' THEN coalesce(m.new_parent_id, u.id) ELSE u.id END)
       AND a.state = 'IN_FORCE' AND a.scope_kind IN ('UNIT', 'CITY')
       AND a.valid_from <= from_date AND (a.valid_to IS NULL OR from_date < a.valid_to)
       AND EXISTS (SELECT FROM organisation.person h WHERE h.id = a.person_id AND h.disabled_at IS NULL)
     GROUP BY m.id, m.target
  ) SELECT s.id, s.target, coalesce(s.holder, false), coalesce(s.deputy, false) FROM seats s
     WHERE s.target IS NULL OR NOT coalesce(s.holder AND s.deputy, false);
  PERFORM set_config('app.system', coalesce(before, ''), true);
END
$$;

GRANT EXECUTE ON FUNCTION catalogue.products_without_owner TO datenraum_app, datenraum_read;
