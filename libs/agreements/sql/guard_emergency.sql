-- An emergency access is confirmed in time, reviewed when it is over, and no second one before; what was done is not done again.
CREATE OR REPLACE FUNCTION agreements.guard_emergency() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before text := current_setting('app.system', true);
  office uuid;
  over boolean;
  other boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF num_nonnulls(NEW.dropped_at, NEW.confirmed_at, NEW.opinion, NEW.finding) > 0 THEN
      RAISE EXCEPTION 'an emergency access begins unconfirmed' USING ERRCODE = 'check_violation';
    END IF;
    -- of two openings at once the second waits here and then finds the first
    office := organisation.office_of(NEW.consumer_unit_id);
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.product_id::text || office::text, 4711));
    -- one after the other, each opened and ended again, would be an access without end; no other department of the office,
    -- whose rows this one may not see, opens it anew either
    PERFORM set_config('app.system', 'on', true);
    SELECT e.confirmed_at IS NOT NULL AND (a.valid_until <= now() OR a.state IN ('REVOKED','TERMINATED')) INTO over
      FROM agreements.emergency_access e LEFT JOIN agreements.agreement a ON a.id = e.agreement_id
     WHERE e.product_id = NEW.product_id AND organisation.office_of(e.consumer_unit_id) = office AND e.dropped_at IS NULL
       AND e.finding IS NULL AND (e.confirmed_at IS NOT NULL OR e.lapses_at > now())
     ORDER BY 1 LIMIT 1;
    other := FOUND;
    PERFORM set_config('app.system', coalesce(before, ''), true);
    IF other AND over THEN
      RAISE EXCEPTION 'the emergency access of before is not reviewed yet' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'emergency_unreviewed';
    ELSIF other THEN
      RAISE EXCEPTION 'one emergency access at a time' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'emergency_at_once';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.consumer_unit_id, NEW.provider_unit_id, NEW.product_id, NEW.product_version_id, NEW.danger, NEW.reason,
      NEW.case_number, NEW.fields, NEW.rows, NEW.form, NEW.opened_by, NEW.opened_at, NEW.lapses_at) IS DISTINCT FROM
     (OLD.id, OLD.consumer_unit_id, OLD.provider_unit_id, OLD.product_id, OLD.product_version_id, OLD.danger, OLD.reason,
      OLD.case_number, OLD.fields, OLD.rows, OLD.form, OLD.opened_by, OLD.opened_at, OLD.lapses_at)
     OR (OLD.dropped_at IS NOT NULL)
     OR (OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_by, NEW.confirmed_at, NEW.request_id, NEW.agreement_id)
           IS DISTINCT FROM (OLD.confirmed_by, OLD.confirmed_at, OLD.request_id, OLD.agreement_id))
     OR (OLD.opinion IS NOT NULL AND (NEW.opinion, NEW.opinion_text, NEW.opinion_by, NEW.opinion_at)
           IS DISTINCT FROM (OLD.opinion, OLD.opinion_text, OLD.opinion_by, OLD.opinion_at))
     OR OLD.finding IS NOT NULL THEN
    RAISE EXCEPTION 'what was done in an emergency is not done again and not changed' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL AND OLD.lapses_at <= clock_timestamp() THEN
    RAISE EXCEPTION 'the emergency access was not confirmed in time' USING ERRCODE = 'check_violation';
  END IF;
  IF (OLD.opinion IS NULL AND NEW.opinion IS NOT NULL OR NEW.finding IS NOT NULL) AND EXISTS (
       SELECT FROM agreements.agreement a WHERE a.id = NEW.agreement_id AND a.valid_until > now() AND a.state NOT IN ('REVOKED','TERMINATED')) THEN
    RAISE EXCEPTION 'an emergency access is reviewed when it is over' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_emergency BEFORE INSERT OR UPDATE ON agreements.emergency_access
  FOR EACH ROW EXECUTE FUNCTION agreements.guard_emergency();
