-- The plan is written while the change is prepared. What came up between confirmation and date is added by the product
-- itself.
CREATE OR REPLACE FUNCTION organisation.guard_unit_change_plan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  change organisation.unit_change;
BEGIN
  SELECT * INTO change FROM organisation.unit_change WHERE id = NEW.change_id FOR SHARE;
  IF change.state = 'PREPARED' THEN RETURN NEW; END IF;
  IF TG_TABLE_NAME = 'unit_change_item' AND TG_OP = 'INSERT' AND change.state = 'CONFIRMED'
      AND change.took_effect_at IS NOT NULL AND current_setting('app.system', true) = 'on' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_state', MESSAGE = 'the plan is settled';
END
$$;

CREATE OR REPLACE TRIGGER guard_plan BEFORE INSERT OR UPDATE ON organisation.unit_change_item
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_unit_change_plan();

CREATE OR REPLACE TRIGGER guard_plan BEFORE INSERT OR UPDATE ON organisation.unit_change_unit
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_unit_change_plan();
