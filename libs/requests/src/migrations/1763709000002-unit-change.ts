import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Requests of units that changed: decided anew, never rewritten. What a split unit asked for is seen row by row by who
 * took it over. Nothing is submitted in a unit that ended while the form was on its way.
 */
export class UnitChangeRequests1763709000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO requests.allowed_move VALUES ('QUESTION','REFUSED');
      ALTER TABLE requests.decision DROP CONSTRAINT decision_cause_check,
        ADD CONSTRAINT decision_cause_check CHECK (cause IN ('SUBMIT','ANSWER','APPROVAL','AGREEMENT','DELIVERY','UNIT_CHANGE'));

      -- the rows of a merged unit are in the reach of its successor anyway; this is for units that were split
      CREATE POLICY taken_over ON requests.access_request USING ((SELECT organisation.took_over_rows())
        AND (kernel.reaches(organisation.stands_for(consumer_unit_id, id)) OR kernel.reaches(organisation.stands_for(provider_unit_id, product_id))));

      -- Looked at once more when the submit is committed, by the clock. The rows of both units are held: a change of them
      -- waits for this commit and finds the request, or is there first and refuses it.
      CREATE FUNCTION requests.units_live() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM FROM organisation.unit u WHERE u.id IN (NEW.consumer_unit_id, NEW.provider_unit_id) ORDER BY u.id FOR SHARE;
          IF EXISTS (SELECT FROM organisation.unit u WHERE u.id IN (NEW.consumer_unit_id, NEW.provider_unit_id)
                      AND (clock_timestamp() < u.valid_from OR u.valid_to <= clock_timestamp())) THEN
            RAISE EXCEPTION 'one of the units does not exist any more' USING ERRCODE = 'check_violation', CONSTRAINT = 'request_units_live';
          END IF;
          RETURN NULL;
        END $$;
      CREATE CONSTRAINT TRIGGER units_live AFTER INSERT ON requests.access_request DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION requests.units_live();
    `);
    for (const table of ['form_revision', 'decision', 'question']) {
      await runner.query(`
        CREATE POLICY taken_over ON requests.${table} USING ((SELECT organisation.took_over_rows())
          AND EXISTS (SELECT FROM requests.access_request r WHERE r.id = request_id));
      `);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
