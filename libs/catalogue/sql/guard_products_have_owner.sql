-- No change of units is confirmed that leaves a product without somebody accountable.
CREATE OR REPLACE FUNCTION catalogue.guard_products_have_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM catalogue.products_without_owner(NEW.id, NEW.effective_at)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_without_owner', MESSAGE = 'a product would be without somebody accountable';
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER guard_products_have_owner AFTER UPDATE ON organisation.unit_change
  FOR EACH ROW
  WHEN (OLD.state = 'PREPARED' AND NEW.state = 'CONFIRMED')
  EXECUTE FUNCTION catalogue.guard_products_have_owner();
