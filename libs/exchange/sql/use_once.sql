-- A ticket is used once, and what it allows never changes.
CREATE OR REPLACE FUNCTION exchange.use_once() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF OLD.used_at IS NOT NULL THEN
    RAISE EXCEPTION 'ticket % was used', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF (to_jsonb(NEW) - 'used_at') IS DISTINCT FROM (to_jsonb(OLD) - 'used_at') THEN
    RAISE EXCEPTION 'what ticket % allows can not be changed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER use_once BEFORE UPDATE ON exchange.download_ticket
  FOR EACH ROW EXECUTE FUNCTION exchange.use_once();
