import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Units renamed, merged, split, dissolved, moved: an order of two people, in force by the clock. A unit that ended keeps
 * its id and its rows; who stands in its place now is worked out from `unit_succession`, never copied into the rows.
 */
export class UnitChange1763703000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(PLACES);
    await db.query(GUARDS);
    await db.query(`
      GRANT SELECT, INSERT ON organisation.unit_change, organisation.unit_change_unit, organisation.unit_change_item,
        organisation.unit_succession, organisation.unit_name TO datenraum_app;
      GRANT UPDATE (state, effective_at, confirmed_by, confirmed_at, cancelled_by, cancelled_at, took_effect_at)
        ON organisation.unit_change TO datenraum_app;
      GRANT UPDATE (to_unit) ON organisation.unit_change_item TO datenraum_app;
      GRANT SELECT ON ALL TABLES IN SCHEMA organisation TO datenraum_read;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}

const TABLES = `
  CREATE TABLE organisation.unit_change (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('RENAME', 'MERGE', 'SPLIT', 'DISSOLVE', 'MOVE')),
    -- number of the order of the head of administration
    basis text NOT NULL CHECK (length(basis) BETWEEN 1 AND 200),
    state text NOT NULL CHECK (state IN ('PREPARED', 'CONFIRMED', 'CANCELLED')),
    -- the moment the order names; null: from the confirmation on
    ordered_for timestamptz,
    -- when it takes effect; known with the confirmation, never before it
    effective_at timestamptz,
    new_name text CHECK (length(new_name) BETWEEN 1 AND 200),
    new_parent_id uuid REFERENCES organisation.unit,
    -- of a split: who keeps the files nobody else takes over
    records_unit_id uuid REFERENCES organisation.unit,
    prepared_by uuid NOT NULL REFERENCES organisation.person,
    prepared_at timestamptz NOT NULL,
    confirmed_by uuid REFERENCES organisation.person,
    confirmed_at timestamptz,
    cancelled_by uuid REFERENCES organisation.person,
    cancelled_at timestamptz,
    took_effect_at timestamptz,
    -- SOD-4: two people change the organisation
    CONSTRAINT unit_change_two_persons CHECK (confirmed_by <> prepared_by),
    CHECK ((state = 'CONFIRMED') = (confirmed_by IS NOT NULL) AND (state = 'CONFIRMED') = (confirmed_at IS NOT NULL)
      AND (state = 'CONFIRMED') = (effective_at IS NOT NULL)),
    CHECK ((state = 'CANCELLED') = (cancelled_by IS NOT NULL) AND (state = 'CANCELLED') = (cancelled_at IS NOT NULL)),
    CHECK (took_effect_at >= effective_at),
    CHECK ((kind = 'RENAME') = (new_name IS NOT NULL) AND (kind = 'MOVE') = (new_parent_id IS NOT NULL)
      AND (kind = 'SPLIT') = (records_unit_id IS NOT NULL))
  );
  CREATE INDEX unit_change_due ON organisation.unit_change (effective_at) WHERE state = 'CONFIRMED' AND took_effect_at IS NULL;

  CREATE TABLE organisation.unit_change_unit (
    change_id uuid NOT NULL REFERENCES organisation.unit_change,
    unit_id uuid NOT NULL REFERENCES organisation.unit,
    part text NOT NULL CHECK (part IN ('SOURCE', 'TARGET')),
    PRIMARY KEY (change_id, unit_id)
  );
  CREATE INDEX ON organisation.unit_change_unit (unit_id);

  -- What of the ending unit goes where. PRODUCT, REQUEST (with its agreement) and UNIT by id, CLIENT by issuer and name.
  CREATE TABLE organisation.unit_change_item (
    change_id uuid NOT NULL REFERENCES organisation.unit_change,
    kind text NOT NULL CHECK (kind IN ('PRODUCT', 'REQUEST', 'CLIENT', 'UNIT')),
    item text NOT NULL CHECK (length(item) BETWEEN 1 AND 500),
    to_unit uuid NOT NULL REFERENCES organisation.unit,
    PRIMARY KEY (change_id, kind, item)
  );

  -- Who stands in the place of a unit from a moment on: of the whole unit (subject null), or for one request or product.
  CREATE TABLE organisation.unit_succession (
    from_unit uuid NOT NULL REFERENCES organisation.unit,
    to_unit uuid NOT NULL REFERENCES organisation.unit,
    at timestamptz NOT NULL,
    change_id uuid NOT NULL REFERENCES organisation.unit_change,
    subject uuid,
    CHECK (from_unit <> to_unit)
  );
  CREATE UNIQUE INDEX unit_succession_whole ON organisation.unit_succession (from_unit) WHERE subject IS NULL;
  CREATE UNIQUE INDEX unit_succession_single ON organisation.unit_succession (from_unit, subject) WHERE subject IS NOT NULL;
  CREATE INDEX ON organisation.unit_succession (to_unit);

  -- Names a unit had, valid [valid_from, valid_to). The one it has stands at the unit.
  CREATE TABLE organisation.unit_name (
    unit_id uuid NOT NULL REFERENCES organisation.unit,
    name text NOT NULL,
    valid_from timestamptz NOT NULL,
    valid_to timestamptz NOT NULL CHECK (valid_to > valid_from),
    PRIMARY KEY (unit_id, valid_to)
  );
