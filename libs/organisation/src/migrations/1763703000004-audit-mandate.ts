import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The register of audit orders. Two people, one of them not of the Revisionsamt; six months at most (R-AUD-01). */
export class AuditMandate1763703000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE organisation.audit_mandate (
        id            uuid PRIMARY KEY,
        reference     text NOT NULL CHECK (length(reference) BETWEEN 1 AND 200),
        basis         text NOT NULL CHECK (basis IN ('HGO_130_2','HGO_131_1','HGO_131_2')),
        subject       text NOT NULL CHECK (length(subject) BETWEEN 10 AND 2000),
        whole_city    boolean NOT NULL,
        valid_from    timestamptz NOT NULL,
        valid_until   timestamptz NOT NULL,
        registered_by uuid NOT NULL REFERENCES organisation.person,
        registered_at timestamptz NOT NULL,
        confirmed_by  uuid REFERENCES organisation.person,
        confirmed_at  timestamptz,
        ended_by      uuid REFERENCES organisation.person,
        ended_at      timestamptz,
        CHECK (valid_until > valid_from),
        CONSTRAINT mandate_period CHECK (valid_until <= valid_from + interval '6 months'),
        CHECK (num_nonnulls(confirmed_by, confirmed_at) IN (0, 2)),
        CHECK (num_nonnulls(ended_by, ended_at) IN (0, 2)),
        -- four eyes, by person
        CONSTRAINT mandate_two_persons CHECK (confirmed_by <> registered_by)
      );
      CREATE TABLE organisation.audit_mandate_unit (
        mandate_id uuid NOT NULL REFERENCES organisation.audit_mandate,
        unit_id    uuid NOT NULL REFERENCES organisation.unit,
        PRIMARY KEY (mandate_id, unit_id)
      );

      CREATE FUNCTION organisation.guard_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'INSERT' THEN
            IF num_nonnulls(NEW.confirmed_at, NEW.ended_at) > 0 THEN
              RAISE EXCEPTION 'a mandate begins unconfirmed' USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_fixed';
            END IF;
            RETURN NEW;
          END IF;
          IF (NEW.id, NEW.reference, NEW.basis, NEW.subject, NEW.whole_city, NEW.valid_from, NEW.valid_until, NEW.registered_by, NEW.registered_at)
             IS DISTINCT FROM
             (OLD.id, OLD.reference, OLD.basis, OLD.subject, OLD.whole_city, OLD.valid_from, OLD.valid_until, OLD.registered_by, OLD.registered_at)
             OR OLD.ended_at IS NOT NULL
             OR (OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_by, NEW.confirmed_at) IS DISTINCT FROM (OLD.confirmed_by, OLD.confirmed_at)) THEN
            RAISE EXCEPTION 'a mandate is not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_fixed';
          END IF;
          IF OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL THEN
            IF EXISTS (SELECT FROM organisation.appointment a WHERE a.person_id = NEW.confirmed_by AND a.role = 'REVISION' AND a.state = 'IN_FORCE') THEN
              RAISE EXCEPTION 'nobody of the audit office confirms its mandate' USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_own_house';
            END IF;
            IF NEW.whole_city = EXISTS (SELECT FROM organisation.audit_mandate_unit u WHERE u.mandate_id = NEW.id) THEN
              RAISE EXCEPTION 'a mandate is for the whole city or for units' USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_scope';
            END IF;
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER guard_mandate BEFORE INSERT OR UPDATE ON organisation.audit_mandate
        FOR EACH ROW EXECUTE FUNCTION organisation.guard_mandate();

      -- units are named before the confirmation and never after it
      CREATE FUNCTION organisation.guard_mandate_unit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP <> 'INSERT' OR EXISTS (SELECT FROM organisation.audit_mandate m WHERE m.id = NEW.mandate_id AND m.confirmed_at IS NOT NULL) THEN
            RAISE EXCEPTION 'the units of a mandate are not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_fixed';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER guard_mandate_unit BEFORE INSERT OR UPDATE OR DELETE ON organisation.audit_mandate_unit
        FOR EACH ROW EXECUTE FUNCTION organisation.guard_mandate_unit();

      GRANT SELECT ON organisation.audit_mandate, organisation.audit_mandate_unit TO datenraum_app, datenraum_read;
      GRANT INSERT ON organisation.audit_mandate, organisation.audit_mandate_unit TO datenraum_app;
      GRANT UPDATE (confirmed_by, confirmed_at, ended_by, ended_at) ON organisation.audit_mandate TO datenraum_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
