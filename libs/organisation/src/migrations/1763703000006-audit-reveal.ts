import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Naming the person behind an entry of the log: three people, a reason from the list, seven days (R-AUD-02). */
export class AuditReveal1763703000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE organisation.audit_reveal (
        id          uuid PRIMARY KEY,
        event_id    uuid NOT NULL REFERENCES kernel.audit_event,
        mandate_id  uuid NOT NULL REFERENCES organisation.audit_mandate,
        reason_code text NOT NULL CHECK (reason_code IN ('DATENSCHUTZVORFALL','STRAFVERFAHREN','BETROFFENENAUSKUNFT','PRUEFAUFTRAG')),
        reason      text NOT NULL CHECK (length(reason) BETWEEN 10 AND 2000),
        asked_by    uuid NOT NULL REFERENCES organisation.person,
        asked_at    timestamptz NOT NULL,
        expires_at  timestamptz NOT NULL CHECK (expires_at <= asked_at + interval '7 days'),
        dsb_by      uuid REFERENCES organisation.person,
        dsb_at      timestamptz,
        gs_by       uuid REFERENCES organisation.person,
        gs_at       timestamptz,
        refused_by  uuid REFERENCES organisation.person,
        refused_at  timestamptz,
        CHECK (num_nonnulls(dsb_by, dsb_at) IN (0, 2)),
        CHECK (num_nonnulls(gs_by, gs_at) IN (0, 2)),
        CHECK (num_nonnulls(refused_by, refused_at) IN (0, 2)),
        -- three people
        CONSTRAINT reveal_two_persons CHECK (dsb_by <> gs_by AND asked_by <> dsb_by AND asked_by <> gs_by)
      );
      CREATE FUNCTION organisation.guard_reveal() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'INSERT' THEN
            IF num_nonnulls(NEW.dsb_at, NEW.gs_at, NEW.refused_at) > 0 THEN
              RAISE EXCEPTION 'a reveal begins without consent' USING ERRCODE = 'check_violation', CONSTRAINT = 'reveal_fixed';
            END IF;
            RETURN NEW;
          END IF;
          IF (NEW.id, NEW.event_id, NEW.mandate_id, NEW.reason_code, NEW.reason, NEW.asked_by, NEW.asked_at, NEW.expires_at)
             IS DISTINCT FROM (OLD.id, OLD.event_id, OLD.mandate_id, OLD.reason_code, OLD.reason, OLD.asked_by, OLD.asked_at, OLD.expires_at)
             OR OLD.refused_at IS NOT NULL OR OLD.expires_at <= clock_timestamp()
             OR (OLD.dsb_at IS NOT NULL AND (NEW.dsb_by, NEW.dsb_at) IS DISTINCT FROM (OLD.dsb_by, OLD.dsb_at))
             OR (OLD.gs_at IS NOT NULL AND (NEW.gs_by, NEW.gs_at) IS DISTINCT FROM (OLD.gs_by, OLD.gs_at)) THEN
            RAISE EXCEPTION 'a reveal is not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'reveal_fixed';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER guard_reveal BEFORE INSERT OR UPDATE ON organisation.audit_reveal
        FOR EACH ROW EXECUTE FUNCTION organisation.guard_reveal();
      GRANT SELECT ON organisation.audit_reveal TO datenraum_app, datenraum_read;
      GRANT INSERT ON organisation.audit_reveal TO datenraum_app;
      GRANT UPDATE (dsb_by, dsb_at, gs_by, gs_at, refused_by, refused_at) ON organisation.audit_reveal TO datenraum_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
