-- Removes the clear values of every event about a person, and gives how many there were; what the log sealed stays.
-- For functions of the owner only: the application can delete none of them.
CREATE OR REPLACE FUNCTION kernel.erase_clear_values(person uuid) RETURNS integer LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  removed integer;
BEGIN
  DELETE FROM kernel.audit_clear c USING kernel.audit_clear mine
   WHERE mine.field = 'personId' AND mine.value = person::text AND c.event_id = mine.event_id;
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END
$$;

REVOKE ALL ON FUNCTION kernel.erase_clear_values FROM PUBLIC;
