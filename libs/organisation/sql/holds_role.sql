-- Whether a person holds a role now.
CREATE OR REPLACE FUNCTION organisation.holds_role(person uuid, asked text) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT EXISTS (SELECT FROM organisation.appointment a WHERE a.person_id = person AND a.role = asked AND a.state = 'IN_FORCE'
  AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to))
$$;
