import type { MigrationInterface, QueryRunner } from 'typeorm';

export class InitPortal1763718000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA portal;
      CREATE TABLE portal.session (
        id_hash bytea PRIMARY KEY CHECK (octet_length(id_hash) = 32),
        sealed bytea,
        subject text,
        provider_session text,
        ended boolean NOT NULL DEFAULT false,
        expires_at timestamptz NOT NULL,
        CHECK (NOT ended OR sealed IS NULL)
      );
      CREATE INDEX session_subject ON portal.session (subject);
      CREATE INDEX session_provider ON portal.session (provider_session);
      CREATE INDEX session_expires ON portal.session (expires_at);
      COMMENT ON TABLE portal.session IS
        'Sessions of browsers. A hash stands for the id and the content is sealed with the session secret, so a copy of this table signs nobody in.';
      GRANT USAGE ON SCHEMA portal TO datenraum_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON portal.session TO datenraum_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA portal CASCADE');
  }
}
