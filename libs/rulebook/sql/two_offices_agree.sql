-- Two offices of now agree to an adoption and to a recall.
CREATE OR REPLACE FUNCTION rulebook.two_offices_agree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'VOTE' AND NEW.state = 'ADOPTED'
      AND (SELECT count(*) FROM rulebook.votes_per_office(NEW.id) v WHERE v.vote = 'YES') < 2 THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'two_offices_agree', MESSAGE = 'two offices of now have to agree to a ruleset';
  END IF;
  IF OLD.state = 'ADOPTED' AND NEW.state = 'RECALLED'
      AND (SELECT count(DISTINCT organisation.office_of(unit_id)) FROM rulebook.recall WHERE version_id = NEW.id) < 2 THEN
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'two_offices_recall', MESSAGE = 'two offices of now have to agree to a recall';
  END IF;
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER two_offices_agree BEFORE UPDATE ON law.version
  FOR EACH ROW EXECUTE FUNCTION rulebook.two_offices_agree();
