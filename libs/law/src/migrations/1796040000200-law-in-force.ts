import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The versions of the law book move to the stage that knows which one is in force, and what the database knows of roles
 * becomes part of a version: copies that followed a file at every start go. The rows of versions that are in force come
 * with the next installation of the law book, which follows the migrations.
 */
export class LawInForce1796040000200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE SCHEMA law;
      GRANT USAGE ON SCHEMA law TO datenraum_app, datenraum_read;
      ALTER TABLE rulebook.ruleset_version SET SCHEMA law;
      ALTER TABLE law.ruleset_version RENAME TO version;

      DROP TABLE organisation.accountability, organisation.role_conflict;
      DROP TRIGGER IF EXISTS guard_roles ON organisation.role;
      DROP FUNCTION IF EXISTS organisation.guard_roles;
      -- every role that a version ever described; appointments name it, whatever the law says later
      ALTER TABLE organisation.role DROP COLUMN delegable;
      ALTER TABLE organisation.role SET SCHEMA law;
      REVOKE UPDATE ON law.role FROM datenraum_app;

      CREATE TABLE law.version_role (
        version_id uuid NOT NULL REFERENCES law.version,
        code text NOT NULL REFERENCES law.role,
        delegable boolean NOT NULL,
        PRIMARY KEY (version_id, code)
      );
      CREATE TABLE law.version_accountability (
        version_id uuid NOT NULL,
        unit_kind text NOT NULL,
        role text NOT NULL,
        PRIMARY KEY (version_id, unit_kind),
        FOREIGN KEY (version_id, role) REFERENCES law.version_role
      );
      CREATE TABLE law.version_conflict (
        version_id uuid NOT NULL,
        role text NOT NULL,
        other text NOT NULL,
        reach text NOT NULL CHECK (reach IN ('ANYWHERE', 'UNIT')),
        PRIMARY KEY (version_id, role, other),
        FOREIGN KEY (version_id, role) REFERENCES law.version_role,
        FOREIGN KEY (version_id, other) REFERENCES law.version_role
      );
      GRANT SELECT, INSERT ON law.version_role, law.version_accountability, law.version_conflict TO datenraum_app;
      GRANT SELECT ON law.version_role, law.version_accountability, law.version_conflict TO datenraum_read;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
