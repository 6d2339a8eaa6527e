import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A step that nobody of its office may decide goes to the line above (SOD-8). Nobody who ever answered for a request
 * decides on it, and nobody who decided is named to answer for it. A role counts where its scope reaches.
 */
export class Escalation1763710000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE approvals.task
        -- who may decide besides, and why; a unit of null is the head of the administration
        ADD COLUMN raised_role text,
        ADD COLUMN raised_unit_id uuid REFERENCES organisation.unit,
        ADD COLUMN raised_because text CHECK (raised_because IN ('EXCLUDED', 'VACANT', 'ABSENT', 'OVERDUE')),
        ADD CONSTRAINT task_raised CHECK ((raised_role IS NULL) = (raised_because IS NULL) AND (raised_role IS NOT NULL OR raised_unit_id IS NULL)),
        -- advice and votes are given by nobody else
        ADD CONSTRAINT task_raised_decides CHECK (raised_role IS NULL OR (kind = 'APPROVE' AND votes_needed IS NULL));
      GRANT UPDATE (raised_role, raised_unit_id, raised_because) ON approvals.task TO datenraum_app;

      CREATE OR REPLACE FUNCTION approvals.right_holds() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          delegated organisation.delegation;
          office organisation.appointment;
          about uuid;
          domain text;
        BEGIN
          SELECT * INTO office FROM organisation.appointment WHERE id = NEW.appointment_id FOR SHARE;
          SELECT r.product_id, p.card->>'domain' INTO about, domain
            FROM requests.access_request r LEFT JOIN catalogue.product p ON p.id = r.product_id WHERE r.id = NEW.request_id;
          IF office.state IS DISTINCT FROM 'IN_FORCE' OR office.valid_to <= clock_timestamp() OR NOT (
               (office.role = NEW.role AND organisation.appointment_reaches(office, NEW.unit_id, about, domain))
            OR (office.role IS NOT DISTINCT FROM NEW.raised_role AND organisation.appointment_reaches(office, NEW.raised_unit_id, about, domain))) THEN
            RAISE EXCEPTION 'the appointment is over, or for something else' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_right_holds';
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

      -- SOD-1 for everybody who ever answered for the request, SOD-8 for whom a deputy or delegate stands in
      CREATE FUNCTION approvals.not_an_asker() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          vote boolean := TG_TABLE_NAME = 'vote';
          who uuid := to_jsonb(NEW)->>CASE WHEN vote THEN 'person_id' ELSE 'decided_by_person_id' END;
          asking uuid[] := requests.askers(NEW.request_id);
        BEGIN
          IF who = ANY (asking) OR NEW.acted_for_person_id = ANY (asking) THEN
            RAISE EXCEPTION 'whoever asks does not decide' USING ERRCODE = 'check_violation',
              CONSTRAINT = CASE WHEN vote THEN 'vote_not_requester' WHEN who = ANY (asking) THEN 'task_not_requester' ELSE 'task_not_for_requester' END;
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER not_an_asker BEFORE UPDATE ON approvals.task FOR EACH ROW
        WHEN (NEW.decided_by_person_id IS NOT NULL AND OLD.decided_by_person_id IS NULL) EXECUTE FUNCTION approvals.not_an_asker();
      CREATE TRIGGER not_an_asker BEFORE INSERT ON approvals.vote FOR EACH ROW EXECUTE FUNCTION approvals.not_an_asker();

      -- and the other way round; both happen under the lock of the request, so one sees the other
      CREATE FUNCTION approvals.not_a_decider() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM FROM requests.access_request WHERE id = NEW.request_id FOR UPDATE;
          IF EXISTS (SELECT FROM approvals.task t WHERE t.request_id = NEW.request_id AND NEW.person_id IN (t.decided_by_person_id, t.acted_for_person_id))
             OR EXISTS (SELECT FROM approvals.vote v WHERE v.request_id = NEW.request_id AND NEW.person_id IN (v.person_id, v.acted_for_person_id)) THEN
            RAISE EXCEPTION 'whoever decided does not answer for the request' USING ERRCODE = 'check_violation', CONSTRAINT = 'handover_four_eyes';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER not_a_decider BEFORE INSERT ON requests.handover FOR EACH ROW EXECUTE FUNCTION approvals.not_a_decider();
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
