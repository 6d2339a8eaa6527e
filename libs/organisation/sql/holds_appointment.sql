-- Whether an appointment is in force now and gives this person this role in this unit.
CREATE OR REPLACE FUNCTION organisation.holds_appointment(held uuid, person uuid, asked text, unit uuid)
RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT EXISTS (SELECT FROM organisation.appointment a
  WHERE a.id = held AND a.person_id = person AND a.role = asked AND a.unit_id = unit
    AND a.state = 'IN_FORCE' AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to))
$$;
