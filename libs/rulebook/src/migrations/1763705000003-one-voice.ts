import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Offices that become one while a vote runs have one voice: none is added to one that was heard, and two that were heard
 * count as one, a no before an abstention before a yes.
 */
export class OneVoice1763705000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION rulebook.voices(version uuid) RETURNS TABLE (office uuid, vote text) LANGUAGE sql STABLE AS $$
        SELECT organisation.house(unit_id),
               CASE WHEN bool_or(vote = 'NO') THEN 'NO' WHEN bool_or(vote = 'ABSTAIN') THEN 'ABSTAIN' ELSE 'YES' END
          FROM rulebook.vote WHERE version_id = version GROUP BY 1 $$;
      GRANT EXECUTE ON FUNCTION rulebook.voices TO datenraum_app, datenraum_read;

      CREATE FUNCTION rulebook.one_voice() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        heard boolean;
      BEGIN
        EXECUTE format('SELECT EXISTS (SELECT FROM rulebook.%I WHERE version_id = $1 AND organisation.house(unit_id) = organisation.house($2))', TG_TABLE_NAME)
          INTO heard USING NEW.version_id, NEW.unit_id;
        IF heard THEN
          RAISE EXCEPTION USING ERRCODE = '23505', CONSTRAINT = 'one_voice', MESSAGE = 'the office was heard already';
        END IF;
        RETURN NEW;
      END $$;
      -- after fair_vote and fair_recall, whose lock on the version lets one voice in at a time
      CREATE TRIGGER one_voice BEFORE INSERT ON rulebook.vote FOR EACH ROW EXECUTE FUNCTION rulebook.one_voice();
      CREATE TRIGGER one_voice BEFORE INSERT ON rulebook.recall FOR EACH ROW EXECUTE FUNCTION rulebook.one_voice();

      CREATE FUNCTION rulebook.voices_of_now() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.state = 'VOTE' AND NEW.state = 'ADOPTED'
            AND (SELECT count(*) FROM rulebook.voices(NEW.id) v WHERE v.vote = 'YES') < 2 THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'two_offices_agree', MESSAGE = 'two offices of now have to agree to a ruleset';
        END IF;
        IF OLD.state = 'ADOPTED' AND NEW.state = 'RECALLED'
            AND (SELECT count(DISTINCT organisation.house(unit_id)) FROM rulebook.recall WHERE version_id = NEW.id) < 2 THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'two_offices_recall', MESSAGE = 'two offices of now have to agree to a recall';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER voices_of_now BEFORE UPDATE ON rulebook.ruleset_version FOR EACH ROW EXECUTE FUNCTION rulebook.voices_of_now();
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
