-- Names, mail, accounts, absences and the clear values of events about a person go; the row and the pseudonym in the
-- log stay. Runs with the rights of the owner, because the application can delete none of these; it asks for the order
-- of two administrators, confirmed in this transaction.
CREATE OR REPLACE FUNCTION organisation.erase_person(person uuid)
RETURNS TABLE(accounts integer, clear_values integer) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  who ALIAS FOR $1;
BEGIN
  IF NOT organisation.ordered_now(who, '{ERASE}', NULL, NULL) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'people_two_persons', MESSAGE = 'two administrators order an erasure';
  END IF;
  IF EXISTS (SELECT FROM organisation.person p WHERE p.id = who AND p.disabled_at IS NULL) OR EXISTS (
      SELECT FROM organisation.appointment a WHERE a.person_id = who AND a.state IN ('PROPOSED', 'IN_FORCE')
         AND (a.valid_to IS NULL OR now() < a.valid_to)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'erasure_too_early', MESSAGE = 'the person is still here';
  END IF;
  DELETE FROM organisation.account a WHERE a.person_id = who;
  GET DIAGNOSTICS accounts = ROW_COUNT;
  DELETE FROM organisation.absence b WHERE b.person_id = who;
  UPDATE organisation.person_order o SET given_name = NULL, family_name = NULL, email = NULL, staff_key = NULL, iss = NULL, sub = NULL, absence_reason = NULL
   WHERE o.person_id = who AND o.kind <> 'ERASE';
  UPDATE organisation.person p SET key = NULL, given_name = 'Gelöschte', family_name = 'Person', email = NULL, erased_at = now() WHERE p.id = who;
  clear_values := kernel.erase_clear_values(who);
  RETURN NEXT;
END
$$;

REVOKE ALL ON FUNCTION organisation.erase_person FROM PUBLIC;
GRANT EXECUTE ON FUNCTION organisation.erase_person TO datenraum_app;
