import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = `'STADT','DEZERNAT','AMT','ABTEILUNG','STATISTIKSTELLE','STAB','EIGENBETRIEB','GESELLSCHAFT','ANDERE_KOMMUNE','LAND','FORSCHUNG','PRIVATE'`;

/**
 * Units, people, appointments, absences and the register of contracts. The separation of duties that can be read from
 * appointments alone stands here as triggers, so that no service, script or hand at psql gets past it.
 */
export class InitOrganisation1763703000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE SCHEMA organisation;
      GRANT USAGE ON SCHEMA organisation TO datenraum_app, datenraum_read;

      CREATE TABLE organisation.unit (
        id uuid PRIMARY KEY,
        key text NOT NULL UNIQUE CHECK (key ~ '^[a-z][a-z0-9-]{1,60}$'),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
        kind text NOT NULL CHECK (kind IN (${KINDS})),
        parent_id uuid REFERENCES organisation.unit,
        competition boolean NOT NULL DEFAULT false,
        nis2 boolean NOT NULL DEFAULT false,
        office_number text,
        valid_from timestamptz NOT NULL,
        valid_to timestamptz,
        CHECK (valid_to > valid_from),
        CHECK (parent_id <> id),
        -- a department is part of something; another legal person is part of nothing here
        CHECK (kind NOT IN ('ABTEILUNG', 'STATISTIKSTELLE') OR parent_id IS NOT NULL),
        CHECK (kind NOT IN ('GESELLSCHAFT', 'ANDERE_KOMMUNE', 'LAND', 'FORSCHUNG', 'PRIVATE') OR parent_id IS NULL)
      );

      CREATE TABLE organisation.person (
        id uuid PRIMARY KEY,
        key text UNIQUE,
        given_name text NOT NULL,
        family_name text NOT NULL,
        email text,
        disabled_at timestamptz
      );

      CREATE TABLE organisation.account (
        iss text NOT NULL,
        sub text NOT NULL,
        person_id uuid NOT NULL REFERENCES organisation.person,
        PRIMARY KEY (iss, sub)
      );
      CREATE INDEX ON organisation.account (person_id);

      CREATE TABLE organisation.machine_client (
        iss text NOT NULL,
        client_id text NOT NULL,
        unit_id uuid NOT NULL REFERENCES organisation.unit,
        responsible_person_id uuid NOT NULL REFERENCES organisation.person,
        disabled_at timestamptz,
        PRIMARY KEY (iss, client_id)
      );

      -- copied from roles.yaml; the application can add a conflict, never remove one
      CREATE TABLE organisation.role_conflict (
        role text NOT NULL,
        other text NOT NULL,
        reach text NOT NULL CHECK (reach IN ('ANYWHERE', 'UNIT')),
        PRIMARY KEY (role, other, reach)
      );

      CREATE TABLE organisation.appointment (
        id uuid PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES organisation.person,
        role text NOT NULL,
        unit_id uuid NOT NULL REFERENCES organisation.unit,
        scope_kind text NOT NULL CHECK (scope_kind IN ('CITY', 'UNIT', 'DOMAIN', 'PRODUCT')),
        scope_id text,
        deputy_of uuid REFERENCES organisation.appointment,
        valid_from timestamptz NOT NULL,
        valid_to timestamptz,
        state text NOT NULL CHECK (state IN ('PROPOSED', 'IN_FORCE', 'DECLINED', 'ENDED')),
        origin text NOT NULL CHECK (origin IN ('SETUP', 'ORDER')),
        proposed_by uuid REFERENCES organisation.person,
        confirmed_by uuid REFERENCES organisation.person,
        CHECK (valid_to >= valid_from),
        CHECK ((scope_kind IN ('DOMAIN', 'PRODUCT')) = (scope_id IS NOT NULL)),
        CONSTRAINT appointment_ended_has_end CHECK (state <> 'ENDED' OR valid_to IS NOT NULL),
        -- SOD-4: two people grant a role, and neither is the one who gets it
        CONSTRAINT appointment_two_persons CHECK (
          origin = 'SETUP' OR (
            proposed_by IS NOT NULL AND proposed_by <> person_id
            AND (state IN ('PROPOSED', 'DECLINED') OR confirmed_by IS NOT NULL)
            AND (confirmed_by IS NULL OR (confirmed_by <> proposed_by AND confirmed_by <> person_id))
          )
        )
      );
      CREATE INDEX ON organisation.appointment (person_id);
      CREATE INDEX ON organisation.appointment (role, unit_id);
      CREATE INDEX ON organisation.appointment (deputy_of);

      CREATE TABLE organisation.absence (
        id uuid PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES organisation.person,
        from_at timestamptz NOT NULL,
        to_at timestamptz NOT NULL,
        reason text NOT NULL CHECK (reason IN ('URLAUB', 'KRANK', 'VAKANZ', 'BEFANGENHEIT')),
        set_by uuid NOT NULL REFERENCES organisation.person,
        CHECK (to_at >= from_at)
      );
      CREATE INDEX ON organisation.absence (person_id, to_at);

      CREATE TABLE organisation.contract (
        id uuid PRIMARY KEY,
        party_a uuid NOT NULL REFERENCES organisation.unit,
        party_b uuid NOT NULL REFERENCES organisation.unit,
        kind text NOT NULL CHECK (kind IN ('AVV', 'JCA', 'DUV', 'INTERNE_VEREINBARUNG')),
        reference text NOT NULL CHECK (length(reference) BETWEEN 1 AND 200),
        valid_from timestamptz NOT NULL,
        valid_to timestamptz NOT NULL,
        registered_by uuid REFERENCES organisation.person,
        ended_by uuid REFERENCES organisation.person,
        CHECK (party_a < party_b),
        CHECK (valid_to >= valid_from)
      );
      CREATE INDEX ON organisation.contract (party_a, party_b);
    `);
    await db.query(SEPARATION);
    await db.query(`
      GRANT SELECT, INSERT, UPDATE ON organisation.unit, organisation.person, organisation.account,
        organisation.machine_client, organisation.appointment, organisation.absence, organisation.contract
        TO datenraum_app;
      GRANT SELECT, INSERT ON organisation.role_conflict TO datenraum_app;
      GRANT SELECT ON ALL TABLES IN SCHEMA organisation TO datenraum_read;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}

