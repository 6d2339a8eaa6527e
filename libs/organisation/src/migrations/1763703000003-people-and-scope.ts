// One file: orders about people, departures and reach of an appointment came in one step and are read together.
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Two people admit, bring back and erase a person; a person leaves or moves; a scope of product or domain counts.
 * Whatever stands here as a trigger holds for a hand at psql with the role of the application as well.
 */
export class PeopleAndScope1763703000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(REACH);
    await db.query(PEOPLE);
    await db.query(ERASURE);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}

const REACH = `
  -- The unit that stands in the place of the one asked about, and the office it is a department of.
  CREATE FUNCTION organisation.line_of(asked uuid, about uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    WITH RECURSIVE up AS (
      SELECT id, parent_id, kind FROM organisation.unit WHERE id = organisation.stands_for(asked, about)
      UNION SELECT p.id, p.parent_id, p.kind
        FROM up JOIN organisation.unit p ON p.id = organisation.stands_for(up.parent_id) AND up.kind = 'ABTEILUNG'
    ) SELECT id FROM up $$;

  -- Whether a role held reaches a matter: city-wide, or in the unit asked about or the office it is a department of;
  -- a role for one product or domain reaches no other, and none when it is not known what the matter is about.
  CREATE FUNCTION organisation.appointment_reaches(a organisation.appointment, asked uuid, product uuid, domain text)
  RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(
      CASE a.scope_kind WHEN 'PRODUCT' THEN a.scope_id = product::text WHEN 'DOMAIN' THEN a.scope_id = domain ELSE true END
      AND (a.scope_kind = 'CITY' OR a.unit_id IN (SELECT organisation.line_of(asked, product))), false) $$;

  CREATE FUNCTION organisation.holds_role(person uuid, asked text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM organisation.appointment a WHERE a.person_id = person AND a.role = asked AND a.state = 'IN_FORCE'
      AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to)) $$;

  CREATE FUNCTION organisation.keep_scope_and_order() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      -- a deputy of one product's owner is no deputy for the whole office
      IF TG_OP = 'INSERT' AND NEW.deputy_of IS NOT NULL AND NOT EXISTS (SELECT FROM organisation.appointment o
          WHERE o.id = NEW.deputy_of AND (o.scope_kind, o.scope_id) IS NOT DISTINCT FROM (NEW.scope_kind, NEW.scope_id)) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_scope', MESSAGE = 'a deputy has the scope of the principal';
      END IF;
      -- SOD-4, case 57: the two who change a list of deciders are administrators, and nobody else
      IF NEW.origin = 'ORDER' AND (
           (TG_OP = 'INSERT' AND NOT organisation.holds_role(NEW.proposed_by, 'ADMIN'))
        OR (TG_OP = 'UPDATE' AND NEW.confirmed_by IS DISTINCT FROM OLD.confirmed_by AND NOT organisation.holds_role(NEW.confirmed_by, 'ADMIN'))) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'appointment_two_persons', MESSAGE = 'two administrators grant a role';
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER keep_scope_and_order BEFORE INSERT OR UPDATE ON organisation.appointment
    FOR EACH ROW EXECUTE FUNCTION organisation.keep_scope_and_order();
`;

