import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A decision is taken by the law at the beginning of its transaction. When another one has come into force before the
 * commit, the commit fails with DR001 and the unit of work does all of it once more, under the new law.
 */
export class OneLawAtTheCommit1763709000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION requests.law_is_still_in_force() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM rulebook.ruleset_version WHERE hash = NEW.ruleset_hash)
           AND NOT EXISTS (SELECT FROM rulebook.ruleset_version
                            WHERE hash = NEW.ruleset_hash AND state = 'ADOPTED' AND tstzrange(in_force_from, in_force_until) @> clock_timestamp()) THEN
          RAISE EXCEPTION 'another law has come into force since the decision was taken' USING ERRCODE = 'DR001';
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER law_is_still_in_force AFTER INSERT ON requests.decision
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION requests.law_is_still_in_force();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TRIGGER law_is_still_in_force ON requests.decision; DROP FUNCTION requests.law_is_still_in_force()',
    );
  }
}
