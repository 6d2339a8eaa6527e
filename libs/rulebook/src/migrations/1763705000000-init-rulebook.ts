import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Versions of the law book. What a version says never changes: not its text, not its hash, not its number. Only its
 * state moves, and never backwards; at most one version is in force at a time.
 */
export class InitRulebook1763705000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE SCHEMA rulebook;
      GRANT USAGE ON SCHEMA rulebook TO datenraum_app, datenraum_read;

      CREATE TABLE rulebook.ruleset_version (
        id uuid PRIMARY KEY,
        version int NOT NULL UNIQUE CHECK (version > 0),
        hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
        state text NOT NULL CHECK (state IN ('DRAFT', 'IN_FORCE', 'REPLACED', 'WITHDRAWN')),
        -- the files as they were read: [{file, text}]
        sources jsonb NOT NULL CHECK (jsonb_typeof(sources) = 'array' AND jsonb_array_length(sources) > 0),
        imported_at timestamptz NOT NULL,
        in_force_from timestamptz,
        in_force_until timestamptz,
        CHECK ((state IN ('IN_FORCE', 'REPLACED')) = (in_force_from IS NOT NULL)),
        CHECK ((state = 'REPLACED') = (in_force_until IS NOT NULL)),
        CHECK (in_force_until > in_force_from)
      );
      CREATE UNIQUE INDEX one_in_force ON rulebook.ruleset_version (state) WHERE state = 'IN_FORCE';
      CREATE UNIQUE INDEX one_draft_of_a_text ON rulebook.ruleset_version (hash) WHERE state IN ('DRAFT', 'IN_FORCE');
      CREATE INDEX ruleset_version_hash ON rulebook.ruleset_version (hash);

      CREATE FUNCTION rulebook.keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (NEW.id, NEW.version, NEW.hash, NEW.sources, NEW.imported_at) IS DISTINCT FROM (OLD.id, OLD.version, OLD.hash, OLD.sources, OLD.imported_at) THEN
          RAISE EXCEPTION 'a ruleset version never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NOT ((OLD.state, NEW.state) IN (('DRAFT', 'IN_FORCE'), ('DRAFT', 'WITHDRAWN'), ('IN_FORCE', 'REPLACED'))) THEN
          RAISE EXCEPTION 'a ruleset version can not go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
        END IF;
        IF OLD.in_force_from IS NOT NULL AND NEW.in_force_from IS DISTINCT FROM OLD.in_force_from THEN
          RAISE EXCEPTION 'when a ruleset came into force never changes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER keep_version BEFORE UPDATE ON rulebook.ruleset_version FOR EACH ROW EXECUTE FUNCTION rulebook.keep_version();

      CREATE FUNCTION rulebook.keep_all() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'a ruleset version is never deleted: decisions cite it' USING ERRCODE = 'restrict_violation';
      END $$;
      CREATE TRIGGER keep_all BEFORE DELETE OR TRUNCATE ON rulebook.ruleset_version EXECUTE FUNCTION rulebook.keep_all();

      GRANT SELECT, INSERT ON rulebook.ruleset_version TO datenraum_app;
      GRANT UPDATE (state, in_force_from, in_force_until) ON rulebook.ruleset_version TO datenraum_app;
      GRANT SELECT ON rulebook.ruleset_version TO datenraum_read;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP SCHEMA rulebook CASCADE');
  }
}
