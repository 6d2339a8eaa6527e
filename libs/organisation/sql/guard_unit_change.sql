-- A change of units is prepared, confirmed or cancelled, takes effect once, and meets no other change of the same
-- units.
CREATE OR REPLACE FUNCTION organisation.guard_unit_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  mine uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'PREPARED' THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_state', MESSAGE = 'a change begins as prepared';
    END IF;
    RETURN NEW;
  END IF;
  IF (OLD.id, OLD.kind, OLD.basis, OLD.ordered_for, OLD.new_name, OLD.new_parent_id, OLD.records_unit_id, OLD.prepared_by, OLD.prepared_at)
     IS DISTINCT FROM (NEW.id, NEW.kind, NEW.basis, NEW.ordered_for, NEW.new_name, NEW.new_parent_id, NEW.records_unit_id, NEW.prepared_by, NEW.prepared_at) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_fixed', MESSAGE = 'a change is confirmed or cancelled, never rewritten';
  END IF;
  IF OLD.state = NEW.state THEN
    -- once, after its date, and nothing with it
    IF OLD.state <> 'CONFIRMED' OR OLD.took_effect_at IS NOT NULL OR NEW.took_effect_at IS NULL
       OR (OLD.effective_at, OLD.confirmed_by, OLD.confirmed_at) IS DISTINCT FROM (NEW.effective_at, NEW.confirmed_by, NEW.confirmed_at) THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_state', MESSAGE = 'no such step';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'PREPARED' OR NEW.took_effect_at IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_state', MESSAGE = 'no such step';
  END IF;
  IF NEW.state = 'CANCELLED' THEN RETURN NEW; END IF;

  mine := ARRAY(SELECT unit_id FROM organisation.unit_change_unit WHERE change_id = NEW.id ORDER BY unit_id);
  -- two changes of one unit wait for each other here, in one order
  PERFORM FROM organisation.unit WHERE id = ANY (mine || NEW.new_parent_id) ORDER BY id FOR UPDATE;
  IF EXISTS (SELECT FROM organisation.unit WHERE id = ANY (mine || NEW.new_parent_id) AND valid_to IS NOT NULL)
     OR EXISTS (SELECT FROM organisation.unit_change c JOIN organisation.unit_change_unit x ON x.change_id = c.id
                 WHERE c.id <> NEW.id AND c.state = 'CONFIRMED' AND c.took_effect_at IS NULL AND x.unit_id = ANY (mine || NEW.new_parent_id)) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_overlap', MESSAGE = 'another change touches one of these units';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_unit_change BEFORE INSERT OR UPDATE ON organisation.unit_change
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_unit_change();
