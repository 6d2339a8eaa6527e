import type { MigrationInterface, QueryRunner } from 'typeorm';

export class InitRequests1763709000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA requests;

      -- The same moves as in request.states.ts; a test compares the two.
      CREATE TABLE requests.allowed_move (from_state text NOT NULL, to_state text NOT NULL, PRIMARY KEY (from_state, to_state));
      INSERT INTO requests.allowed_move VALUES
        ('SUBMITTED','PERMITTED'), ('SUBMITTED','IN_REVIEW'), ('SUBMITTED','REFUSED'),
        ('IN_REVIEW','IN_REVIEW'), ('IN_REVIEW','QUESTION'), ('IN_REVIEW','PERMITTED'), ('IN_REVIEW','APPROVED'),
        ('IN_REVIEW','REFUSED'), ('IN_REVIEW','WITHDRAWN'), ('IN_REVIEW','EXPIRED'),
        ('QUESTION','IN_REVIEW'), ('QUESTION','WITHDRAWN'), ('QUESTION','EXPIRED');

      CREATE SEQUENCE requests.request_number;

      CREATE TABLE requests.access_request (
        id                  uuid PRIMARY KEY,
        number              text NOT NULL UNIQUE CHECK (number ~ '^[0-9]{4}-[0-9]{6,}$'),
        state               text NOT NULL CHECK (state IN ('SUBMITTED','PERMITTED','IN_REVIEW','QUESTION','APPROVED','REFUSED','WITHDRAWN','EXPIRED')),
        revision            integer NOT NULL CHECK (revision >= 1),
        consumer_unit_id    uuid NOT NULL REFERENCES organisation.unit,
        provider_unit_id    uuid NOT NULL REFERENCES organisation.unit,
        requester_person_id uuid NOT NULL REFERENCES organisation.person,
        product_id          uuid NOT NULL REFERENCES catalogue.product,
        product_version_id  uuid NOT NULL,
        purpose_code        text NOT NULL,
        form                jsonb NOT NULL,
        form_number         integer NOT NULL DEFAULT 1 CHECK (form_number >= 1),
        -- conditions of approvers, joined; null until approved
        conditions          jsonb,
        -- steps of the chain that people completed, set with the approval
        done_steps          jsonb,
        decision_id         uuid,
        refusal             jsonb,
        valid_from          timestamptz NOT NULL,
        valid_until         timestamptz NOT NULL,
        copied_from         uuid REFERENCES requests.access_request,
        created_at          timestamptz NOT NULL,
        changed_at          timestamptz NOT NULL,
        FOREIGN KEY (product_id, product_version_id) REFERENCES catalogue.product_version (product_id, id),
        CHECK (valid_from < valid_until),
        CHECK ((state = 'REFUSED') = (refusal IS NOT NULL)),
        CHECK (state <> 'APPROVED' OR (conditions IS NOT NULL AND done_steps IS NOT NULL))
      );
      CREATE INDEX access_request_consumer ON requests.access_request (consumer_unit_id, created_at DESC);
      CREATE INDEX access_request_provider ON requests.access_request (provider_unit_id, created_at DESC);
      CREATE INDEX access_request_product ON requests.access_request (product_id, purpose_code);
      CREATE INDEX access_request_open ON requests.access_request (valid_until) WHERE state IN ('IN_REVIEW','QUESTION');

      -- Every form a request ever had. Append only.
      CREATE TABLE requests.form_revision (
        request_id       uuid NOT NULL REFERENCES requests.access_request,
        number           integer NOT NULL CHECK (number >= 1),
        form             jsonb NOT NULL,
        sha256           text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        changed          text[] NOT NULL,
        person_id        uuid NOT NULL,
        consumer_unit_id uuid NOT NULL,
        provider_unit_id uuid NOT NULL,
        created_at       timestamptz NOT NULL,
        PRIMARY KEY (request_id, number)
      );

      -- Every decision with what it was taken on, so that it can be replayed. Append only.
      CREATE TABLE requests.decision (
        id               uuid PRIMARY KEY,
        request_id       uuid NOT NULL REFERENCES requests.access_request,
        request_revision integer NOT NULL,
        form_number      integer NOT NULL,
        phase            text NOT NULL CHECK (phase IN ('REQUEST','AGREEMENT','DELIVERY')),
        cause            text NOT NULL CHECK (cause IN ('SUBMIT','ANSWER','APPROVAL','AGREEMENT','DELIVERY')),
        outcome          text NOT NULL CHECK (outcome IN ('PERMIT','PERMIT_OBL','APPROVAL','FORBID')),
        rules            text[] NOT NULL,
        obligations      jsonb NOT NULL,
        chain            jsonb,
        because          jsonb NOT NULL,
        ruleset_hash     text NOT NULL,
        facts            jsonb NOT NULL,
        facts_canonical  text NOT NULL,
        facts_sha256     text NOT NULL CHECK (facts_sha256 = encode(sha256(convert_to(facts_canonical, 'UTF8')), 'hex')),
        consumer_unit_id uuid NOT NULL,
        provider_unit_id uuid NOT NULL,
        decided_at       timestamptz NOT NULL,
        CHECK ((outcome = 'APPROVAL') = (chain IS NOT NULL))
      );
      CREATE INDEX decision_request ON requests.decision (request_id, decided_at);

      -- The thread of questions and answers. A message is never changed.
      CREATE TABLE requests.question (
        id               uuid PRIMARY KEY,
        request_id       uuid NOT NULL REFERENCES requests.access_request,
        kind             text NOT NULL CHECK (kind IN ('QUESTION','ANSWER')),
        answers          uuid REFERENCES requests.question,
        text             text NOT NULL CHECK (length(text) BETWEEN 1 AND 5000),
        changed          text[] NOT NULL DEFAULT '{}',
        person_id        uuid NOT NULL,
        consumer_unit_id uuid NOT NULL,
        provider_unit_id uuid NOT NULL,
        created_at       timestamptz NOT NULL,
        CHECK ((kind = 'ANSWER') = (answers IS NOT NULL))
      );
      CREATE INDEX question_request ON requests.question (request_id, created_at);
      CREATE UNIQUE INDEX question_answered_once ON requests.question (answers) WHERE answers IS NOT NULL;

      CREATE FUNCTION requests.guard_move() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'INSERT' THEN
            IF NEW.state <> 'SUBMITTED' OR NEW.revision <> 1 THEN
              RAISE EXCEPTION 'a request begins as SUBMITTED with revision 1' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
          END IF;
          IF (NEW.id, NEW.number, NEW.consumer_unit_id, NEW.provider_unit_id, NEW.requester_person_id, NEW.product_id, NEW.created_at)
             IS DISTINCT FROM
             (OLD.id, OLD.number, OLD.consumer_unit_id, OLD.provider_unit_id, OLD.requester_person_id, OLD.product_id, OLD.created_at) THEN
            RAISE EXCEPTION 'who asks whom for what can not change' USING ERRCODE = 'check_violation';
          END IF;
          IF NEW.revision <> OLD.revision + 1 THEN
            RAISE EXCEPTION 'each move raises the revision by one' USING ERRCODE = 'check_violation';
          END IF;
          IF NOT EXISTS (SELECT FROM requests.allowed_move WHERE from_state = OLD.state AND to_state = NEW.state) THEN
            RAISE EXCEPTION 'a request does not move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER guard_move BEFORE INSERT OR UPDATE ON requests.access_request
        FOR EACH ROW EXECUTE FUNCTION requests.guard_move();

      CREATE FUNCTION requests.append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'check_violation'; END $$;
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON requests.decision FOR EACH ROW EXECUTE FUNCTION requests.append_only();
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON requests.form_revision FOR EACH ROW EXECUTE FUNCTION requests.append_only();
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON requests.question FOR EACH ROW EXECUTE FUNCTION requests.append_only();

      GRANT USAGE ON SCHEMA requests TO datenraum_app, datenraum_read;
      GRANT USAGE ON SEQUENCE requests.request_number TO datenraum_app;
      GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA requests TO datenraum_app;
      REVOKE INSERT ON requests.allowed_move FROM datenraum_app;
      GRANT UPDATE (state, revision, product_version_id, purpose_code, form, form_number, conditions, done_steps, decision_id, refusal,
                    valid_from, valid_until, changed_at) ON requests.access_request TO datenraum_app;
      GRANT SELECT ON ALL TABLES IN SCHEMA requests TO datenraum_read;
    `);
    // second line: a row is there only for its two sides, for city-wide offices and for the product itself
    for (const table of ['access_request', 'form_revision', 'decision', 'question']) {
      await runner.query(`
        ALTER TABLE requests.${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE requests.${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY both_sides ON requests.${table}
          USING (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id))
          WITH CHECK (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id));
      `);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
