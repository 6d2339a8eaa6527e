-- Whether the person who answers for a request is still there: not shut out, and with a role in the office that asks.
CREATE OR REPLACE FUNCTION requests.responsible_person_present(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT EXISTS (SELECT FROM requests.access_request r
  JOIN organisation.person p ON p.id = requests.responsible_person(r.id) AND p.disabled_at IS NULL
  JOIN organisation.appointment a ON a.person_id = p.id AND a.state = 'IN_FORCE' AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to)
 WHERE r.id = asked AND organisation.office_of(a.unit_id) = organisation.office_of(organisation.successor_of(r.consumer_unit_id, r.id)))
$$;
