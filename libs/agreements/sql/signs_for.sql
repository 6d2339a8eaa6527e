-- Whether a person may confirm an agreement for a unit now: with a note between offices of the city its head or whoever may
-- request, else the role that answers for the unit, held in office, as a deputy or by written delegation.
CREATE OR REPLACE FUNCTION agreements.signs_for(person uuid, contract boolean, asked uuid, product uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
WITH office AS (
  SELECT u.kind FROM organisation.unit u WHERE u.id = organisation.office_of(asked)
), wanted AS (
  SELECT CASE WHEN NOT contract AND EXISTS (SELECT FROM office WHERE kind IN ('STADT','DEZERNAT','AMT','ABTEILUNG','STAB','STATISTIKSTELLE'))
    THEN ARRAY['REQ_HEAD','REQUESTER'] ELSE ARRAY[organisation.accountable_role(asked)] END AS roles
), held AS (
  SELECT a.* FROM organisation.appointment a, wanted
   WHERE a.role = ANY (wanted.roles) AND a.state = 'IN_FORCE' AND a.valid_from <= clock_timestamp()
     AND (a.valid_to IS NULL OR clock_timestamp() < a.valid_to)
     AND organisation.appointment_reaches(a, asked, product, (SELECT p.card->>'domain' FROM catalogue.product p WHERE p.id = product))
)
SELECT EXISTS (SELECT FROM held WHERE held.person_id = person)
    OR EXISTS (SELECT FROM organisation.delegation d JOIN held ON held.id = d.appointment_id
                WHERE d.delegate_person_id = person AND d.revoked_at IS NULL
                  AND d.valid_from <= clock_timestamp() AND clock_timestamp() < d.valid_to)
$$;
