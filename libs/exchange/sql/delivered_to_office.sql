-- How many deliveries of the last days count against an agreement, and when the oldest of them is too old to. Counted over
-- the whole receiving office: who fetches for one department does not see the rows of another, so this looks past
-- row-level security. The lock lets two that count at once do it one after the other, whatever agreement they come by.
CREATE OR REPLACE FUNCTION exchange.delivered_to_office(agreed uuid, times integer, in_days integer)
RETURNS TABLE(deliveries integer, next_at timestamptz) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  before text := current_setting('app.system', true);
  product uuid;
  office uuid;
  urgent boolean;
  form text;
BEGIN
  PERFORM set_config('app.system', 'on', true);
  SELECT a.product_id, organisation.office_of(organisation.successor_of(a.consumer_unit_id, a.request_id)),
         a.consent = 'EMERGENCY', a.terms->>'form'
    INTO product, office, urgent, form FROM agreements.agreement a WHERE a.id = agreed;
  PERFORM pg_advisory_xact_lock(hashtextextended(format('exchange.deliveries %s %s', product, office), 0));
  RETURN QUERY SELECT (count(*) FILTER (WHERE e.state IN ('STARTED', 'COMPLETED'))
           + greatest(0, count(*) FILTER (WHERE e.reason IN ('consumer_aborted', 'consumer_too_slow')) - times))::integer,
         min(e.started_at) FILTER (WHERE e.state IN ('STARTED', 'COMPLETED') OR e.reason IN ('consumer_aborted', 'consumer_too_slow'))
           + make_interval(days => in_days)
    FROM exchange.exchange e JOIN agreements.agreement a ON a.id = e.agreement_id
   WHERE e.started_at > now() - make_interval(days => in_days)
     -- a danger does not wait for what was fetched before, and what it takes is looked at afterwards
     AND CASE WHEN urgent OR a.consent = 'EMERGENCY' THEN a.id = agreed
              ELSE a.product_id = product AND a.terms->>'form' = form
                   AND organisation.office_of(organisation.successor_of(a.consumer_unit_id, a.request_id)) = office END;
  PERFORM set_config('app.system', coalesce(before, ''), true);
END
$$;

GRANT EXECUTE ON FUNCTION exchange.delivered_to_office TO datenraum_app;
