import type { MigrationInterface, QueryRunner } from 'typeorm';

export class InitKernel1763701000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA kernel;

      -- One row is audit record and outbox entry. Insert only: no role but the owner can change or remove it.
      CREATE TABLE kernel.audit_event (
        event_id   uuid PRIMARY KEY,
        type       text NOT NULL,
        leaf       bytea NOT NULL CHECK (octet_length(leaf) BETWEEN 1 AND 65535),
        leaf_hash  bytea NOT NULL CHECK (leaf_hash = sha256('\\x00'::bytea || leaf)),
        facts      jsonb NOT NULL,
        actor      text NOT NULL,
        unit_id    uuid,
        position   integer NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE INDEX audit_event_time ON kernel.audit_event (created_at, position);
      CREATE INDEX audit_event_type ON kernel.audit_event (type, created_at);
      CREATE INDEX audit_event_facts ON kernel.audit_event USING gin (facts jsonb_path_ops);

      -- What the sealer has not sealed yet. Not a high-water mark: numbers are handed out before commit, so late commits would be skipped.
      CREATE TABLE kernel.audit_pending (event_id uuid PRIMARY KEY REFERENCES kernel.audit_event);

      -- What has not been handled yet. The row goes when all handlers are done; losing the whole queue loses nothing.
      CREATE TABLE kernel.relay_pending (
        event_id uuid PRIMARY KEY REFERENCES kernel.audit_event,
        attempts integer NOT NULL DEFAULT 0,
        due_at   timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX relay_pending_due ON kernel.relay_pending (due_at);

      -- Erasable clear values of an event; the leaf holds their salted commitments only.
      CREATE TABLE kernel.audit_clear (
        event_id uuid NOT NULL REFERENCES kernel.audit_event,
        field    text NOT NULL,
        value    text NOT NULL,
        salt     bytea NOT NULL CHECK (octet_length(salt) = 32),
        PRIMARY KEY (event_id, field)
      );

      CREATE TABLE kernel.processed_event (
        event_id uuid NOT NULL REFERENCES kernel.audit_event,
        handler  text NOT NULL,
        done_at  timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (event_id, handler)
      );

      CREATE TABLE kernel.idempotency (
        actor       text NOT NULL,
        key         text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
        fingerprint text NOT NULL,
        result      jsonb,
        created_at  timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (actor, key)
      );

      -- The key of a year turns person ids into pseudonyms. Apps use it through the function and can not list it.
      CREATE TABLE kernel.pseudonym_key (year integer PRIMARY KEY, key bytea NOT NULL);
      CREATE FUNCTION kernel.year_key(wanted integer) RETURNS bytea LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
        DECLARE found bytea;
        BEGIN
          SELECT key INTO found FROM kernel.pseudonym_key WHERE year = wanted;
          IF found IS NULL THEN
            INSERT INTO kernel.pseudonym_key VALUES (wanted, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')))
              ON CONFLICT DO NOTHING;
            SELECT key INTO found FROM kernel.pseudonym_key WHERE year = wanted;
          END IF;
          RETURN found;
        END $$;
      REVOKE ALL ON FUNCTION kernel.year_key FROM PUBLIC;

      -- Row-level security asks this: may the current transaction see rows of this unit? Unset context sees nothing.
      CREATE FUNCTION kernel.reaches(unit uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT coalesce(current_setting('app.system', true) = 'on', false)
            OR coalesce(current_setting('app.citywide', true) = 'on', false)
            OR coalesce(unit::text = ANY (string_to_array(current_setting('app.units', true), ',')), false)
      $$;

      GRANT USAGE ON SCHEMA kernel TO datenraum_app, datenraum_read, datenraum_sealer;
      GRANT SELECT, INSERT ON kernel.audit_event, kernel.audit_clear, kernel.processed_event TO datenraum_app;
      GRANT INSERT ON kernel.audit_pending TO datenraum_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON kernel.relay_pending TO datenraum_app;
      GRANT SELECT, INSERT, UPDATE ON kernel.idempotency TO datenraum_app;
      GRANT EXECUTE ON FUNCTION kernel.year_key, kernel.reaches TO datenraum_app;
      GRANT EXECUTE ON FUNCTION kernel.reaches TO datenraum_read;
      GRANT SELECT ON kernel.audit_event, kernel.audit_clear TO datenraum_read;
      GRANT SELECT ON kernel.audit_event TO datenraum_sealer;
      GRANT SELECT, DELETE ON kernel.audit_pending TO datenraum_sealer;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
