import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Emergency access: opened by one person, confirmed by another, over after a day, reviewed by a third. */
export class EmergencyAccess1763711000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- in an emergency the provider was not asked before
      ALTER TABLE agreements.agreement DROP CONSTRAINT agreement_consent_check;
      ALTER TABLE agreements.agreement ADD CONSTRAINT agreement_consent_check CHECK (consent IN ('STANDING_OFFER','APPROVAL','EMERGENCY'));
      ALTER TABLE agreements.agreement ADD CONSTRAINT emergency_of_a_day
        CHECK (consent <> 'EMERGENCY' OR valid_until <= valid_from + interval '24 hours');

      CREATE TABLE agreements.emergency_access (
        id                 uuid PRIMARY KEY,
        consumer_unit_id   uuid NOT NULL REFERENCES organisation.unit,
        provider_unit_id   uuid NOT NULL REFERENCES organisation.unit,
        product_id         uuid NOT NULL,
        product_version_id uuid NOT NULL,
        danger             text NOT NULL CHECK (danger IN ('LEBEN','GESUNDHEIT','KATASTROPHE','SEUCHE','VERMISSTE_PERSON')),
        reason             text NOT NULL CHECK (length(reason) BETWEEN 10 AND 2000),
        case_number        text NOT NULL CHECK (length(case_number) BETWEEN 1 AND 100),
        fields             text[] NOT NULL CHECK (cardinality(fields) > 0),
        rows               jsonb,
        form               text NOT NULL CHECK (form IN ('TABLE_AGG','GEO_AGG','ROWLEVEL','DOCUMENT')),
        opened_by          uuid NOT NULL REFERENCES organisation.person,
        opened_at          timestamptz NOT NULL,
        lapses_at          timestamptz NOT NULL,
        dropped_by         uuid REFERENCES organisation.person,
        dropped_at         timestamptz,
        confirmed_by       uuid REFERENCES organisation.person,
        confirmed_at       timestamptz,
        request_id         uuid UNIQUE REFERENCES requests.access_request,
        agreement_id       uuid UNIQUE REFERENCES agreements.agreement,
        opinion            text CHECK (opinion IN ('POSITIVE','CONDITIONAL','NEGATIVE')),
        opinion_text       text CHECK (length(opinion_text) BETWEEN 3 AND 5000),
        opinion_by         uuid REFERENCES organisation.person,
        opinion_at         timestamptz,
        finding            text CHECK (finding IN ('LAWFUL','UNLAWFUL')),
        finding_text       text CHECK (length(finding_text) BETWEEN 3 AND 5000),
        finding_by         uuid REFERENCES organisation.person,
        finding_at         timestamptz,
        FOREIGN KEY (product_id, product_version_id) REFERENCES catalogue.product_version (product_id, id),
        CHECK (lapses_at > opened_at),
        CHECK (num_nonnulls(dropped_by, dropped_at) IN (0, 2)),
        CHECK (num_nonnulls(confirmed_by, confirmed_at, request_id, agreement_id) IN (0, 4)),
        CHECK (num_nonnulls(opinion, opinion_text, opinion_by, opinion_at) IN (0, 4)),
        CHECK (num_nonnulls(finding, finding_text, finding_by, finding_at) IN (0, 4)),
        CHECK (dropped_at IS NULL OR confirmed_at IS NULL),
        CHECK (opinion IS NULL OR confirmed_at IS NOT NULL),
        -- a finding rests on the opinion
        CHECK (finding IS NULL OR opinion IS NOT NULL),
        -- four eyes, by person
        CONSTRAINT two_persons CHECK (confirmed_by <> opened_by),
        CONSTRAINT own_part CHECK (opinion_by NOT IN (opened_by, confirmed_by) AND finding_by NOT IN (opened_by, confirmed_by, opinion_by))
      );
      CREATE INDEX emergency_access_consumer ON agreements.emergency_access (consumer_unit_id, product_id, opened_at DESC);
      CREATE INDEX emergency_access_provider ON agreements.emergency_access (provider_unit_id, opened_at DESC);

      CREATE FUNCTION agreements.guard_emergency() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'INSERT' THEN
            IF num_nonnulls(NEW.dropped_at, NEW.confirmed_at, NEW.opinion, NEW.finding) > 0 THEN
              RAISE EXCEPTION 'an emergency access begins unconfirmed' USING ERRCODE = 'check_violation';
            END IF;
            -- of two openings at once the second waits here and then finds the first
            PERFORM pg_advisory_xact_lock(hashtextextended(NEW.product_id::text || NEW.consumer_unit_id::text, 4711));
            IF EXISTS (SELECT FROM agreements.emergency_access e LEFT JOIN agreements.agreement a ON a.id = e.agreement_id
                        WHERE e.product_id = NEW.product_id AND e.consumer_unit_id = NEW.consumer_unit_id AND e.dropped_at IS NULL
                          AND CASE WHEN e.confirmed_at IS NULL THEN e.lapses_at > now()
                                   ELSE a.valid_until > now() AND a.state NOT IN ('REVOKED','TERMINATED') END) THEN
              RAISE EXCEPTION 'one emergency access at a time' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'emergency_at_once';
            END IF;
            RETURN NEW;
          END IF;
          IF (NEW.id, NEW.consumer_unit_id, NEW.provider_unit_id, NEW.product_id, NEW.product_version_id, NEW.danger, NEW.reason,
              NEW.case_number, NEW.fields, NEW.rows, NEW.form, NEW.opened_by, NEW.opened_at, NEW.lapses_at) IS DISTINCT FROM
             (OLD.id, OLD.consumer_unit_id, OLD.provider_unit_id, OLD.product_id, OLD.product_version_id, OLD.danger, OLD.reason,
              OLD.case_number, OLD.fields, OLD.rows, OLD.form, OLD.opened_by, OLD.opened_at, OLD.lapses_at)
             OR (OLD.dropped_at IS NOT NULL)
             OR (OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_by, NEW.confirmed_at, NEW.request_id, NEW.agreement_id)
                   IS DISTINCT FROM (OLD.confirmed_by, OLD.confirmed_at, OLD.request_id, OLD.agreement_id))
             OR (OLD.opinion IS NOT NULL AND (NEW.opinion, NEW.opinion_text, NEW.opinion_by, NEW.opinion_at)
                   IS DISTINCT FROM (OLD.opinion, OLD.opinion_text, OLD.opinion_by, OLD.opinion_at))
             OR OLD.finding IS NOT NULL THEN
            RAISE EXCEPTION 'what was done in an emergency is not done again and not changed' USING ERRCODE = 'check_violation';
          END IF;
          IF OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL AND OLD.lapses_at <= clock_timestamp() THEN
            RAISE EXCEPTION 'the emergency access was not confirmed in time' USING ERRCODE = 'check_violation';
          END IF;
          IF (OLD.opinion IS NULL AND NEW.opinion IS NOT NULL OR NEW.finding IS NOT NULL) AND EXISTS (
               SELECT FROM agreements.agreement a WHERE a.id = NEW.agreement_id AND a.valid_until > now() AND a.state NOT IN ('REVOKED','TERMINATED')) THEN
            RAISE EXCEPTION 'an emergency access is reviewed when it is over' USING ERRCODE = 'check_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER guard_emergency BEFORE INSERT OR UPDATE ON agreements.emergency_access
        FOR EACH ROW EXECUTE FUNCTION agreements.guard_emergency();

      ALTER TABLE agreements.emergency_access ENABLE ROW LEVEL SECURITY;
      ALTER TABLE agreements.emergency_access FORCE ROW LEVEL SECURITY;
      CREATE POLICY both_sides ON agreements.emergency_access
        USING (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id))
        WITH CHECK (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id));

      GRANT SELECT ON agreements.emergency_access TO datenraum_app, datenraum_read;
      GRANT INSERT ON agreements.emergency_access TO datenraum_app;
      GRANT UPDATE (dropped_by, dropped_at, confirmed_by, confirmed_at, request_id, agreement_id, opinion, opinion_text, opinion_by, opinion_at,
                    finding, finding_text, finding_by, finding_at) ON agreements.emergency_access TO datenraum_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
