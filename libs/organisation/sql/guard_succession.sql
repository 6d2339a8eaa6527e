-- Only a confirmed change says who succeeds whom, once.
CREATE OR REPLACE FUNCTION organisation.guard_succession() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' OR NOT EXISTS (
      SELECT FROM organisation.unit_change c
        JOIN organisation.unit_change_unit s ON s.change_id = c.id AND s.unit_id = NEW.from_unit AND s.part = 'SOURCE'
        JOIN organisation.unit_change_unit t ON t.change_id = c.id AND t.unit_id = NEW.to_unit AND t.part = 'TARGET'
       WHERE c.id = NEW.change_id AND c.state = 'CONFIRMED' AND c.effective_at = NEW.at
         AND (NEW.subject IS NOT NULL) = (c.kind <> 'MERGE')) THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_succession_ordered', MESSAGE = 'only a confirmed change says who succeeds, once';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_succession BEFORE INSERT OR UPDATE OR DELETE ON organisation.unit_succession
  FOR EACH ROW EXECUTE FUNCTION organisation.guard_succession();
