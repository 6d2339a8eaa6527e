-- Forms, decisions, questions, handovers and what a request rests on are added to and never changed.
CREATE OR REPLACE FUNCTION requests.append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'check_violation'; END
$$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON requests.decision
  FOR EACH ROW EXECUTE FUNCTION requests.append_only();

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON requests.form_revision
  FOR EACH ROW EXECUTE FUNCTION requests.append_only();

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON requests.handover
  FOR EACH ROW EXECUTE FUNCTION requests.append_only();

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON requests.question
  FOR EACH ROW EXECUTE FUNCTION requests.append_only();

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON requests.request_evidence
  FOR EACH ROW EXECUTE FUNCTION requests.append_only();

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON requests.evidence_opening
  FOR EACH ROW EXECUTE FUNCTION requests.append_only();
