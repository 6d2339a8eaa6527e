import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tickets and exchanges. What must hold even when our code is wrong stands here: one end per exchange, a credit that
 * only grows, no more bytes recorded than were released, a ticket that is used once, and rows seen by the two sides only.
 */
export class InitExchange1763712000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA exchange;

      CREATE TABLE exchange.download_ticket (
        id               uuid PRIMARY KEY,
        token_hash       bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
        agreement_id     uuid NOT NULL REFERENCES agreements.agreement (id),
        consumer_unit_id uuid NOT NULL REFERENCES organisation.unit (id),
        person_id        uuid NOT NULL REFERENCES organisation.person (id),
        format           text NOT NULL CHECK (format IN ('csv', 'ndjson', 'json', 'parquet')),
        created_at       timestamptz NOT NULL DEFAULT now(),
        expires_at       timestamptz NOT NULL CHECK (expires_at > created_at AND expires_at <= created_at + interval '60 seconds'),
        used_at          timestamptz CHECK (used_at >= created_at AND used_at < expires_at)
      );

      CREATE TABLE exchange.exchange (
        id                 uuid PRIMARY KEY,
        agreement_id       uuid NOT NULL REFERENCES agreements.agreement (id),
        agreement_revision integer NOT NULL,
        request_id         uuid NOT NULL REFERENCES requests.access_request (id),
        product_version_id uuid NOT NULL REFERENCES catalogue.product_version (id),
        consumer_unit_id   uuid NOT NULL REFERENCES organisation.unit (id),
        provider_unit_id   uuid NOT NULL REFERENCES organisation.unit (id),
        decision_id        uuid NOT NULL UNIQUE REFERENCES requests.decision (id),
        ticket_id          uuid UNIQUE REFERENCES exchange.download_ticket (id),
        format             text NOT NULL CHECK (format IN ('csv', 'ndjson', 'json', 'parquet')),
        state              text NOT NULL CHECK (state IN ('STARTED', 'COMPLETED', 'FAILED', 'INTERRUPTED', 'REVOKED')),
        reason             text,
        released_bytes     bigint NOT NULL CHECK (released_bytes >= 0),
        bytes              bigint CHECK (bytes >= 0),
        rows               bigint CHECK (rows >= 0),
        sha256             bytea CHECK (octet_length(sha256) = 32),
        lease_until        timestamptz NOT NULL,
        started_at         timestamptz NOT NULL DEFAULT now(),
        ended_at           timestamptz,
        correlation        text NOT NULL CHECK (length(correlation) BETWEEN 8 AND 64),
        CONSTRAINT served_within_credit CHECK (bytes <= released_bytes),
        CONSTRAINT one_end CHECK ((state = 'STARTED') = (ended_at IS NULL)),
        CONSTRAINT started_has_no_result CHECK (state <> 'STARTED' OR (bytes IS NULL AND rows IS NULL AND sha256 IS NULL AND reason IS NULL)),
        CONSTRAINT completed_is_exact CHECK (state <> 'COMPLETED' OR (bytes IS NOT NULL AND rows IS NOT NULL AND sha256 IS NOT NULL AND reason IS NULL)),
        CONSTRAINT stopped_has_reason CHECK (state IN ('STARTED', 'COMPLETED') OR reason IS NOT NULL)
      );
      CREATE INDEX exchange_open ON exchange.exchange (lease_until) WHERE state = 'STARTED';
      CREATE INDEX exchange_of_agreement ON exchange.exchange (agreement_id, started_at DESC);
      CREATE INDEX exchange_open_of_unit ON exchange.exchange (consumer_unit_id) WHERE state = 'STARTED';

      CREATE FUNCTION exchange.keep_record() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          IF NEW.state <> 'STARTED' THEN RAISE EXCEPTION 'an exchange begins as STARTED' USING ERRCODE = 'check_violation'; END IF;
          RETURN NEW;
        END IF;
        IF OLD.state <> 'STARTED' THEN
          RAISE EXCEPTION 'exchange % has ended as %', OLD.id, OLD.state USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.released_bytes < OLD.released_bytes THEN
          RAISE EXCEPTION 'the credit of exchange % can not shrink', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        IF (NEW.id, NEW.agreement_id, NEW.agreement_revision, NEW.request_id, NEW.product_version_id, NEW.consumer_unit_id,
            NEW.provider_unit_id, NEW.decision_id, NEW.ticket_id, NEW.format, NEW.started_at, NEW.correlation)
           IS DISTINCT FROM
           (OLD.id, OLD.agreement_id, OLD.agreement_revision, OLD.request_id, OLD.product_version_id, OLD.consumer_unit_id,
            OLD.provider_unit_id, OLD.decision_id, OLD.ticket_id, OLD.format, OLD.started_at, OLD.correlation) THEN
          RAISE EXCEPTION 'what exchange % was can not be changed', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER keep_record BEFORE INSERT OR UPDATE ON exchange.exchange
        FOR EACH ROW EXECUTE FUNCTION exchange.keep_record();

      CREATE FUNCTION exchange.use_once() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
      BEGIN
        IF OLD.used_at IS NOT NULL THEN
          RAISE EXCEPTION 'ticket % was used', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        IF (to_jsonb(NEW) - 'used_at') IS DISTINCT FROM (to_jsonb(OLD) - 'used_at') THEN
          RAISE EXCEPTION 'what ticket % allows can not be changed', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER use_once BEFORE UPDATE ON exchange.download_ticket
        FOR EACH ROW EXECUTE FUNCTION exchange.use_once();

      ALTER TABLE exchange.exchange ENABLE ROW LEVEL SECURITY;
      ALTER TABLE exchange.exchange FORCE ROW LEVEL SECURITY;
      CREATE POLICY both_sides ON exchange.exchange
        USING (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id))
        WITH CHECK (kernel.reaches(consumer_unit_id));
      ALTER TABLE exchange.download_ticket ENABLE ROW LEVEL SECURITY;
      ALTER TABLE exchange.download_ticket FORCE ROW LEVEL SECURITY;
      CREATE POLICY receiving_side ON exchange.download_ticket
        USING (kernel.reaches(consumer_unit_id)) WITH CHECK (kernel.reaches(consumer_unit_id));

      GRANT USAGE ON SCHEMA exchange TO datenraum_app, datenraum_read;
      GRANT SELECT, INSERT ON exchange.exchange, exchange.download_ticket TO datenraum_app;
      GRANT UPDATE (state, reason, released_bytes, bytes, rows, sha256, lease_until, ended_at) ON exchange.exchange TO datenraum_app;
      GRANT UPDATE (used_at) ON exchange.download_ticket TO datenraum_app;
      GRANT SELECT ON exchange.exchange TO datenraum_read;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA exchange CASCADE');
  }
}
