import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was adopted and is not yet in force can be taken back by as many offices as adopted it. The version before it
 * then lasts as long as the recalled one would have; nothing else is ever prolonged.
 */
export class RecallRuleset1763705000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      INSERT INTO rulebook.allowed_move VALUES ('ADOPTED', 'RECALLED');
      ALTER TABLE rulebook.ruleset_version
        DROP CONSTRAINT ruleset_version_state_check,
        ADD CONSTRAINT ruleset_version_state_check CHECK (state IN ('DRAFT', 'CONSULTATION', 'VOTE', 'ADOPTED', 'RECALLED', 'REFUSED', 'WITHDRAWN')),
        -- the day it would have begun
        ADD COLUMN recalled_from timestamptz,
        ADD COLUMN recalled_at timestamptz,
        ADD COLUMN recall_number text CHECK (recall_number ~ '\\S'),
        ADD CONSTRAINT recalled_under_a_number CHECK ((state = 'RECALLED') = (recalled_from IS NOT NULL AND recalled_at IS NOT NULL AND recall_number IS NOT NULL)),
        ADD CONSTRAINT recalled_before_it_begins CHECK (recalled_at < recalled_from);

      CREATE TABLE rulebook.recall (
        version_id uuid NOT NULL REFERENCES rulebook.ruleset_version,
        unit_id uuid NOT NULL REFERENCES organisation.unit,
        person_id uuid NOT NULL REFERENCES organisation.person,
        principal_person_id uuid REFERENCES organisation.person,
        appointment_id uuid NOT NULL REFERENCES organisation.appointment,
        reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 10000),
        decision_number text NOT NULL CHECK (decision_number ~ '\\S'),
        cast_at timestamptz NOT NULL,
        PRIMARY KEY (version_id, unit_id),
        UNIQUE (version_id, person_id)
      );
      CREATE FUNCTION rulebook.fair_recall() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        adopted rulebook.ruleset_version;
      BEGIN
        SELECT * INTO adopted FROM rulebook.ruleset_version WHERE id = NEW.version_id FOR UPDATE;
        IF adopted.state <> 'ADOPTED' OR adopted.in_force_from <= now() THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'recall_in_time', MESSAGE = 'only what is adopted and not yet in force is recalled';
        END IF;
        IF NOT EXISTS (SELECT FROM organisation.appointment a WHERE a.id = NEW.appointment_id AND a.role = 'SK_MITGLIED'
             AND a.unit_id = NEW.unit_id AND a.person_id = NEW.person_id AND a.state = 'IN_FORCE'
             AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to)) THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'recall_of_an_office', MESSAGE = 'only a member of the steering group recalls, for the own office';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER fair_recall BEFORE INSERT ON rulebook.recall FOR EACH ROW EXECUTE FUNCTION rulebook.fair_recall();
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rulebook.recall EXECUTE FUNCTION rulebook.append_only();

      CREATE OR REPLACE FUNCTION rulebook.keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
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
           AND NOT (OLD.in_force_until > now() AND EXISTS (SELECT FROM rulebook.ruleset_version r WHERE r.state = 'RECALLED' AND r.recalled_from = OLD.in_force_until))
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

      GRANT SELECT, INSERT ON rulebook.recall TO datenraum_app;
      GRANT SELECT ON rulebook.recall TO datenraum_read;
      GRANT UPDATE (recalled_from, recalled_at, recall_number) ON rulebook.ruleset_version TO datenraum_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
