import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who answers for a request now: whoever the asking unit named last, else the requester. And SOD-7: who keeps the keys
 * of the pseudonyms gets no pseudonymised data of the same office.
 */
export class Handover1763709000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Append only: the thread of who answered for a request.
      CREATE TABLE requests.handover (
        id               uuid PRIMARY KEY,
        request_id       uuid NOT NULL REFERENCES requests.access_request,
        person_id        uuid NOT NULL REFERENCES organisation.person,
        named_by         uuid NOT NULL REFERENCES organisation.person,
        consumer_unit_id uuid NOT NULL,
        provider_unit_id uuid NOT NULL,
        at               timestamptz NOT NULL
      );
      CREATE INDEX handover_request ON requests.handover (request_id, at);
      CREATE INDEX request_requester ON requests.access_request (requester_person_id);
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON requests.handover FOR EACH ROW EXECUTE FUNCTION requests.append_only();
      ALTER TABLE requests.handover ENABLE ROW LEVEL SECURITY;
      ALTER TABLE requests.handover FORCE ROW LEVEL SECURITY;
      CREATE POLICY both_sides ON requests.handover
        USING (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id))
        WITH CHECK (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id));
      CREATE POLICY taken_over ON requests.handover USING ((SELECT organisation.took_over_rows())
        AND EXISTS (SELECT FROM requests.access_request r WHERE r.id = request_id));
      GRANT SELECT, INSERT ON requests.handover TO datenraum_app;
      GRANT SELECT ON requests.handover TO datenraum_read;

      CREATE FUNCTION requests.keeper(asked uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
        SELECT coalesce((SELECT h.person_id FROM requests.handover h WHERE h.request_id = asked ORDER BY h.at DESC, h.id DESC LIMIT 1),
                        (SELECT r.requester_person_id FROM requests.access_request r WHERE r.id = asked)) $$;

      -- Everybody who ever answered for a request: none of them decides on it (SOD-1).
      CREATE FUNCTION requests.askers(asked uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
        SELECT array_agg(person) FROM (
          SELECT r.requester_person_id AS person FROM requests.access_request r WHERE r.id = asked
          UNION SELECT h.person_id FROM requests.handover h WHERE h.request_id = asked) of $$;

      -- Still there: not shut out, and with a role in the office that asks.
      CREATE FUNCTION requests.keeper_present(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT FROM requests.access_request r
          JOIN organisation.person p ON p.id = requests.keeper(r.id) AND p.disabled_at IS NULL
          JOIN organisation.appointment a ON a.person_id = p.id AND a.state = 'IN_FORCE' AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to)
         WHERE r.id = asked AND organisation.house(a.unit_id) = organisation.house(organisation.stands_for(r.consumer_unit_id, r.id))) $$;

      CREATE FUNCTION requests.pseudonymised(product uuid, version uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT FROM catalogue.product p WHERE p.id = product AND p.personal_ref = 'PSEUDONYMISED')
            OR EXISTS (SELECT FROM catalogue.field f WHERE f.version_id = version AND f.mask->>'kind' = 'pseudonym') $$;

      CREATE FUNCTION requests.holds_keys(person uuid, provider uuid, product uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT FROM organisation.appointment a
          WHERE a.person_id = person AND a.role = 'TECH_STEWARD' AND a.state IN ('PROPOSED', 'IN_FORCE') AND (a.valid_to IS NULL OR now() < a.valid_to)
            AND organisation.house(a.unit_id) = organisation.house(organisation.stands_for(provider, product))) $$;

      -- Both ways to get there wait for each other at the person, with the lock that appointments take too.
      CREATE FUNCTION requests.no_custodian() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          asks requests.access_request;
          who uuid;
        BEGIN
          IF TG_TABLE_NAME = 'handover' THEN
            SELECT * INTO asks FROM requests.access_request WHERE id = NEW.request_id;
            who := NEW.person_id;
          ELSE
            asks := NEW;
            who := NEW.requester_person_id;
          END IF;
          PERFORM pg_advisory_xact_lock(3703, hashtext(who::text));
          IF requests.pseudonymised(asks.product_id, asks.product_version_id) AND requests.holds_keys(who, asks.provider_unit_id, asks.product_id) THEN
            RAISE EXCEPTION 'who keeps the keys of the pseudonyms gets no pseudonymised data' USING ERRCODE = 'check_violation', CONSTRAINT = 'custodian_not_recipient';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER no_custodian BEFORE INSERT ON requests.access_request FOR EACH ROW EXECUTE FUNCTION requests.no_custodian();
      CREATE TRIGGER no_custodian BEFORE INSERT ON requests.handover FOR EACH ROW EXECUTE FUNCTION requests.no_custodian();

      -- and nobody becomes custodian of what they have asked for and may still get
      CREATE FUNCTION requests.no_recipient() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          before text := current_setting('app.system', true);
          found_one boolean;
        BEGIN
          PERFORM set_config('app.system', 'on', true);
          found_one := EXISTS (SELECT FROM requests.access_request r
             WHERE r.state NOT IN ('REFUSED', 'WITHDRAWN', 'EXPIRED') AND now() < r.valid_until AND requests.keeper(r.id) = NEW.person_id
               AND organisation.house(organisation.stands_for(r.provider_unit_id, r.product_id)) = organisation.house(NEW.unit_id)
               AND requests.pseudonymised(r.product_id, r.product_version_id));
          PERFORM set_config('app.system', coalesce(before, ''), true);
          IF found_one THEN
            RAISE EXCEPTION 'the person gets pseudonymised data of this office' USING ERRCODE = 'check_violation', CONSTRAINT = 'custodian_not_recipient';
          END IF;
          RETURN NULL;
        END $$;
      CREATE TRIGGER no_recipient AFTER INSERT OR UPDATE ON organisation.appointment FOR EACH ROW
        WHEN (NEW.role = 'TECH_STEWARD' AND NEW.state IN ('PROPOSED', 'IN_FORCE')) EXECUTE FUNCTION requests.no_recipient();
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
