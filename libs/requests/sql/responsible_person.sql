-- Who answers for a request: the last it was handed over to, else who made it.
CREATE OR REPLACE FUNCTION requests.responsible_person(asked uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
SELECT coalesce((SELECT h.person_id FROM requests.handover h WHERE h.request_id = asked ORDER BY h.at DESC, h.id DESC LIMIT 1),
                (SELECT r.requester_person_id FROM requests.access_request r WHERE r.id = asked))
$$;
