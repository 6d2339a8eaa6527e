import type { MigrationInterface, QueryRunner } from 'typeorm';

export class InitIdentity1763702000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA identity;
      CREATE TABLE identity.session (
        id_hash bytea PRIMARY KEY CHECK (octet_length(id_hash) = 32),
        sealed bytea,
        subject text,
        provider_session text,
        ended boolean NOT NULL DEFAULT false,
        expires_at timestamptz NOT NULL,
        CHECK (NOT ended OR sealed IS NULL)
      );
      CREATE INDEX session_subject ON identity.session (subject);
      CREATE INDEX session_provider ON identity.session (provider_session);
      CREATE INDEX session_expires ON identity.session (expires_at);
      COMMENT ON TABLE identity.session IS
        'Sessions of browsers. A hash stands for the id and the content is sealed with the session secret, so a copy of this table signs nobody in.';
      GRANT USAGE ON SCHEMA identity TO datenraum_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON identity.session TO datenraum_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
