import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came out when a decision was run again, and decided cases handed over as rules. */
export class ReplaysAndProposals1763709000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE requests.replay (
        id               uuid PRIMARY KEY,
        decision_id      uuid NOT NULL REFERENCES requests.decision,
        request_id       uuid NOT NULL REFERENCES requests.access_request,
        consumer_unit_id uuid NOT NULL,
        provider_unit_id uuid NOT NULL,
        same             boolean NOT NULL,
        differs          text[] NOT NULL,
        stored_sha256    text NOT NULL,
        replayed_sha256  text,
        version          int,
        person_id        uuid REFERENCES organisation.person,
        replayed_at      timestamptz NOT NULL,
        CHECK (same = (cardinality(differs) = 0))
      );
      CREATE INDEX replay_decision ON requests.replay (decision_id, replayed_at DESC);
      CREATE INDEX replay_incident ON requests.replay (replayed_at DESC) WHERE NOT same;

      CREATE TABLE requests.rule_proposal (
        id               uuid PRIMARY KEY,
        request_id       uuid NOT NULL REFERENCES requests.access_request,
        decision_id      uuid NOT NULL REFERENCES requests.decision,
        provider_unit_id uuid NOT NULL,
        rule_id          text NOT NULL,
        -- the two files, as they go into a draft: [{file, text}]
        files            jsonb NOT NULL CHECK (jsonb_typeof(files) = 'array' AND jsonb_array_length(files) = 2),
        because          text NOT NULL CHECK (length(because) BETWEEN 1 AND 2000),
        source           text NOT NULL CHECK (length(source) BETWEEN 1 AND 500),
        proposed_by      uuid NOT NULL REFERENCES organisation.person,
        proposed_at      timestamptz NOT NULL,
        state            text NOT NULL CHECK (state IN ('HANDED_OVER', 'DRAFTED', 'DECLINED')),
        version_id       uuid REFERENCES rulebook.ruleset_version,
        handled_by       uuid REFERENCES organisation.person,
        handled_at       timestamptz,
        answer           text CHECK (length(answer) BETWEEN 1 AND 5000),
        CHECK ((state = 'DRAFTED') = (version_id IS NOT NULL)),
        CHECK ((state = 'DECLINED') = (answer IS NOT NULL)),
        CHECK ((state = 'HANDED_OVER') = (handled_by IS NULL AND handled_at IS NULL))
      );
      CREATE UNIQUE INDEX one_open_proposal ON requests.rule_proposal (request_id) WHERE state <> 'DECLINED';

      CREATE FUNCTION requests.keep_replay() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'what came out of a replay never changes' USING ERRCODE = 'restrict_violation'; END $$;
      CREATE TRIGGER keep_replay BEFORE UPDATE OR DELETE OR TRUNCATE ON requests.replay EXECUTE FUNCTION requests.keep_replay();
      CREATE FUNCTION requests.keep_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' OR OLD.state <> 'HANDED_OVER'
             OR (NEW.id, NEW.request_id, NEW.decision_id, NEW.provider_unit_id, NEW.rule_id, NEW.files, NEW.because, NEW.source, NEW.proposed_by, NEW.proposed_at)
             IS DISTINCT FROM (OLD.id, OLD.request_id, OLD.decision_id, OLD.provider_unit_id, OLD.rule_id, OLD.files, OLD.because, OLD.source, OLD.proposed_by, OLD.proposed_at) THEN
            RAISE EXCEPTION 'a proposal is answered once and never changes' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER keep_proposal BEFORE UPDATE OR DELETE ON requests.rule_proposal FOR EACH ROW EXECUTE FUNCTION requests.keep_proposal();

      ALTER TABLE requests.replay ENABLE ROW LEVEL SECURITY;
      ALTER TABLE requests.replay FORCE ROW LEVEL SECURITY;
      CREATE POLICY both_sides ON requests.replay
        USING (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id))
        WITH CHECK (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id));
      ALTER TABLE requests.rule_proposal ENABLE ROW LEVEL SECURITY;
      ALTER TABLE requests.rule_proposal FORCE ROW LEVEL SECURITY;
      -- the asking side learns of a rule when it is discussed, not before
      CREATE POLICY giving_side ON requests.rule_proposal USING (kernel.reaches(provider_unit_id)) WITH CHECK (kernel.reaches(provider_unit_id));

      GRANT SELECT, INSERT ON requests.replay, requests.rule_proposal TO datenraum_app;
      GRANT UPDATE (state, version_id, handled_by, handled_at, answer) ON requests.rule_proposal TO datenraum_app;
      GRANT SELECT ON requests.replay, requests.rule_proposal TO datenraum_read;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
