-- Requests and agreements of a unit to be split that have no place to go. The one who confirms sees few of these rows,
-- so this looks past row-level security.
CREATE OR REPLACE FUNCTION reorganisation.unassigned_requests(change uuid)
RETURNS TABLE(request_id uuid) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  before text := current_setting('app.system', true);
BEGIN
  PERFORM set_config('app.system', 'on', true);
  RETURN QUERY SELECT r.id FROM organisation.unit_change c
      JOIN organisation.unit_change_unit s ON s.change_id = c.id AND s.part = 'SOURCE'
      JOIN requests.access_request r ON r.consumer_unit_id IN (SELECT organisation.unit_scope(s.unit_id))
                                    AND organisation.successor_of(r.consumer_unit_id, r.id) = s.unit_id
      LEFT JOIN agreements.agreement a ON a.request_id = r.id
     WHERE c.id = change AND c.kind = 'SPLIT' AND r.valid_until > now()
       AND (r.state IN ('IN_REVIEW','QUESTION') OR (r.state IN ('PERMITTED','APPROVED') AND coalesce(a.state, 'OFFERED') IN ('OFFERED','ACTIVE','SUSPENDED')))
       AND NOT EXISTS (SELECT FROM organisation.unit_change_item i WHERE i.change_id = c.id AND i.kind = 'REQUEST' AND i.item = r.id::text);
  PERFORM set_config('app.system', coalesce(before, ''), true);
END
$$;

GRANT EXECUTE ON FUNCTION reorganisation.unassigned_requests TO datenraum_app, datenraum_read;