`;

const PLACES = `
  -- Who stands in the place of a unit now: for a request or product of a unit that was split, the one it went to. A unit
  -- nobody succeeded stands for itself, also when it has ended: then nobody holds a role in it.
  CREATE FUNCTION organisation.stands_for(asked uuid, about uuid DEFAULT NULL) RETURNS uuid LANGUAGE plpgsql STABLE AS $$
    DECLARE
      here uuid := asked;
      next_unit uuid;
    BEGIN
      -- a unit ends once, so the way has no circle
      LOOP
        SELECT to_unit INTO next_unit FROM organisation.unit_succession
         WHERE from_unit = here AND (subject IS NULL OR subject = about) AND at <= now()
         ORDER BY subject IS NULL LIMIT 1;
        IF NOT FOUND THEN RETURN here; END IF;
        here := next_unit;
      END LOOP;
    END $$;

  -- A unit, all that is below it, and all in whose place any of them stands, wholly or for single requests or products.
  -- For questions where one too many does no harm: what is to be looked at again.
  CREATE FUNCTION organisation.embraces(asked uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    WITH RECURSIVE held AS (
      SELECT asked AS id
      UNION SELECT more.id FROM held CROSS JOIN LATERAL (
        SELECT u.id FROM organisation.unit u WHERE u.parent_id = held.id
        UNION ALL SELECT s.from_unit FROM organisation.unit_succession s WHERE s.to_unit = held.id AND s.at <= now()) more
    ) SELECT id FROM held $$;

  -- Whether the units of this transaction took over single requests or products of a unit that was split: only then
  -- row-level security looks at rows one by one.
  CREATE FUNCTION organisation.took_over_rows() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM organisation.unit_succession s
      WHERE s.subject IS NOT NULL AND s.at <= now()
        AND s.to_unit::text = ANY (string_to_array(current_setting('app.units', true), ','))) $$;

  CREATE FUNCTION organisation.lives(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM organisation.unit WHERE id = asked AND valid_from <= now() AND (valid_to IS NULL OR now() < valid_to)) $$;

  -- as before, for the unit that stands in the place of the one asked for
  CREATE OR REPLACE FUNCTION organisation.house(asked uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
    WITH RECURSIVE up AS (
      SELECT id, parent_id, kind, 0 AS level FROM organisation.unit WHERE id = organisation.stands_for(asked)
      UNION SELECT p.id, p.parent_id, p.kind, up.level + 1
        FROM up JOIN organisation.unit p ON p.id = organisation.stands_for(up.parent_id) AND up.kind IN ('ABTEILUNG', 'STATISTIKSTELLE')
    ) SELECT id FROM up ORDER BY level DESC LIMIT 1 $$;

  GRANT EXECUTE ON FUNCTION organisation.stands_for, organisation.embraces, organisation.took_over_rows, organisation.lives
    TO datenraum_app, datenraum_read;
`;

const GUARDS = `
  CREATE FUNCTION organisation.keep_unit_change() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    mine uuid[];
  BEGIN
    IF TG_OP = 'INSERT' THEN
      IF NEW.state <> 'PREPARED' THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_state', MESSAGE = 'a change begins as prepared';
      END IF;
      RETURN NEW;
    END IF;
    IF (OLD.id, OLD.kind, OLD.basis, OLD.ordered_for, OLD.new_name, OLD.new_parent_id, OLD.records_unit_id, OLD.prepared_by, OLD.prepared_at)
       IS DISTINCT FROM (NEW.id, NEW.kind, NEW.basis, NEW.ordered_for, NEW.new_name, NEW.new_parent_id, NEW.records_unit_id, NEW.prepared_by, NEW.prepared_at) THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_fixed', MESSAGE = 'a change is confirmed or cancelled, never rewritten';
    END IF;
    IF OLD.state = NEW.state THEN
      -- once, after its date, and nothing with it
      IF OLD.state <> 'CONFIRMED' OR OLD.took_effect_at IS NOT NULL OR NEW.took_effect_at IS NULL
         OR (OLD.effective_at, OLD.confirmed_by, OLD.confirmed_at) IS DISTINCT FROM (NEW.effective_at, NEW.confirmed_by, NEW.confirmed_at) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_state', MESSAGE = 'no such step';
      END IF;
      RETURN NEW;
    END IF;
    IF OLD.state <> 'PREPARED' OR NEW.took_effect_at IS NOT NULL THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_state', MESSAGE = 'no such step';
    END IF;
    IF NEW.state = 'CANCELLED' THEN RETURN NEW; END IF;

    mine := ARRAY(SELECT unit_id FROM organisation.unit_change_unit WHERE change_id = NEW.id ORDER BY unit_id);
    -- two changes of one unit wait for each other here, in one order
    PERFORM FROM organisation.unit WHERE id = ANY (mine || NEW.new_parent_id) ORDER BY id FOR UPDATE;
    IF EXISTS (SELECT FROM organisation.unit WHERE id = ANY (mine || NEW.new_parent_id) AND valid_to IS NOT NULL)
       OR EXISTS (SELECT FROM organisation.unit_change c JOIN organisation.unit_change_unit x ON x.change_id = c.id
                   WHERE c.id <> NEW.id AND c.state = 'CONFIRMED' AND c.took_effect_at IS NULL AND x.unit_id = ANY (mine || NEW.new_parent_id)) THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_overlap', MESSAGE = 'another change touches one of these units';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER keep_unit_change BEFORE INSERT OR UPDATE ON organisation.unit_change
    FOR EACH ROW EXECUTE FUNCTION organisation.keep_unit_change();

  -- The plan is written while the change is prepared. What came up between confirmation and date is added by the product itself.
  CREATE FUNCTION organisation.keep_unit_change_plan() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    change organisation.unit_change;
  BEGIN
    SELECT * INTO change FROM organisation.unit_change WHERE id = NEW.change_id FOR SHARE;
    IF change.state = 'PREPARED' THEN RETURN NEW; END IF;
    IF TG_TABLE_NAME = 'unit_change_item' AND TG_OP = 'INSERT' AND change.state = 'CONFIRMED'
        AND change.took_effect_at IS NOT NULL AND current_setting('app.system', true) = 'on' THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_change_state', MESSAGE = 'the plan is settled';
  END $$;
  CREATE TRIGGER keep_plan BEFORE INSERT OR UPDATE ON organisation.unit_change_unit
    FOR EACH ROW EXECUTE FUNCTION organisation.keep_unit_change_plan();
  CREATE TRIGGER keep_plan BEFORE INSERT OR UPDATE ON organisation.unit_change_item
    FOR EACH ROW EXECUTE FUNCTION organisation.keep_unit_change_plan();

  CREATE FUNCTION organisation.keep_succession() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP <> 'INSERT' OR NOT EXISTS (
        SELECT FROM organisation.unit_change c
          JOIN organisation.unit_change_unit s ON s.change_id = c.id AND s.unit_id = NEW.from_unit AND s.part = 'SOURCE'
          JOIN organisation.unit_change_unit t ON t.change_id = c.id AND t.unit_id = NEW.to_unit AND t.part = 'TARGET'
         WHERE c.id = NEW.change_id AND c.state = 'CONFIRMED' AND c.effective_at = NEW.at
           AND (NEW.subject IS NOT NULL) = (c.kind <> 'MERGE')) THEN
      RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'unit_succession_ordered', MESSAGE = 'only a confirmed change says who succeeds, once';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER keep_succession BEFORE INSERT OR UPDATE OR DELETE ON organisation.unit_succession
    FOR EACH ROW EXECUTE FUNCTION organisation.keep_succession();
`;
