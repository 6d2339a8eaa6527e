-- Everybody who ever answered for a request: none of them decides on it (SOD-1).
CREATE OR REPLACE FUNCTION requests.askers(asked uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
SELECT array_agg(person) FROM (
  SELECT r.requester_person_id AS person FROM requests.access_request r WHERE r.id = asked
  UNION SELECT h.person_id FROM requests.handover h WHERE h.request_id = asked) of
$$;
