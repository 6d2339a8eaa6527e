import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How a version comes into force: draft, consultation, vote, adoption from a date. Who may do it is the service's;
 * that it was done by two offices, by another person than the proposer, under a number, and never backwards is here.
 */
export class AdoptRulebook1763705000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- The same moves as in rulebook.states.ts; a test compares the two.
      CREATE TABLE rulebook.allowed_move (from_state text NOT NULL, to_state text NOT NULL, PRIMARY KEY (from_state, to_state));
      INSERT INTO rulebook.allowed_move VALUES
        ('DRAFT', 'CONSULTATION'), ('DRAFT', 'WITHDRAWN'),
        ('CONSULTATION', 'DRAFT'), ('CONSULTATION', 'VOTE'), ('CONSULTATION', 'WITHDRAWN'),
        ('VOTE', 'ADOPTED'), ('VOTE', 'REFUSED'), ('VOTE', 'WITHDRAWN');

      DROP TRIGGER keep_version ON rulebook.ruleset_version;
      DROP INDEX rulebook.one_in_force;
      DROP INDEX rulebook.one_draft_of_a_text;
      ALTER TABLE rulebook.ruleset_version
        DROP CONSTRAINT ruleset_version_state_check,
        DROP CONSTRAINT ruleset_version_check,
        DROP CONSTRAINT ruleset_version_check1,
        ADD COLUMN origin text NOT NULL DEFAULT 'FILES' CHECK (origin IN ('SETUP', 'FILES', 'PERSON')),
        ADD COLUMN title text NOT NULL DEFAULT 'Aus den Dateien der Auslieferung' CHECK (length(title) BETWEEN 1 AND 200),
        ADD COLUMN reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 10000),
        ADD COLUMN revision int NOT NULL DEFAULT 1 CHECK (revision > 0),
        ADD COLUMN based_on int,
        ADD COLUMN proposed_by uuid REFERENCES organisation.person,
        ADD COLUMN vote_until timestamptz,
        ADD COLUMN decision_number text CHECK (decision_number ~ '\\S'),
        ADD COLUMN activated_by uuid REFERENCES organisation.person,
        ADD COLUMN activated_at timestamptz,
        ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN announced boolean NOT NULL DEFAULT false;
      UPDATE rulebook.ruleset_version SET changed_at = imported_at;
      UPDATE rulebook.ruleset_version SET state = 'ADOPTED', origin = 'SETUP', announced = true WHERE state IN ('IN_FORCE', 'REPLACED');
      ALTER TABLE rulebook.ruleset_version
        ALTER COLUMN changed_at DROP DEFAULT,
        ADD CHECK (state IN ('DRAFT', 'CONSULTATION', 'VOTE', 'ADOPTED', 'REFUSED', 'WITHDRAWN')),
        ADD CONSTRAINT in_force_when_adopted CHECK ((state = 'ADOPTED') = (in_force_from IS NOT NULL)),
        ADD CONSTRAINT replaced_after_in_force CHECK (in_force_until IS NULL OR in_force_from IS NOT NULL),
        -- one law at any moment, with no moment counted twice
        ADD CONSTRAINT one_in_force EXCLUDE USING gist (tstzrange(in_force_from, in_force_until) WITH &&) WHERE (state = 'ADOPTED'),
        ADD CONSTRAINT somebody_proposes CHECK (state IN ('DRAFT', 'WITHDRAWN') OR origin = 'SETUP' OR proposed_by IS NOT NULL),
        ADD CONSTRAINT adopted_under_a_number CHECK (state <> 'ADOPTED' OR origin = 'SETUP'
          OR (decision_number IS NOT NULL AND activated_by IS NOT NULL AND activated_at IS NOT NULL)),
        -- SOD-3
        ADD CONSTRAINT proposer_is_not_activator CHECK (activated_by <> proposed_by),
        ADD CONSTRAINT vote_has_an_end CHECK (state <> 'VOTE' OR vote_until IS NOT NULL);
      CREATE UNIQUE INDEX one_draft_of_a_text ON rulebook.ruleset_version (hash) WHERE state IN ('DRAFT', 'CONSULTATION', 'VOTE');
      CREATE UNIQUE INDEX one_setup ON rulebook.ruleset_version (origin) WHERE origin = 'SETUP';

      CREATE TABLE rulebook.comment (
        id uuid PRIMARY KEY,
        version_id uuid NOT NULL REFERENCES rulebook.ruleset_version,
        hash text NOT NULL,
        person_id uuid NOT NULL REFERENCES organisation.person,
        role text NOT NULL,
        unit_id uuid NOT NULL REFERENCES organisation.unit,
        rule_id text,
        text text NOT NULL CHECK (length(text) BETWEEN 1 AND 10000),
        created_at timestamptz NOT NULL
      );
      CREATE INDEX comment_version ON rulebook.comment (version_id, created_at);

      CREATE TABLE rulebook.vote (
        version_id uuid NOT NULL REFERENCES rulebook.ruleset_version,
        unit_id uuid NOT NULL REFERENCES organisation.unit,
        person_id uuid NOT NULL REFERENCES organisation.person,
        principal_person_id uuid REFERENCES organisation.person,
        appointment_id uuid NOT NULL REFERENCES organisation.appointment,
        vote text NOT NULL CHECK (vote IN ('YES', 'NO', 'ABSTAIN')),
        cast_at timestamptz NOT NULL,
        -- one vote per office, and nobody votes twice for two offices
        PRIMARY KEY (version_id, unit_id),
        UNIQUE (version_id, person_id)
      );

      -- What the program could carry out, from when on: a law decides differently when a chain can not be carried out,
      -- so a replay needs to know. Append only; written when a release is installed.
      CREATE TABLE rulebook.capability (
        since timestamptz PRIMARY KEY,
        steps text[] NOT NULL,
        enforcers text[] NOT NULL
      );

      CREATE OR REPLACE FUNCTION rulebook.keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
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
        IF OLD.state = 'ADOPTED' AND (NEW.in_force_from, NEW.decision_number, NEW.activated_by, NEW.activated_at)
           IS DISTINCT FROM (OLD.in_force_from, OLD.decision_number, OLD.activated_by, OLD.activated_at) THEN
          RAISE EXCEPTION 'when and by which decision a ruleset came into force never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.in_force_until IS DISTINCT FROM OLD.in_force_until
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
      END $$;
      CREATE TRIGGER keep_version BEFORE UPDATE ON rulebook.ruleset_version FOR EACH ROW EXECUTE FUNCTION rulebook.keep_version();

      CREATE FUNCTION rulebook.begins_as_draft() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state <> 'DRAFT' THEN RAISE EXCEPTION 'a ruleset begins as a draft' USING ERRCODE = 'restrict_violation'; END IF;
        -- only the very first text comes into force without a vote
        IF NEW.origin = 'SETUP' AND EXISTS (SELECT FROM rulebook.ruleset_version) THEN
          RAISE EXCEPTION 'only the first ruleset is set up without a vote' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER begins_as_draft BEFORE INSERT ON rulebook.ruleset_version FOR EACH ROW EXECUTE FUNCTION rulebook.begins_as_draft();

      CREATE FUNCTION rulebook.fair_vote() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        proposal rulebook.ruleset_version;
      BEGIN
        -- waits for an adoption under way, and lets none begin until this vote is there
        SELECT * INTO proposal FROM rulebook.ruleset_version WHERE id = NEW.version_id FOR UPDATE;
        IF proposal.state <> 'VOTE' THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'vote_is_open', MESSAGE = 'there is no vote on this ruleset';
        END IF;
        IF proposal.proposed_by IN (NEW.person_id, NEW.principal_person_id) THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'proposer_does_not_vote', MESSAGE = 'who proposes does not vote';
        END IF;
        IF NOT EXISTS (SELECT FROM organisation.appointment a WHERE a.id = NEW.appointment_id AND a.role = 'SK_MITGLIED'
             AND a.unit_id = NEW.unit_id AND a.person_id = NEW.person_id AND a.state = 'IN_FORCE'
             AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to)) THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'vote_of_an_office', MESSAGE = 'only a member of the steering group votes, for the own office';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER fair_vote BEFORE INSERT ON rulebook.vote FOR EACH ROW EXECUTE FUNCTION rulebook.fair_vote();

      CREATE FUNCTION rulebook.append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rulebook.comment EXECUTE FUNCTION rulebook.append_only();
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rulebook.vote EXECUTE FUNCTION rulebook.append_only();

      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rulebook.capability EXECUTE FUNCTION rulebook.append_only();

      GRANT SELECT, INSERT ON rulebook.comment, rulebook.vote, rulebook.capability TO datenraum_app;
      GRANT SELECT ON rulebook.allowed_move TO datenraum_app;
      GRANT SELECT ON rulebook.comment, rulebook.vote, rulebook.capability, rulebook.allowed_move TO datenraum_read;
      GRANT UPDATE (state, hash, sources, title, reason, revision, proposed_by, vote_until, decision_number, activated_by, activated_at,
                    changed_at, announced, in_force_from, in_force_until) ON rulebook.ruleset_version TO datenraum_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
