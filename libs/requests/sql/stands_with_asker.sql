-- Whether a person stands on the side that asks: answered for the request once, or holds a role in the asking office while
-- another office gives.
CREATE OR REPLACE FUNCTION requests.stands_with_asker(person uuid, asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT EXISTS (SELECT FROM requests.access_request r
  CROSS JOIN LATERAL (SELECT organisation.office_of(organisation.successor_of(r.consumer_unit_id, r.id)) AS asks,
                             organisation.office_of(organisation.successor_of(r.provider_unit_id, r.product_id)) AS gives) side
 WHERE r.id = asked AND (person = ANY (requests.askers(r.id)) OR (side.asks <> side.gives AND EXISTS (
   SELECT FROM organisation.appointment a
    WHERE a.person_id = person AND a.state = 'IN_FORCE' AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to)
      AND organisation.office_of(a.unit_id) = side.asks))))
$$;
