-- Whether an order about a person was confirmed in this very transaction.
CREATE OR REPLACE FUNCTION organisation.ordered_now(person uuid, kinds text[], of_iss text, of_sub text)
RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT EXISTS (SELECT FROM organisation.person_order o WHERE o.person_id = person AND o.kind = ANY (kinds)
  AND o.state = 'CONFIRMED' AND o.decided_at = now() AND (of_iss IS NULL OR (o.iss, o.sub) = (of_iss, of_sub)))
$$;
