-- A unit, all that is below it, and all in whose place any of them stands, wholly or for single requests or products.
-- For questions where one too many does no harm: what is to be looked at again.
CREATE OR REPLACE FUNCTION organisation.unit_scope(asked uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
WITH RECURSIVE held AS (
  SELECT asked AS id
  UNION SELECT more.id FROM held CROSS JOIN LATERAL (
    SELECT u.id FROM organisation.unit u WHERE u.parent_id = held.id
    UNION ALL SELECT s.from_unit FROM organisation.unit_succession s WHERE s.to_unit = held.id AND s.at <= now()) more
) SELECT id FROM held
$$;

GRANT EXECUTE ON FUNCTION organisation.unit_scope TO datenraum_app, datenraum_read;