const SEPARATION = `
  CREATE FUNCTION organisation.keep_duties_apart() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    mine tstzrange := tstzrange(NEW.valid_from, NEW.valid_to);
    principal organisation.appointment;
    met text;
  BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.person_id, OLD.role, OLD.unit_id, OLD.scope_kind, OLD.scope_id, OLD.deputy_of,
        OLD.valid_from, OLD.origin, OLD.proposed_by) IS DISTINCT FROM (NEW.person_id, NEW.role, NEW.unit_id,
        NEW.scope_kind, NEW.scope_id, NEW.deputy_of, NEW.valid_from, NEW.origin, NEW.proposed_by) THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_fixed',
        MESSAGE = 'an appointment is confirmed, declined or ended, never rewritten';
    END IF;
    IF TG_OP = 'UPDATE' AND NOT ((OLD.state, NEW.state) IN (('PROPOSED', 'IN_FORCE'), ('PROPOSED', 'DECLINED'), ('IN_FORCE', 'ENDED'))) THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_state', MESSAGE = 'no such step';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.valid_to IS NOT NULL AND (NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to) THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_fixed', MESSAGE = 'an appointment is never prolonged';
    END IF;
    IF NEW.origin = 'SETUP' AND TG_OP = 'INSERT' AND current_setting('app.system', true) IS DISTINCT FROM 'on'
        AND current_user = 'datenraum_app' THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_two_persons', MESSAGE = 'only the setup grants without two people';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.origin = 'ORDER' AND NEW.state <> 'PROPOSED' THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_state', MESSAGE = 'an order begins as a proposal';
    END IF;

    IF NEW.deputy_of IS NOT NULL THEN
      SELECT * INTO principal FROM organisation.appointment WHERE id = NEW.deputy_of;
      IF principal.person_id = NEW.person_id OR principal.deputy_of IS NOT NULL
          OR (principal.role, principal.unit_id) IS DISTINCT FROM (NEW.role, NEW.unit_id) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_deputy',
          MESSAGE = 'a deputy stands in for another person, in the same role and unit, and has no deputy of their own';
      END IF;
    END IF;
    -- SOD-6: the sealed-off statistics unit is staffed on its own
    IF NEW.role = 'STAT' AND NOT EXISTS (SELECT FROM organisation.unit WHERE id = NEW.unit_id AND kind = 'STATISTIKSTELLE') THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_statistics', MESSAGE = 'STAT exists inside the statistics unit only';
    END IF;

    IF NEW.state NOT IN ('PROPOSED', 'IN_FORCE') THEN RETURN NEW; END IF;
    -- two grants for one person wait for each other, else each would miss the other
    PERFORM pg_advisory_xact_lock(3703, hashtext(NEW.person_id::text));
    SELECT a.role INTO met
      FROM organisation.appointment a
      JOIN organisation.unit u ON u.id = a.unit_id
      JOIN organisation.unit n ON n.id = NEW.unit_id
     WHERE a.person_id = NEW.person_id AND a.id <> NEW.id AND a.state IN ('PROPOSED', 'IN_FORCE')
       AND tstzrange(a.valid_from, a.valid_to) && mine
       AND ( -- SOD-4 and the like: these three hold nothing else, whatever roles.yaml says
             (a.role <> NEW.role AND (a.role IN ('ADMIN', 'PLATTFORM', 'REVISION') OR NEW.role IN ('ADMIN', 'PLATTFORM', 'REVISION')))
             OR (NEW.role = 'STAT' AND u.kind <> 'STATISTIKSTELLE') OR (a.role = 'STAT' AND n.kind <> 'STATISTIKSTELLE')
             OR EXISTS (SELECT FROM organisation.role_conflict c WHERE c.role = NEW.role AND c.other = a.role
                          AND (c.reach = 'ANYWHERE' OR a.unit_id = NEW.unit_id)))
     LIMIT 1;
    IF met IS NOT NULL THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_incompatible',
        MESSAGE = format('the person holds %s already', met);
    END IF;
    IF EXISTS (SELECT FROM organisation.appointment a WHERE a.person_id = NEW.person_id AND a.id <> NEW.id
        AND a.role = NEW.role AND a.unit_id = NEW.unit_id AND a.state IN ('PROPOSED', 'IN_FORCE')
        AND (a.scope_kind, a.scope_id) IS NOT DISTINCT FROM (NEW.scope_kind, NEW.scope_id)
        AND tstzrange(a.valid_from, a.valid_to) && mine) THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_twice', MESSAGE = 'the person holds this role already';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER keep_duties_apart BEFORE INSERT OR UPDATE ON organisation.appointment
    FOR EACH ROW EXECUTE FUNCTION organisation.keep_duties_apart();

  CREATE FUNCTION organisation.contract_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (OLD.id, OLD.party_a, OLD.party_b, OLD.kind, OLD.reference, OLD.valid_from) IS DISTINCT FROM
       (NEW.id, NEW.party_a, NEW.party_b, NEW.kind, NEW.reference, NEW.valid_from) OR NEW.valid_to > OLD.valid_to THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'contract_only_ends', MESSAGE = 'a contract record can be ended, nothing else';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER contract_only_ends BEFORE UPDATE ON organisation.contract
    FOR EACH ROW EXECUTE FUNCTION organisation.contract_only_ends();
`;
