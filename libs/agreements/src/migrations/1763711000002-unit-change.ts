import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Agreements of units that changed: what a split unit had agreed on is seen by who took it over, and no split is confirmed
 * while an open request or a running agreement of the unit has no place to go.
 */
export class UnitChangeAgreements1763711000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE POLICY taken_over ON agreements.agreement USING ((SELECT organisation.took_over_rows())
        AND (kernel.reaches(organisation.stands_for(consumer_unit_id, request_id)) OR kernel.reaches(organisation.stands_for(provider_unit_id, product_id))));

      -- The one who confirms sees few of these rows, so this looks past row-level security.
      CREATE FUNCTION agreements.unassigned(change uuid) RETURNS TABLE (request_id uuid)
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
      DECLARE
        before text := current_setting('app.system', true);
      BEGIN
        PERFORM set_config('app.system', 'on', true);
        RETURN QUERY SELECT r.id FROM organisation.unit_change c
            JOIN organisation.unit_change_unit s ON s.change_id = c.id AND s.part = 'SOURCE'
            JOIN requests.access_request r ON r.consumer_unit_id IN (SELECT organisation.embraces(s.unit_id))
                                          AND organisation.stands_for(r.consumer_unit_id, r.id) = s.unit_id
            LEFT JOIN agreements.agreement a ON a.request_id = r.id
           WHERE c.id = change AND c.kind = 'SPLIT' AND r.valid_until > now()
             AND (r.state IN ('IN_REVIEW','QUESTION') OR (r.state IN ('PERMITTED','APPROVED') AND coalesce(a.state, 'OFFERED') IN ('OFFERED','ACTIVE','SUSPENDED')))
             AND NOT EXISTS (SELECT FROM organisation.unit_change_item i WHERE i.change_id = c.id AND i.kind = 'REQUEST' AND i.item = r.id::text);
        PERFORM set_config('app.system', coalesce(before, ''), true);
      END $$;
      GRANT EXECUTE ON FUNCTION agreements.unassigned TO datenraum_app, datenraum_read;

      CREATE FUNCTION agreements.all_assigned() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM agreements.unassigned(NEW.id)) THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_unassigned', MESSAGE = 'a request or agreement has no place to go';
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER all_assigned AFTER UPDATE ON organisation.unit_change FOR EACH ROW
        WHEN (OLD.state = 'PREPARED' AND NEW.state = 'CONFIRMED') EXECUTE FUNCTION agreements.all_assigned();
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
