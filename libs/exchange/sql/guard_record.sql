-- An exchange begins as STARTED and ends once; what it was never changes and its credit never shrinks.
CREATE OR REPLACE FUNCTION exchange.guard_record() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'STARTED' THEN RAISE EXCEPTION 'an exchange begins as STARTED' USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'STARTED' THEN
    RAISE EXCEPTION 'exchange % has ended as %', OLD.id, OLD.state USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.released_bytes < OLD.released_bytes THEN
    RAISE EXCEPTION 'the credit of exchange % can not shrink', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.id, NEW.agreement_id, NEW.agreement_revision, NEW.request_id, NEW.product_version_id, NEW.consumer_unit_id,
      NEW.provider_unit_id, NEW.decision_id, NEW.ticket_id, NEW.format, NEW.started_at, NEW.correlation)
     IS DISTINCT FROM
     (OLD.id, OLD.agreement_id, OLD.agreement_revision, OLD.request_id, OLD.product_version_id, OLD.consumer_unit_id,
      OLD.provider_unit_id, OLD.decision_id, OLD.ticket_id, OLD.format, OLD.started_at, OLD.correlation) THEN
    RAISE EXCEPTION 'what exchange % was can not be changed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_record BEFORE INSERT OR UPDATE ON exchange.exchange
  FOR EACH ROW EXECUTE FUNCTION exchange.guard_record();
