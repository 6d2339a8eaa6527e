import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the chains A2, A3 and A5 to A7 need beside a plain approval: votes of the Steuerungskreis, evidence that was
 * checked, the written admission, acts in person, and delegations that still hold when the act is committed.
 */
export class AllChains1763710000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE approvals.task
        -- a deputy may, a delegate may not
        ADD COLUMN in_person boolean NOT NULL DEFAULT false,
        -- a committee decides: so many votes of so many offices
        ADD COLUMN votes_needed integer,
        ADD COLUMN offices integer,
        ADD COLUMN delegation_id uuid REFERENCES organisation.delegation,
        -- [{kind, reference}]: what was asked for, seen and found sufficient
        ADD COLUMN evidence jsonb,
        ADD COLUMN admission_reference text CHECK (length(admission_reference) BETWEEN 1 AND 200),
        ADD CHECK ((votes_needed IS NULL) = (offices IS NULL) AND votes_needed > 0 AND votes_needed <= offices),
        ADD CONSTRAINT task_in_person CHECK (NOT in_person OR delegation_id IS NULL),
        ADD CONSTRAINT task_evidence_confirmed CHECK (state <> 'APPROVED' OR needs IS DISTINCT FROM 'EVIDENCE'
          OR (evidence IS NOT NULL AND jsonb_array_length(evidence) > 0)),
        ADD CONSTRAINT task_admitted CHECK (state <> 'APPROVED' OR needs IS DISTINCT FROM 'ADMISSION' OR admission_reference IS NOT NULL);

      -- One vote per office and round of a request. Written once, for ever.
      CREATE TABLE approvals.vote (
        task_id             uuid NOT NULL REFERENCES approvals.task,
        request_id          uuid NOT NULL REFERENCES requests.access_request,
        round               integer NOT NULL,
        office_unit_id      uuid NOT NULL REFERENCES organisation.unit,
        consumer_unit_id    uuid NOT NULL,
        provider_unit_id    uuid NOT NULL,
        requester_person_id uuid NOT NULL,
        role                text NOT NULL,
        person_id           uuid NOT NULL REFERENCES organisation.person,
        -- the principal, when a deputy voted
        acted_for_person_id uuid REFERENCES organisation.person,
        appointment_id      uuid NOT NULL REFERENCES organisation.appointment,
        vote                text NOT NULL CHECK (vote IN ('FOR', 'AGAINST')),
        text                text CHECK (length(text) <= 5000),
        voted_at            timestamptz NOT NULL,
        CONSTRAINT vote_one_per_office PRIMARY KEY (request_id, round, office_unit_id),
        CONSTRAINT vote_one_per_person UNIQUE (request_id, round, person_id),
        CONSTRAINT vote_against_with_reasons CHECK (vote = 'FOR' OR length(text) > 0),
        CONSTRAINT vote_not_requester CHECK (person_id <> requester_person_id AND acted_for_person_id IS DISTINCT FROM requester_person_id)
      );

      CREATE FUNCTION approvals.guard_vote() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          asked approvals.task;
        BEGIN
          IF TG_OP <> 'INSERT' THEN
            RAISE EXCEPTION 'a vote stands' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_stands';
          END IF;
          SELECT * INTO asked FROM approvals.task WHERE id = NEW.task_id FOR SHARE;
          IF asked.state IS DISTINCT FROM 'OPEN' OR asked.votes_needed IS NULL
             OR (asked.request_id, asked.round, asked.consumer_unit_id, asked.provider_unit_id, asked.requester_person_id, asked.role)
                IS DISTINCT FROM (NEW.request_id, NEW.round, NEW.consumer_unit_id, NEW.provider_unit_id, NEW.requester_person_id, NEW.role) THEN
            RAISE EXCEPTION 'there is no open vote' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_open';
          END IF;
          IF NOT EXISTS (SELECT FROM organisation.appointment a
                          WHERE a.id = NEW.appointment_id AND a.person_id = NEW.person_id AND a.role = NEW.role AND a.state = 'IN_FORCE'
                            AND organisation.house(a.unit_id) = NEW.office_unit_id) THEN
            RAISE EXCEPTION 'the office has another member' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_member';
          END IF;
          -- nobody decides on what their own office asks for or gives
          IF NEW.office_unit_id IN (organisation.house(NEW.consumer_unit_id), organisation.house(NEW.provider_unit_id)) THEN
            RAISE EXCEPTION 'the own office has no vote' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_own_office';
          END IF;
          IF EXISTS (SELECT FROM approvals.task other
                      WHERE other.request_id = NEW.request_id AND other.role <> NEW.role AND other.decided_by_person_id IS NOT NULL
                        AND ARRAY[other.decided_by_person_id, other.acted_for_person_id] && ARRAY[NEW.person_id, coalesce(NEW.acted_for_person_id, NEW.person_id)]) THEN
            RAISE EXCEPTION 'another person is needed for this vote' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_four_eyes';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER guard_vote BEFORE INSERT OR UPDATE OR DELETE ON approvals.vote FOR EACH ROW EXECUTE FUNCTION approvals.guard_vote();

      CREATE OR REPLACE FUNCTION approvals.guard_move() RETURNS trigger LANGUAGE plpgsql AS $$
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
          ELSIF (NEW.decided_by_person_id, NEW.decided_at, NEW.opinion, NEW.text, NEW.conditions, NEW.reason_code, NEW.evidence,
                 NEW.admission_reference, NEW.delegation_id, NEW.appointment_id, NEW.acted_for_person_id)
              IS DISTINCT FROM (OLD.decided_by_person_id, OLD.decided_at, OLD.opinion, OLD.text, OLD.conditions, OLD.reason_code, OLD.evidence,
                 OLD.admission_reference, OLD.delegation_id, OLD.appointment_id, OLD.acted_for_person_id) THEN
            RAISE EXCEPTION 'what was decided stands' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_stands';
          END IF;
          -- the votes decide, not who writes them down
          IF NEW.votes_needed IS NOT NULL AND NEW.state IN ('APPROVED', 'REFUSED') AND OLD.state = 'OPEN' AND (
               SELECT count(*) FILTER (WHERE vote = CASE NEW.state WHEN 'APPROVED' THEN 'FOR' ELSE 'AGAINST' END)
                 FROM approvals.vote v WHERE v.request_id = NEW.request_id AND v.round = NEW.round AND v.role = NEW.role)
             < (CASE NEW.state WHEN 'APPROVED' THEN NEW.votes_needed ELSE 1 END) THEN
            RAISE EXCEPTION 'the votes are not there' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_quorum';
          END IF;
          IF NEW.decided_by_person_id IS NOT NULL AND OLD.decided_by_person_id IS NULL AND (EXISTS (
            -- SOD-1 and SOD-2: whoever had a part in another role of this request, also as principal of a deputy, has none here
            SELECT FROM approvals.task other
             WHERE other.request_id = NEW.request_id AND other.role <> NEW.role AND other.decided_by_person_id IS NOT NULL
               AND ARRAY[other.decided_by_person_id, other.acted_for_person_id] && ARRAY[NEW.decided_by_person_id, coalesce(NEW.acted_for_person_id, NEW.decided_by_person_id)])
            OR EXISTS (
            SELECT FROM approvals.vote v
             WHERE v.request_id = NEW.request_id AND v.role <> NEW.role
               AND ARRAY[v.person_id, v.acted_for_person_id] && ARRAY[NEW.decided_by_person_id, coalesce(NEW.acted_for_person_id, NEW.decided_by_person_id)])) THEN
            RAISE EXCEPTION 'another person is needed for this step' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_four_eyes';
          END IF;
          RETURN NEW;
        END $$;

      -- Runs when the act is committed: the right asked for at its begin must still be there. The row of the right is
      -- held, so that a revocation is either before the act, and denies it, or after it.
      CREATE FUNCTION approvals.right_holds() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          delegated organisation.delegation;
          office organisation.appointment;
        BEGIN
          SELECT * INTO office FROM organisation.appointment WHERE id = NEW.appointment_id FOR SHARE;
          IF office.role IS DISTINCT FROM NEW.role OR office.state <> 'IN_FORCE' OR office.valid_to <= clock_timestamp() THEN
            RAISE EXCEPTION 'the appointment is over' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_right_holds';
          END IF;
          IF NEW.delegation_id IS NULL THEN
            IF office.person_id <> NEW.decided_by_person_id THEN
              RAISE EXCEPTION 'the appointment is another person''s' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_right_holds';
            END IF;
            RETURN NULL;
          END IF;
          SELECT * INTO delegated FROM organisation.delegation WHERE id = NEW.delegation_id FOR SHARE;
          IF delegated.appointment_id <> NEW.appointment_id OR delegated.delegate_person_id <> NEW.decided_by_person_id
              OR office.person_id IS DISTINCT FROM NEW.acted_for_person_id
              OR delegated.revoked_at IS NOT NULL OR clock_timestamp() < delegated.valid_from OR delegated.valid_to <= clock_timestamp() THEN
            RAISE EXCEPTION 'the delegation is over' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_delegation_holds';
          END IF;
          RETURN NULL;
        END $$;
      CREATE CONSTRAINT TRIGGER right_holds AFTER UPDATE ON approvals.task DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (NEW.decided_by_person_id IS NOT NULL AND OLD.decided_by_person_id IS NULL) EXECUTE FUNCTION approvals.right_holds();

      ALTER TABLE approvals.vote ENABLE ROW LEVEL SECURITY;
      ALTER TABLE approvals.vote FORCE ROW LEVEL SECURITY;
      CREATE POLICY both_sides ON approvals.vote
        USING (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id))
        WITH CHECK (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id));

      GRANT SELECT, INSERT ON approvals.vote TO datenraum_app;
      GRANT SELECT ON approvals.vote TO datenraum_read;
      GRANT UPDATE (delegation_id, evidence, admission_reference) ON approvals.task TO datenraum_app;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
