import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was proved of a text, by its hash: whoever writes the same text again need not prove it again. A row without
 * `failure` was finished; `holds`: every principle does. Nothing is proved of texts of before, the law in force included.
 */
export class Proofs1796050000200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE rulebook.proof (
        id uuid PRIMARY KEY,
        law_hash text NOT NULL,
        -- the law in force, which was compared with; null: this is the one
        against_hash text,
        -- hash of the code that decides and proves
        program text NOT NULL,
        proved_at timestamptz NOT NULL,
        failure text CHECK (failure ~ '\\S'),
        holds boolean NOT NULL,
        principles_hash text,
        proof_hash text,
        report jsonb,
        CHECK ((failure IS NULL) = (report IS NOT NULL AND principles_hash IS NOT NULL AND proof_hash IS NOT NULL)),
        CHECK (failure IS NULL OR NOT holds)
      );
      CREATE INDEX ON rulebook.proof (law_hash, proved_at);
      CREATE TABLE rulebook.proof_request (
        id uuid PRIMARY KEY,
        version_id uuid NOT NULL REFERENCES law.version,
        person_id uuid NOT NULL REFERENCES organisation.person,
        asked_at timestamptz NOT NULL
      );
      CREATE INDEX ON rulebook.proof_request (version_id);
      GRANT SELECT, INSERT ON rulebook.proof, rulebook.proof_request TO datenraum_app;
      GRANT SELECT ON rulebook.proof, rulebook.proof_request TO datenraum_read;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE rulebook.proof_request; DROP TABLE rulebook.proof');
  }
}
