-- What came out of a replay never changes.
CREATE OR REPLACE FUNCTION requests.guard_replay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what came out of a replay never changes' USING ERRCODE = 'restrict_violation'; END
$$;

CREATE OR REPLACE TRIGGER guard_replay BEFORE UPDATE OR DELETE OR TRUNCATE ON requests.replay
  FOR EACH STATEMENT EXECUTE FUNCTION requests.guard_replay();
