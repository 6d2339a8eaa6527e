import type { MigrationInterface, QueryRunner } from 'typeorm';

export class InitAgreements1763711000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA agreements;

      -- The same moves as in agreement.states.ts; a test compares the two.
      CREATE TABLE agreements.allowed_move (from_state text NOT NULL, to_state text NOT NULL, PRIMARY KEY (from_state, to_state));
      INSERT INTO agreements.allowed_move VALUES
        ('OFFERED','ACTIVE'), ('OFFERED','REVOKED'), ('OFFERED','TERMINATED'),
        ('ACTIVE','SUSPENDED'), ('ACTIVE','REVOKED'), ('ACTIVE','TERMINATED'),
        ('SUSPENDED','ACTIVE'), ('SUSPENDED','REVOKED'), ('SUSPENDED','TERMINATED');

      CREATE TABLE agreements.agreement (
        id                     uuid PRIMARY KEY,
        -- one agreement per request: a second event of the same request finds it and does nothing
        request_id             uuid NOT NULL UNIQUE REFERENCES requests.access_request,
        number                 text NOT NULL UNIQUE,
        state                  text NOT NULL CHECK (state IN ('OFFERED','ACTIVE','SUSPENDED','REVOKED','TERMINATED')),
        revision               integer NOT NULL CHECK (revision >= 1),
        consumer_unit_id       uuid NOT NULL,
        provider_unit_id       uuid NOT NULL,
        product_id             uuid NOT NULL,
        product_version_id     uuid NOT NULL,
        instrument             text NOT NULL CHECK (instrument IN ('VERMERK','INTERNE_VEREINBARUNG','AVV','JCA','DUV')),
        -- the provider's word: the standing offer of the product, or the approval of its owner
        consent                text NOT NULL CHECK (consent IN ('STANDING_OFFER','APPROVAL')),
        terms                  jsonb NOT NULL,
        terms_text             text NOT NULL,
        terms_sha256           text NOT NULL CHECK (terms_sha256 = encode(sha256(convert_to(terms_text, 'UTF8')), 'hex')),
        ruleset_hash           text NOT NULL,
        decision_id            uuid NOT NULL REFERENCES requests.decision,
        -- half-open: valid_from <= now < valid_until
        valid_from             timestamptz NOT NULL,
        valid_until            timestamptz NOT NULL,
        activation_decision_id uuid REFERENCES requests.decision,
        confirmed_by_person_id uuid REFERENCES organisation.person,
        confirmed_at           timestamptz,
        ended_by_person_id     uuid REFERENCES organisation.person,
        ended_at               timestamptz,
        end_reason             text CHECK (length(end_reason) <= 5000),
        created_at             timestamptz NOT NULL,
        changed_at             timestamptz NOT NULL,
        FOREIGN KEY (product_id, product_version_id) REFERENCES catalogue.product_version (product_id, id),
        CHECK (valid_from < valid_until),
        CHECK (state NOT IN ('ACTIVE','SUSPENDED') OR (confirmed_by_person_id IS NOT NULL AND confirmed_at IS NOT NULL AND activation_decision_id IS NOT NULL)),
        CHECK ((state IN ('REVOKED','TERMINATED')) = (ended_at IS NOT NULL)),
        CHECK (state <> 'REVOKED' OR (ended_by_person_id IS NOT NULL AND length(end_reason) > 0))
      );
      CREATE INDEX agreement_consumer ON agreements.agreement (consumer_unit_id, created_at DESC);
      CREATE INDEX agreement_provider ON agreements.agreement (provider_unit_id, created_at DESC);
      CREATE INDEX agreement_product ON agreements.agreement (product_id);

      CREATE FUNCTION agreements.guard_move() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'INSERT' THEN
            IF NEW.state <> 'OFFERED' OR NEW.revision <> 1 THEN
              RAISE EXCEPTION 'an agreement begins as OFFERED with revision 1' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
          END IF;
          IF (NEW.id, NEW.request_id, NEW.number, NEW.consumer_unit_id, NEW.provider_unit_id, NEW.product_id, NEW.product_version_id,
              NEW.instrument, NEW.consent, NEW.terms, NEW.terms_text, NEW.terms_sha256, NEW.ruleset_hash, NEW.decision_id,
              NEW.valid_from, NEW.valid_until, NEW.created_at) IS DISTINCT FROM
             (OLD.id, OLD.request_id, OLD.number, OLD.consumer_unit_id, OLD.provider_unit_id, OLD.product_id, OLD.product_version_id,
              OLD.instrument, OLD.consent, OLD.terms, OLD.terms_text, OLD.terms_sha256, OLD.ruleset_hash, OLD.decision_id,
              OLD.valid_from, OLD.valid_until, OLD.created_at) THEN
            RAISE EXCEPTION 'the terms of an agreement are frozen' USING ERRCODE = 'check_violation';
          END IF;
          IF NEW.revision <> OLD.revision + 1
             OR NOT EXISTS (SELECT FROM agreements.allowed_move WHERE from_state = OLD.state AND to_state = NEW.state) THEN
            RAISE EXCEPTION 'an agreement does not move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
          END IF;
          IF NEW.state = 'ACTIVE' AND OLD.valid_until <= now() THEN
            RAISE EXCEPTION 'an agreement whose time is over does not come alive' USING ERRCODE = 'check_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER guard_move BEFORE INSERT OR UPDATE ON agreements.agreement FOR EACH ROW EXECUTE FUNCTION agreements.guard_move();

      ALTER TABLE agreements.agreement ENABLE ROW LEVEL SECURITY;
      ALTER TABLE agreements.agreement FORCE ROW LEVEL SECURITY;
      CREATE POLICY both_sides ON agreements.agreement
        USING (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id))
        WITH CHECK (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id));

      GRANT USAGE ON SCHEMA agreements TO datenraum_app, datenraum_read;
      GRANT SELECT ON ALL TABLES IN SCHEMA agreements TO datenraum_app, datenraum_read;
      GRANT INSERT ON agreements.agreement TO datenraum_app;
      GRANT UPDATE (state, revision, activation_decision_id, confirmed_by_person_id, confirmed_at, ended_by_person_id, ended_at,
                    end_reason, changed_at) ON agreements.agreement TO datenraum_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
