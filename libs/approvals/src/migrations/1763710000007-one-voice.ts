import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Offices that become one while the Steuerungskreis votes have one voice: none is added to one that was heard, and two
 * that were heard count as one. `Committee` says the same; here it holds for a hand at psql too.
 */
export class OneVoice1763710000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION approvals.one_voice() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS (SELECT FROM approvals.vote v WHERE (v.request_id, v.round, v.role) = (NEW.request_id, NEW.round, NEW.role)
                      AND organisation.house(v.office_unit_id) = organisation.house(NEW.office_unit_id)) THEN
            RAISE EXCEPTION 'the office was heard already' USING ERRCODE = 'unique_violation', CONSTRAINT = 'vote_one_per_office';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER one_voice BEFORE INSERT ON approvals.vote FOR EACH ROW EXECUTE FUNCTION approvals.one_voice();

      CREATE FUNCTION approvals.voices_there() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          -- a no is not outvoted by its own half, and a party has no voice
          IF (SELECT count(*) FROM (
                SELECT FROM approvals.vote v JOIN requests.access_request r ON r.id = v.request_id
                 WHERE (v.request_id, v.round, v.role) = (NEW.request_id, NEW.round, NEW.role)
                   AND organisation.house(v.office_unit_id) NOT IN (organisation.house(organisation.stands_for(r.consumer_unit_id, r.id)),
                                                                    organisation.house(organisation.stands_for(r.provider_unit_id, r.product_id)))
                 GROUP BY organisation.house(v.office_unit_id) HAVING bool_and(v.vote = 'FOR')) yes) < NEW.votes_needed THEN
            RAISE EXCEPTION 'the votes are not there' USING ERRCODE = 'check_violation', CONSTRAINT = 'task_quorum';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER voices_there BEFORE UPDATE ON approvals.task FOR EACH ROW
        WHEN (NEW.votes_needed IS NOT NULL AND NEW.state = 'APPROVED' AND OLD.state = 'OPEN') EXECUTE FUNCTION approvals.voices_there();
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
