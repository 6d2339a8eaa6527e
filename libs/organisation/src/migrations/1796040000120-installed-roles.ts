import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The roles of `roles.yaml`, and which of them answers for the products of which kind of unit. Their rows come with the
 * installation of the roles, which follows the migrations; here only the codes that other tables name already.
 */
export class InstalledRoles1796040000120 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE organisation.role (
        code text PRIMARY KEY CHECK (code ~ '^[A-Z][A-Z_]{1,39}$'),
        delegable boolean NOT NULL DEFAULT false
      );
      CREATE TABLE organisation.accountability (
        unit_kind text PRIMARY KEY,
        role text NOT NULL REFERENCES organisation.role
      );
      INSERT INTO organisation.role (code)
        SELECT role FROM organisation.appointment
        UNION SELECT role FROM organisation.role_conflict UNION SELECT other FROM organisation.role_conflict;
      ALTER TABLE organisation.appointment
        ADD CONSTRAINT appointment_role_fkey FOREIGN KEY (role) REFERENCES organisation.role;
      ALTER TABLE organisation.role_conflict
        ADD CONSTRAINT role_conflict_role_fkey FOREIGN KEY (role) REFERENCES organisation.role,
        ADD CONSTRAINT role_conflict_other_fkey FOREIGN KEY (other) REFERENCES organisation.role;
      GRANT SELECT ON organisation.role, organisation.accountability TO datenraum_app, datenraum_read;
      GRANT INSERT, UPDATE ON organisation.role, organisation.accountability TO datenraum_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE organisation.role_conflict DROP CONSTRAINT role_conflict_role_fkey, DROP CONSTRAINT role_conflict_other_fkey;
      ALTER TABLE organisation.appointment DROP CONSTRAINT appointment_role_fkey;
      DROP TABLE organisation.accountability, organisation.role;
      DROP FUNCTION IF EXISTS organisation.guard_roles;
    `);
  }
}
