import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Written delegations (SOD-9): one step, at most twelve months, revocable. What the service checks stands here too, so
 * that no script gets past it; two delegations that would mirror each other wait for one another.
 */
export class Delegation1763703000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE organisation.delegation (
        id uuid PRIMARY KEY,
        -- the right that is delegated; it ends with the appointment
        appointment_id uuid NOT NULL REFERENCES organisation.appointment,
        delegate_person_id uuid NOT NULL REFERENCES organisation.person,
        -- where the writing is
        reference text NOT NULL CHECK (length(reference) BETWEEN 1 AND 200),
        valid_from timestamptz NOT NULL,
        valid_to timestamptz NOT NULL,
        delegated_by uuid NOT NULL REFERENCES organisation.person,
        revoked_at timestamptz,
        revoked_by uuid REFERENCES organisation.person,
        CONSTRAINT delegation_period CHECK (valid_to > valid_from
          AND valid_to AT TIME ZONE 'UTC' <= valid_from AT TIME ZONE 'UTC' + interval '12 months'),
        CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
      );
      CREATE INDEX ON organisation.delegation (delegate_person_id);
      CREATE INDEX ON organisation.delegation (appointment_id);

      -- The office a unit belongs to when parties and offices are compared: a department and the statistics unit are
      -- part of theirs, everything else stands for itself.
      CREATE FUNCTION organisation.house(asked uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
        WITH RECURSIVE up AS (
          SELECT id, parent_id, kind, 0 AS level FROM organisation.unit WHERE id = asked
          UNION SELECT p.id, p.parent_id, p.kind, up.level + 1
            FROM organisation.unit p JOIN up ON up.parent_id = p.id AND up.kind IN ('ABTEILUNG', 'STATISTIKSTELLE')
        ) SELECT id FROM up ORDER BY level DESC LIMIT 1 $$;

      CREATE FUNCTION organisation.keep_delegation_short() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        mine organisation.appointment;
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          IF OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL
              OR (OLD.id, OLD.appointment_id, OLD.delegate_person_id, OLD.reference, OLD.valid_from, OLD.valid_to, OLD.delegated_by)
                 IS DISTINCT FROM (NEW.id, NEW.appointment_id, NEW.delegate_person_id, NEW.reference, NEW.valid_from, NEW.valid_to, NEW.delegated_by) THEN
            RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'delegation_fixed', MESSAGE = 'a delegation is revoked, once, and nothing else';
          END IF;
          RETURN NEW;
        END IF;
        IF NEW.valid_to <= NEW.valid_from THEN
          RETURN NEW; -- the constraint on the period says so; a range can not be made of it
        END IF;
        SELECT * INTO mine FROM organisation.appointment WHERE id = NEW.appointment_id;
        -- delegations of one right wait for each other, else two that mirror each other would both pass
        PERFORM pg_advisory_xact_lock(3704, hashtext(mine.role || mine.unit_id::text));
        IF mine.person_id = NEW.delegate_person_id THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'delegation_self', MESSAGE = 'nobody delegates to themselves';
        END IF;
        IF mine.state <> 'IN_FORCE' OR mine.deputy_of IS NOT NULL OR mine.role NOT IN ('OWNER', 'EB_OWNER', 'GES_OWNER')
            OR mine.person_id <> NEW.delegated_by OR NEW.revoked_at IS NOT NULL THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'delegation_right',
            MESSAGE = 'only the one accountable for data delegates, and only their own right';
        END IF;
        IF EXISTS (
          SELECT FROM organisation.delegation d JOIN organisation.appointment o ON o.id = d.appointment_id
           WHERE o.role = mine.role AND o.unit_id = mine.unit_id
             AND (d.delegate_person_id = mine.person_id OR o.person_id = NEW.delegate_person_id)
             -- an order revoked before it began has an empty range and meets nothing
             AND tstzrange(d.valid_from, greatest(d.valid_from, least(d.valid_to, d.revoked_at))) && tstzrange(NEW.valid_from, NEW.valid_to)) THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'delegation_chain', MESSAGE = 'what is delegated is not delegated further, nor back';
        END IF;
        IF EXISTS (
          SELECT FROM organisation.appointment a
           WHERE a.person_id = NEW.delegate_person_id AND a.state IN ('PROPOSED', 'IN_FORCE')
             AND tstzrange(a.valid_from, a.valid_to) && tstzrange(NEW.valid_from, NEW.valid_to)
             AND organisation.bars_delegate(a.role, mine.role, a.unit_id = mine.unit_id)) THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'delegation_incompatible', MESSAGE = 'the person holds a role that does not go with this one';
        END IF;
        RETURN NEW;
      END $$;

      -- Whether a role held bars from acting in another by delegation; asked when delegating and again at every act.
      CREATE FUNCTION organisation.bars_delegate(held text, delegated text, same_unit boolean) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT held IN ('ADMIN', 'PLATTFORM', 'REVISION', 'STAT') OR EXISTS (
          SELECT FROM organisation.role_conflict c WHERE c.role = delegated AND c.other = held AND (c.reach = 'ANYWHERE' OR same_unit)) $$;

      CREATE TRIGGER keep_delegation_short BEFORE INSERT OR UPDATE ON organisation.delegation
        FOR EACH ROW EXECUTE FUNCTION organisation.keep_delegation_short();

      GRANT SELECT, INSERT, UPDATE (revoked_at, revoked_by) ON organisation.delegation TO datenraum_app;
      GRANT SELECT ON organisation.delegation TO datenraum_read;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
