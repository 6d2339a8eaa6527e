-- A text changes as a draft only; it moves as `allowed_move` says, comes into force and ends by a decision, and never
-- in the past.
CREATE OR REPLACE FUNCTION rulebook.guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  recalled boolean := OLD.state = 'ADOPTED' AND NEW.state = 'RECALLED';
BEGIN
  IF (NEW.id, NEW.version, NEW.origin, NEW.imported_at, NEW.based_on) IS DISTINCT FROM (OLD.id, OLD.version, OLD.origin, OLD.imported_at, OLD.based_on)
     OR ((NEW.hash, NEW.sources, NEW.title, NEW.reason) IS DISTINCT FROM (OLD.hash, OLD.sources, OLD.title, OLD.reason)
         AND NOT (OLD.state = 'DRAFT' AND NEW.state = 'DRAFT')) THEN
    RAISE EXCEPTION 'a ruleset version never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND NOT EXISTS (SELECT FROM rulebook.allowed_move WHERE from_state = OLD.state AND to_state = NEW.state)
     AND NOT (OLD.state = 'DRAFT' AND NEW.state = 'ADOPTED' AND OLD.origin = 'SETUP') THEN
    RAISE EXCEPTION 'a ruleset version can not go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.proposed_by IS NOT NULL AND NEW.proposed_by IS DISTINCT FROM OLD.proposed_by THEN
    RAISE EXCEPTION 'who proposed a ruleset never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state IN ('ADOPTED', 'RECALLED') AND (NEW.decision_number, NEW.activated_by, NEW.activated_at) IS DISTINCT FROM (OLD.decision_number, OLD.activated_by, OLD.activated_at)
     OR (OLD.state = 'ADOPTED' AND NOT recalled AND NEW.in_force_from IS DISTINCT FROM OLD.in_force_from)
     OR (OLD.state = 'RECALLED' AND (NEW.recalled_from, NEW.recalled_at, NEW.recall_number) IS DISTINCT FROM (OLD.recalled_from, OLD.recalled_at, OLD.recall_number)) THEN
    RAISE EXCEPTION 'when and by which decision a ruleset came into force never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  IF recalled THEN
    IF OLD.in_force_from <= now() OR NEW.recalled_from IS DISTINCT FROM OLD.in_force_from THEN
      RAISE EXCEPTION 'only what is not yet in force is recalled' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (SELECT count(*) FROM rulebook.recall WHERE version_id = NEW.id) < 2 THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'two_offices_recall', MESSAGE = 'two offices have to agree to a recall';
    END IF;
  ELSIF NEW.in_force_until IS DISTINCT FROM OLD.in_force_until
     -- what ended for a version that was recalled does not end there
     AND NOT (OLD.in_force_until > now() AND EXISTS (SELECT FROM law.version r WHERE r.state = 'RECALLED' AND r.recalled_from = OLD.in_force_until))
     AND (NEW.in_force_until IS NULL OR NEW.in_force_until < date_trunc('milliseconds', now()) OR NEW.in_force_until > OLD.in_force_until) THEN
    RAISE EXCEPTION 'a ruleset ends later than now and is never prolonged' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.announced AND NOT NEW.announced THEN
    RAISE EXCEPTION 'what was announced stays announced' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'ADOPTED' AND OLD.state <> 'ADOPTED' THEN
    IF NEW.in_force_from < date_trunc('milliseconds', now()) THEN
      RAISE EXCEPTION 'a ruleset never comes into force in the past' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'VOTE' AND (SELECT count(*) FROM rulebook.vote WHERE version_id = NEW.id AND vote = 'YES') < 2 THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'two_offices_agree', MESSAGE = 'two offices have to agree to a ruleset';
    END IF;
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER guard_version BEFORE UPDATE ON law.version
  FOR EACH ROW EXECUTE FUNCTION rulebook.guard_version();