const PEOPLE = `
  ALTER TABLE organisation.person ADD COLUMN erased_at timestamptz;
  -- switched off because the person answering for it left, until the unit names another
  ALTER TABLE organisation.machine_client ADD COLUMN frozen_at timestamptz;

  CREATE TABLE organisation.person_order (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('ADMIT', 'ACCOUNT', 'RETURN', 'ERASE')),
    -- of ADMIT the person exists only once it is confirmed
    person_id uuid NOT NULL,
    given_name text CHECK (length(given_name) BETWEEN 1 AND 100),
    family_name text CHECK (length(family_name) BETWEEN 1 AND 100),
    email text CHECK (length(email) <= 200),
    staff_key text CHECK (length(staff_key) <= 100),
    iss text,
    sub text,
    state text NOT NULL CHECK (state IN ('PROPOSED', 'CONFIRMED', 'DECLINED')),
    proposed_by uuid NOT NULL REFERENCES organisation.person,
    proposed_at timestamptz NOT NULL,
    decided_by uuid REFERENCES organisation.person,
    decided_at timestamptz,
    CHECK ((state = 'PROPOSED') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT people_two_persons CHECK (proposed_by <> person_id
      AND (state <> 'CONFIRMED' OR (decided_by <> proposed_by AND decided_by <> person_id)))
  );
  CREATE INDEX ON organisation.person_order (person_id);
  CREATE UNIQUE INDEX person_order_open ON organisation.person_order (person_id, kind) WHERE state = 'PROPOSED';

  CREATE FUNCTION organisation.keep_person_order() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'PROPOSED' OR NOT organisation.holds_role(NEW.proposed_by, 'ADMIN') THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'people_two_persons', MESSAGE = 'an order begins as the proposal of an administrator';
        END IF;
        IF NEW.kind IN ('ADMIT', 'ACCOUNT') AND (NEW.iss IS NULL OR NEW.sub IS NULL)
            OR NEW.kind = 'ADMIT' AND (NEW.given_name IS NULL OR NEW.family_name IS NULL) THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'person_order_complete', MESSAGE = 'name and account are needed';
        END IF;
        RETURN NEW;
      END IF;
      IF current_user <> 'datenraum_app' THEN RETURN NEW; END IF;
      IF OLD.state <> 'PROPOSED' OR NEW.state NOT IN ('CONFIRMED', 'DECLINED') THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'person_order_state', MESSAGE = 'an order is decided once';
      END IF;
      IF NEW.decided_at <> now() OR NOT organisation.holds_role(NEW.decided_by, 'ADMIN') THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'people_two_persons', MESSAGE = 'another administrator decides, now';
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER keep_person_order BEFORE INSERT OR UPDATE ON organisation.person_order
    FOR EACH ROW EXECUTE FUNCTION organisation.keep_person_order();

  -- an order confirmed in this very transaction
  CREATE FUNCTION organisation.ordered_now(person uuid, kinds text[], of_iss text, of_sub text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM organisation.person_order o WHERE o.person_id = person AND o.kind = ANY (kinds)
      AND o.state = 'CONFIRMED' AND o.decided_at = now() AND (of_iss IS NULL OR (o.iss, o.sub) = (of_iss, of_sub))) $$;

  -- A person comes, comes back, or gets an account by the word of two administrators; an account is never handed on.
  CREATE FUNCTION organisation.keep_people() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      ordered boolean := true;
    BEGIN
      IF current_user <> 'datenraum_app' OR current_setting('app.system', true) IS NOT DISTINCT FROM 'on' THEN RETURN NEW; END IF;
      IF TG_TABLE_NAME = 'account' THEN
        ordered := TG_OP = 'INSERT' AND organisation.ordered_now(NEW.person_id, '{ADMIT,ACCOUNT}', NEW.iss, NEW.sub);
      ELSIF TG_OP = 'INSERT' THEN
        ordered := organisation.ordered_now(NEW.id, '{ADMIT}', NULL, NULL);
      ELSIF (OLD.id, OLD.key, OLD.given_name, OLD.family_name, OLD.email, OLD.erased_at)
          IS DISTINCT FROM (NEW.id, NEW.key, NEW.given_name, NEW.family_name, NEW.email, NEW.erased_at) THEN
        ordered := false;
      ELSIF OLD.disabled_at IS NOT NULL AND NEW.disabled_at IS DISTINCT FROM OLD.disabled_at THEN
        ordered := NEW.disabled_at IS NULL AND OLD.erased_at IS NULL AND organisation.ordered_now(NEW.id, '{RETURN}', NULL, NULL);
      END IF;
      IF NOT ordered THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'people_two_persons', MESSAGE = 'two administrators decide on people and accounts';
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER keep_people BEFORE INSERT OR UPDATE ON organisation.person FOR EACH ROW EXECUTE FUNCTION organisation.keep_people();
  CREATE TRIGGER keep_people BEFORE INSERT OR UPDATE ON organisation.account FOR EACH ROW EXECUTE FUNCTION organisation.keep_people();

  -- Somebody left the city, or one unit of it. Later stages learn by event that it happened and read here who it was.
  CREATE TABLE organisation.departure (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES organisation.person,
    kind text NOT NULL CHECK (kind IN ('LEFT', 'MOVED')),
    unit_id uuid REFERENCES organisation.unit,
    to_unit_id uuid REFERENCES organisation.unit,
    at timestamptz NOT NULL,
    set_by uuid NOT NULL REFERENCES organisation.person,
    CHECK ((kind = 'MOVED') = (unit_id IS NOT NULL)),
    CONSTRAINT departure_own CHECK (set_by <> person_id)
  );
  CREATE INDEX ON organisation.departure (person_id);

  GRANT SELECT, INSERT ON organisation.departure TO datenraum_app;
  GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_at) ON organisation.person_order TO datenraum_app;
  GRANT SELECT ON organisation.departure, organisation.person_order TO datenraum_read;
`;

const ERASURE = `
  -- Names, mail, accounts, absences and the clear values of events about a person go; the row and the pseudonym in the
  -- log stay. Runs with the rights of the owner, because the application can delete none of these; it asks for the
  -- order of two administrators, confirmed in this transaction.
  CREATE FUNCTION organisation.erase_person(person uuid) RETURNS TABLE (accounts int, clear_values int)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
    BEGIN
      IF NOT organisation.ordered_now(person, '{ERASE}', NULL, NULL) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'people_two_persons', MESSAGE = 'two administrators order an erasure';
      END IF;
      IF EXISTS (SELECT FROM organisation.person p WHERE p.id = person AND p.disabled_at IS NULL) OR EXISTS (
          SELECT FROM organisation.appointment a WHERE a.person_id = person AND a.state IN ('PROPOSED', 'IN_FORCE')
             AND (a.valid_to IS NULL OR now() < a.valid_to)) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'erasure_too_early', MESSAGE = 'the person is still here';
      END IF;
      DELETE FROM organisation.account a WHERE a.person_id = person;
      GET DIAGNOSTICS accounts = ROW_COUNT;
      DELETE FROM organisation.absence b WHERE b.person_id = person;
      UPDATE organisation.person_order SET given_name = NULL, family_name = NULL, email = NULL, staff_key = NULL, iss = NULL, sub = NULL
       WHERE person_id = person;
      UPDATE organisation.person SET key = NULL, given_name = 'Gelöschte', family_name = 'Person', email = NULL, erased_at = now() WHERE id = person;
      DELETE FROM kernel.audit_clear c USING kernel.audit_clear mine
       WHERE mine.field = 'personId' AND mine.value = person::text AND c.event_id = mine.event_id;
      GET DIAGNOSTICS clear_values = ROW_COUNT;
      RETURN NEXT;
    END $$;
  REVOKE ALL ON FUNCTION organisation.erase_person FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION organisation.erase_person TO datenraum_app;
`;
