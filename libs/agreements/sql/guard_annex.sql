-- Both sides agreed to an annex as it stood when the agreement came alive.
CREATE OR REPLACE FUNCTION agreements.guard_annex() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'an annex never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NOT EXISTS (SELECT FROM agreements.agreement a WHERE a.id = NEW.agreement_id AND a.state = 'OFFERED'
       AND a.consumer_unit_id = NEW.consumer_unit_id AND a.provider_unit_id = NEW.provider_unit_id) THEN
    RAISE EXCEPTION 'an annex belongs to an agreement that is still offered' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_annex BEFORE INSERT OR UPDATE OR DELETE ON agreements.annex
  FOR EACH ROW EXECUTE FUNCTION agreements.guard_annex();

CREATE OR REPLACE TRIGGER guard_annex_truncate BEFORE TRUNCATE ON agreements.annex
  FOR EACH STATEMENT EXECUTE FUNCTION agreements.guard_annex();
