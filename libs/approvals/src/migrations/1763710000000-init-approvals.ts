import type { MigrationInterface, QueryRunner } from 'typeorm';

export class InitApprovals1763710000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA approvals;

      -- The same moves as in task.states.ts; a test compares the two.
      CREATE TABLE approvals.allowed_move (from_state text NOT NULL, to_state text NOT NULL, PRIMARY KEY (from_state, to_state));
      INSERT INTO approvals.allowed_move VALUES
        ('WAITING','OPEN'), ('WAITING','CLOSED'), ('OPEN','APPROVED'), ('OPEN','ADVISED'), ('OPEN','REFUSED'), ('OPEN','CLOSED');

      CREATE TABLE approvals.task (
        id                   uuid PRIMARY KEY,
        request_id           uuid NOT NULL REFERENCES requests.access_request,
        decision_id          uuid NOT NULL REFERENCES requests.decision,
        -- a changed form begins a new round
        round                integer NOT NULL CHECK (round >= 1),
        stage                integer NOT NULL CHECK (stage >= 0),
        step                 text NOT NULL,
        role                 text NOT NULL,
        kind                 text NOT NULL CHECK (kind IN ('APPROVE','CONSULT')),
        seat                 text NOT NULL CHECK (seat IN ('CONSUMER','PROVIDER','CITY')),
        needs                text,
        -- a deputy may stand in when the principal is absent or late
        deputy               boolean NOT NULL,
        unit_id              uuid REFERENCES organisation.unit,
        consumer_unit_id     uuid NOT NULL,
        provider_unit_id     uuid NOT NULL,
        requester_person_id  uuid NOT NULL,
        state                text NOT NULL CHECK (state IN ('WAITING','OPEN','APPROVED','ADVISED','REFUSED','CLOSED')),
        revision             integer NOT NULL CHECK (revision >= 1),
        working_days         integer NOT NULL CHECK (working_days > 0),
        created_at           timestamptz NOT NULL,
        opened_at            timestamptz,
        due_at               timestamptz,
        reminded_at          timestamptz,
        overdue_at           timestamptz,
        escalated_at         timestamptz,
        decided_at           timestamptz,
        decided_by_person_id uuid REFERENCES organisation.person,
        -- the principal, when a deputy decided
        acted_for_person_id  uuid REFERENCES organisation.person,
        appointment_id       uuid,
        opinion              text CHECK (opinion IN ('POSITIVE','CONDITIONAL','NEGATIVE')),
        text                 text CHECK (length(text) <= 5000),
        conditions           jsonb,
        reason_code          text,
        CHECK ((seat = 'CITY') = (unit_id IS NULL)),
        CHECK (state = 'WAITING' OR state = 'CLOSED' OR (opened_at IS NOT NULL AND due_at IS NOT NULL)),
        CONSTRAINT task_decided_by_person CHECK ((state IN ('APPROVED','ADVISED','REFUSED')) = (decided_by_person_id IS NOT NULL)),
        CONSTRAINT task_entitled CHECK ((decided_by_person_id IS NULL) = (appointment_id IS NULL) AND (decided_by_person_id IS NULL) = (decided_at IS NULL)),
        -- SOD-1, also through a deputy (SOD-8): neither the one who decides nor the one stood in for is the requester
        CONSTRAINT task_not_requester CHECK (decided_by_person_id <> requester_person_id),
        CONSTRAINT task_not_for_requester CHECK (acted_for_person_id <> requester_person_id),
        -- SOD-5: these advise and never approve
        CONSTRAINT task_advisers_advise CHECK (role NOT IN ('DSB','ISB','REVISION') OR kind = 'CONSULT'),
        CONSTRAINT task_consult_is_advice CHECK (kind <> 'CONSULT' OR state NOT IN ('APPROVED','REFUSED')),
        CONSTRAINT task_advice_is_consult CHECK (state <> 'ADVISED' OR (kind = 'CONSULT' AND opinion IS NOT NULL)),
        CONSTRAINT task_refused_with_reason CHECK (state <> 'REFUSED' OR (reason_code IS NOT NULL AND length(text) > 0))
      );
      CREATE INDEX task_request ON approvals.task (request_id, round, stage);
      CREATE INDEX task_open ON approvals.task (role, unit_id) WHERE state = 'OPEN';
      CREATE INDEX task_due ON approvals.task (due_at) WHERE state = 'OPEN';
      -- one task per step and round that is not closed: a second worker can not plan the same step again
      CREATE UNIQUE INDEX task_step ON approvals.task (request_id, round, step) WHERE state <> 'CLOSED';

      CREATE FUNCTION approvals.guard_move() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'INSERT' THEN
            IF NEW.state <> 'WAITING' OR NEW.revision <> 1 THEN
              RAISE EXCEPTION 'a task begins as WAITING with revision 1' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_begins';
            END IF;
            IF NOT EXISTS (SELECT FROM requests.access_request r WHERE r.id = NEW.request_id
                AND (r.requester_person_id, r.consumer_unit_id, r.provider_unit_id)
                  = (NEW.requester_person_id, NEW.consumer_unit_id, NEW.provider_unit_id)) THEN
              RAISE EXCEPTION 'a task names the parties of its request' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_parties';
            END IF;
            RETURN NEW;
          END IF;
          IF (NEW.state, NEW.revision) IS DISTINCT FROM (OLD.state, OLD.revision) THEN
            IF NEW.revision <> OLD.revision + 1
               OR NOT EXISTS (SELECT FROM approvals.allowed_move WHERE from_state = OLD.state AND to_state = NEW.state) THEN
              RAISE EXCEPTION 'a task does not move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation', CONSTRAINT = 'task_move';
            END IF;
          ELSIF (NEW.decided_by_person_id, NEW.decided_at, NEW.opinion, NEW.text, NEW.conditions, NEW.reason_code)
              IS DISTINCT FROM (OLD.decided_by_person_id, OLD.decided_at, OLD.opinion, OLD.text, OLD.conditions, OLD.reason_code) THEN
            RAISE EXCEPTION 'what was decided stands' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_stands';
          END IF;
          IF NEW.decided_by_person_id IS NOT NULL AND OLD.decided_by_person_id IS NULL AND EXISTS (
            -- SOD-1 and SOD-2: whoever had a part in another role of this request, also as principal of a deputy, has none here
            SELECT FROM approvals.task other
             WHERE other.request_id = NEW.request_id AND other.role <> NEW.role AND other.decided_by_person_id IS NOT NULL
               AND ARRAY[other.decided_by_person_id, other.acted_for_person_id] && ARRAY[NEW.decided_by_person_id, coalesce(NEW.acted_for_person_id, NEW.decided_by_person_id)]) THEN
            RAISE EXCEPTION 'another person is needed for this step' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_four_eyes';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER guard_move BEFORE INSERT OR UPDATE ON approvals.task FOR EACH ROW EXECUTE FUNCTION approvals.guard_move();

      ALTER TABLE approvals.task ENABLE ROW LEVEL SECURITY;
      ALTER TABLE approvals.task FORCE ROW LEVEL SECURITY;
      CREATE POLICY both_sides ON approvals.task
        USING (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id))
        WITH CHECK (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id));

      GRANT USAGE ON SCHEMA approvals TO datenraum_app, datenraum_read;
      GRANT SELECT ON ALL TABLES IN SCHEMA approvals TO datenraum_app, datenraum_read;
      GRANT INSERT ON approvals.task TO datenraum_app;
      GRANT UPDATE (state, revision, opened_at, due_at, reminded_at, overdue_at, escalated_at, decided_at, decided_by_person_id,
                    acted_for_person_id, appointment_id, opinion, text, conditions, reason_code) ON approvals.task TO datenraum_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
