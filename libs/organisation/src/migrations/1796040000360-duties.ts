import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Duties of the units by name. Of a stored form that names none nobody knows which duty was meant: it counts as another one. */
export class Duties1796040000360 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE organisation.duty (
        id uuid PRIMARY KEY,
        code text NOT NULL CHECK (code ~ '^[A-Z][A-Z0-9_]{1,59}$'),
        name text NOT NULL CHECK (length(name) BETWEEN 5 AND 200),
        norm text CHECK (length(norm) BETWEEN 1 AND 300),
        unit_id uuid NOT NULL REFERENCES organisation.unit,
        valid_from timestamptz NOT NULL,
        valid_to timestamptz,
        registered_by uuid REFERENCES organisation.person,
        ended_by uuid REFERENCES organisation.person,
        CONSTRAINT duty_code UNIQUE (code),
        CHECK (valid_to >= valid_from)
      );
      CREATE INDEX ON organisation.duty (unit_id);
      GRANT SELECT, INSERT ON organisation.duty TO datenraum_app;
      GRANT UPDATE (valid_to, ended_by) ON organisation.duty TO datenraum_app;
      GRANT SELECT ON organisation.duty TO datenraum_read;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
