import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Deciders whose unit ends while they decide, and votes of offices that became a party: what the service asks at the act
 * stands here once more, by the clock, when the act is committed.
 */
export class UnitChangeApprovals1763710000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A role ends with its unit. The row of the unit is held: its end is either before the act, and denies it, or after.
      CREATE FUNCTION approvals.unit_holds() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          office organisation.unit;
        BEGIN
          SELECT u.* INTO office FROM organisation.unit u
           WHERE u.id = (SELECT unit_id FROM organisation.appointment WHERE id = NEW.appointment_id) FOR SHARE;
          IF office.valid_from > clock_timestamp() OR office.valid_to <= clock_timestamp() THEN
            RAISE EXCEPTION 'the unit does not exist any more' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_right_holds';
          END IF;
          RETURN NULL;
        END $$;
      CREATE CONSTRAINT TRIGGER unit_holds AFTER UPDATE ON approvals.task DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (NEW.decided_by_person_id IS NOT NULL AND OLD.decided_by_person_id IS NULL) EXECUTE FUNCTION approvals.unit_holds();
      CREATE CONSTRAINT TRIGGER unit_holds AFTER INSERT ON approvals.vote DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        EXECUTE FUNCTION approvals.unit_holds();

      -- the parties as they are now, also when the request was made with a unit that ended
      CREATE FUNCTION approvals.own_office_now() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS (SELECT FROM requests.access_request r WHERE r.id = NEW.request_id AND NEW.office_unit_id IN (
               organisation.house(organisation.stands_for(r.consumer_unit_id, r.id)),
               organisation.house(organisation.stands_for(r.provider_unit_id, r.product_id)))) THEN
            RAISE EXCEPTION 'the own office has no vote' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_own_office';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER own_office_now BEFORE INSERT ON approvals.vote FOR EACH ROW EXECUTE FUNCTION approvals.own_office_now();
    `);
    for (const table of ['task', 'vote']) {
      await runner.query(`
        CREATE POLICY taken_over ON approvals.${table} USING ((SELECT organisation.took_over_rows())
          AND EXISTS (SELECT FROM requests.access_request r WHERE r.id = request_id));
      `);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
