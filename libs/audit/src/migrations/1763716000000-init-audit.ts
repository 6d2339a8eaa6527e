import type { MigrationInterface, QueryRunner } from 'typeorm';

export class InitAudit1763716000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA audit;

      -- One log per calendar year. Locking the row of the open log makes its holder the one sealer.
      CREATE TABLE audit.log_head (
        log_id    integer PRIMARY KEY CHECK (log_id BETWEEN 2000 AND 9999),
        origin    text NOT NULL UNIQUE,
        vkey      text NOT NULL UNIQUE,
        size      bigint NOT NULL DEFAULT 0 CHECK (size >= 0),
        root      bytea NOT NULL CHECK (octet_length(root) = 32),
        note      text,
        signed_at timestamptz,
        closed    boolean NOT NULL DEFAULT false,
        CHECK ((size = 0) = (note IS NULL) AND (note IS NULL) = (signed_at IS NULL))
      );
      CREATE UNIQUE INDEX log_head_one_open ON audit.log_head (closed) WHERE NOT closed;

      -- Which event is which entry. The leaf hash is kept a second time, apart from the event it was made of:
      -- a changed event no longer fits its tile, and the checker can say which one it is.
      CREATE TABLE audit.log_leaf (
        log_id    integer NOT NULL REFERENCES audit.log_head,
        log_index bigint NOT NULL CHECK (log_index >= 0),
        event_id  uuid NOT NULL UNIQUE REFERENCES kernel.audit_event,
        leaf_hash bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
        PRIMARY KEY (log_id, log_index)
      );

      -- Full tiles only; unfinished ones are sliced from rows when asked for. \`root\` is the tile's hash one level up.
      CREATE TABLE audit.log_tile (
        log_id integer NOT NULL REFERENCES audit.log_head,
        level  smallint NOT NULL CHECK (level BETWEEN 0 AND 6),
        n      bigint NOT NULL CHECK (n >= 0),
        hashes bytea NOT NULL CHECK (octet_length(hashes) = 8192),
        root   bytea NOT NULL CHECK (octet_length(root) = 32),
        PRIMARY KEY (log_id, level, n)
      );

      -- Every checkpoint ever signed. The key is the promise: one size has one root, for ever.
      CREATE TABLE audit.log_checkpoint (
        log_id    integer NOT NULL REFERENCES audit.log_head,
        size      bigint NOT NULL CHECK (size > 0),
        root      bytea NOT NULL CHECK (octet_length(root) = 32),
        note      text NOT NULL,
        signed_at timestamptz NOT NULL,
        PRIMARY KEY (log_id, size)
      );

      GRANT USAGE ON SCHEMA audit TO datenraum_app, datenraum_read, datenraum_sealer;
      GRANT SELECT ON ALL TABLES IN SCHEMA audit TO datenraum_app, datenraum_read, datenraum_sealer;
      GRANT INSERT ON ALL TABLES IN SCHEMA audit TO datenraum_sealer;
      GRANT UPDATE (size, root, note, signed_at, closed) ON audit.log_head TO datenraum_sealer;
      -- the first entry of a year is written by the sealer itself; apps only look how far it is behind
      GRANT INSERT ON kernel.audit_event TO datenraum_sealer;
      GRANT SELECT ON kernel.audit_pending TO datenraum_app, datenraum_read;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
