-- What was said, voted and built is added to and never changed.
CREATE OR REPLACE FUNCTION rulebook.append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END
$$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rulebook.capability
  FOR EACH STATEMENT EXECUTE FUNCTION rulebook.append_only();

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rulebook.comment
  FOR EACH STATEMENT EXECUTE FUNCTION rulebook.append_only();

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rulebook.recall
  FOR EACH STATEMENT EXECUTE FUNCTION rulebook.append_only();

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rulebook.vote
  FOR EACH STATEMENT EXECUTE FUNCTION rulebook.append_only();
