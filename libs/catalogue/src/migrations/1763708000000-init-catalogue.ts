import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Products, their versions and fields. What a product must say before others see it, and before they can ask for it,
 * stands here as constraints: no service and no script makes a product visible that nobody has classified.
 */
export class InitCatalogue1763708000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(TRIGGERS);
    await db.query(VISIBILITY);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}

const CLASSES = `'NONE','DIRECT_ID','QUASI_ID','SENSITIVE','SECRET'`;
const LEVELS = `'normal','hoch','sehr_hoch'`;
const VISIBLE_CARD = [
  'steward',
  'maintainer',
  'originator',
  'collectedBy',
  'contact',
  'leadingSource',
  'domain',
  'spatial',
  'level',
  'temporal',
  'periodicity',
  'modified',
];
const REQUESTABLE_CARD = [
  'detailLevels',
  'collectionLegalBasis',
  'purpose',
  'deletionRule',
  'maxDays',
  'slaDays',
  'offers',
  'quality',
  'provenance',
  'linkKeys',
  'aiUse',
];
const keys = (names: string[]) => `card ?& ARRAY[${names.map((name) => `'${name}'`).join(',')}]`;

const TABLES = `
  CREATE SCHEMA catalogue;
  GRANT USAGE ON SCHEMA catalogue TO datenraum_app, datenraum_read;

  CREATE TABLE catalogue.product (
    id uuid PRIMARY KEY,
    key text UNIQUE CHECK (key ~ '^[a-z][a-z0-9-]{1,60}$'),
    provider_unit_id uuid NOT NULL REFERENCES organisation.unit,
    state text NOT NULL CHECK (state IN ('DRAFT', 'IN_REVIEW', 'VISIBLE', 'REQUESTABLE', 'WITHDRAWN')),
    revision int NOT NULL CHECK (revision > 0),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    summary text NOT NULL CHECK (length(summary) BETWEEN 1 AND 500),
    description text NOT NULL,
    themes text[] NOT NULL DEFAULT '{}',
    keywords text[] NOT NULL DEFAULT '{}',
    openness text CHECK (openness IN ('OPEN', 'INTERNAL', 'RESTRICTED')),
    personal_ref text CHECK (personal_ref IN ('NONE', 'AGGREGATED', 'PSEUDONYMISED', 'PERSONAL', 'SPECIAL')),
    secrecy text[],
    protection_c text CHECK (protection_c IN (${LEVELS})),
    protection_i text CHECK (protection_i IN (${LEVELS})),
    protection_a text CHECK (protection_a IN (${LEVELS})),
    review_by date,
    access_rights text CHECK (access_rights IN ('PUBLIC', 'RESTRICTED', 'NON_PUBLIC')),
    discover_scope text CHECK (discover_scope IN ('ALL', 'CITY', 'OFFERED', 'OWN')),
    sealed_statistics boolean,
    security_relevant boolean,
    licence text,
    non_public_reason text,
    allowed_purposes text[] NOT NULL DEFAULT '{}',
    recipient_kinds text[] NOT NULL DEFAULT '{}',
    max_retention_days int CHECK (max_retention_days > 0),
    task text NOT NULL DEFAULT 'OWN' CHECK (task IN ('OWN', 'DELEGATED')),
    raw_sensor boolean NOT NULL DEFAULT false,
    released_by_statistics boolean NOT NULL DEFAULT false,
    covered_by_satzung boolean NOT NULL DEFAULT false,
    protected_species boolean NOT NULL DEFAULT false,
    about_things boolean NOT NULL DEFAULT false,
    aggregate_product_id uuid REFERENCES catalogue.product CHECK (aggregate_product_id <> id),
    card jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(card) = 'object'),
    current_version_id uuid,
    edited_by uuid[] NOT NULL DEFAULT '{}',
    released_by uuid REFERENCES organisation.person,
    -- as released: a draft of a wider scope shows nothing before its release
    scope_released text,
    kinds_released text[],
    created_at timestamptz NOT NULL,
    modified_at timestamptz NOT NULL,
    search tsvector NOT NULL,
    CONSTRAINT product_second_person CHECK (released_by IS NULL OR NOT released_by = ANY (edited_by)),
    CONSTRAINT product_visible_musts CHECK (state NOT IN ('VISIBLE', 'REQUESTABLE') OR (
      openness IS NOT NULL AND personal_ref IS NOT NULL AND secrecy IS NOT NULL
      AND protection_c IS NOT NULL AND protection_i IS NOT NULL AND protection_a IS NOT NULL
      AND review_by IS NOT NULL AND access_rights IS NOT NULL AND discover_scope IS NOT NULL
      AND sealed_statistics IS NOT NULL AND security_relevant IS NOT NULL AND released_by IS NOT NULL
      AND cardinality(themes) > 0 AND cardinality(keywords) > 0
      AND (openness = 'OPEN' OR non_public_reason IS NOT NULL)
      AND ${keys(VISIBLE_CARD)})),
    CONSTRAINT product_requestable_musts CHECK (state <> 'REQUESTABLE' OR (
      current_version_id IS NOT NULL AND cardinality(allowed_purposes) > 0 AND cardinality(recipient_kinds) > 0
      AND (CASE WHEN openness = 'OPEN' THEN licence IS NOT NULL
                ELSE max_retention_days IS NOT NULL AND card ? 'termsId' END)
      AND ${keys(REQUESTABLE_CARD)}
      AND (personal_ref IN ('NONE', 'AGGREGATED') OR ${keys(['dataSubjects', 'dpiaRef', 'ropaRef'])})))
  );
  CREATE INDEX product_search ON catalogue.product USING gin (search);
  CREATE INDEX product_modified ON catalogue.product (modified_at DESC, id DESC);
  CREATE INDEX product_provider ON catalogue.product (provider_unit_id);

  CREATE TABLE catalogue.product_version (
    id uuid PRIMARY KEY,
    product_id uuid NOT NULL REFERENCES catalogue.product,
    number int NOT NULL CHECK (number > 0),
    object_key text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    rows int NOT NULL CHECK (rows >= 0),
    created_by uuid REFERENCES organisation.person,
    created_at timestamptz NOT NULL,
    frozen_at timestamptz,
    UNIQUE (product_id, number),
    UNIQUE (product_id, id)
  );
  ALTER TABLE catalogue.product ADD FOREIGN KEY (id, current_version_id)
    REFERENCES catalogue.product_version (product_id, id);

  CREATE TABLE catalogue.field (
    version_id uuid NOT NULL REFERENCES catalogue.product_version,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    position int NOT NULL CHECK (position > 0),
    type text NOT NULL CHECK (type IN ('TEXT', 'INTEGER', 'DECIMAL', 'DATE', 'TIMESTAMP', 'BOOLEAN')),
    stored text NOT NULL,
    meaning text NOT NULL DEFAULT '',
    unit text,
    class text CHECK (class IN (${CLASSES})),
    class_reason text,
    suggested_class text NOT NULL CHECK (suggested_class IN (${CLASSES})),
    suggested_because text,
    mask jsonb,
    generalisations jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (version_id, name),
    UNIQUE (version_id, position)
  );

  CREATE TABLE catalogue.pending_upload (
    id uuid PRIMARY KEY,
    product_id uuid NOT NULL REFERENCES catalogue.product,
    provider_unit_id uuid NOT NULL REFERENCES organisation.unit,
    file_name text NOT NULL CHECK (length(file_name) <= 300),
    recognition jsonb,
    created_at timestamptz NOT NULL,
    version_id uuid REFERENCES catalogue.product_version
  );
  CREATE INDEX ON catalogue.pending_upload (created_at);

  GRANT SELECT, INSERT, UPDATE ON catalogue.product, catalogue.product_version, catalogue.field TO datenraum_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON catalogue.pending_upload TO datenraum_app;
  GRANT SELECT ON ALL TABLES IN SCHEMA catalogue TO datenraum_read;
`;

const TRIGGERS = `
  -- German compounds: "Gebäudedatenkataster" is found by "kataster", because every tail of a long word is indexed
  CREATE FUNCTION catalogue.tails(words text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(string_agg(substr(w, n), ' '), '')
      FROM regexp_split_to_table(lower(words), '[^[:alnum:]]+') AS w, generate_series(2, length(w) - 3) AS n
     WHERE length(w) BETWEEN 7 AND 60 $$;

  -- every word must be met: by its stem, by its beginning, or inside a compound; stop words count for nothing
  CREATE FUNCTION catalogue.query(words text[]) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE AS $$
    DECLARE found tsquery := NULL; one tsquery; w text;
    BEGIN
      FOREACH w IN ARRAY words LOOP
        one := to_tsquery('german', '''' || w || ''':*');
        CONTINUE WHEN numnode(one) = 0;
        one := one || to_tsquery('simple', '''' || lower(w) || ''':*');
        found := CASE WHEN found IS NULL THEN one ELSE found && one END;
      END LOOP;
      RETURN found;
    END $$;

  CREATE FUNCTION catalogue.index_product() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE words text := array_to_string(NEW.keywords || NEW.themes, ' ');
    BEGIN
      NEW.search := setweight(to_tsvector('german', NEW.title), 'A') || setweight(to_tsvector('german', words), 'B')
        || setweight(to_tsvector('german', NEW.summary), 'C') || setweight(to_tsvector('german', NEW.description), 'D')
        || setweight(to_tsvector('simple', lower(NEW.title || ' ' || words)), 'D')
        || setweight(to_tsvector('simple', catalogue.tails(NEW.title || ' ' || words)), 'D');
      RETURN NEW;
    END $$;
  CREATE TRIGGER index_product BEFORE INSERT OR UPDATE OF title, summary, description, keywords, themes ON catalogue.product
    FOR EACH ROW EXECUTE FUNCTION catalogue.index_product();

  CREATE FUNCTION catalogue.keep_ladder() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE accountable text;
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'DRAFT' THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_ladder', MESSAGE = 'a product begins as a draft';
        END IF;
        RETURN NEW;
      END IF;
      IF (OLD.id, OLD.provider_unit_id, OLD.created_at) IS DISTINCT FROM (NEW.id, NEW.provider_unit_id, NEW.created_at) OR NEW.revision <= OLD.revision THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_fixed', MESSAGE = 'provider is fixed and every change counts';
      END IF;
      IF NEW.state <> OLD.state AND NOT ((OLD.state, NEW.state) IN (('DRAFT', 'IN_REVIEW'), ('IN_REVIEW', 'DRAFT'),
          ('IN_REVIEW', 'VISIBLE'), ('VISIBLE', 'REQUESTABLE'), ('VISIBLE', 'DRAFT'), ('REQUESTABLE', 'DRAFT'),
          ('VISIBLE', 'WITHDRAWN'), ('REQUESTABLE', 'WITHDRAWN'), ('WITHDRAWN', 'DRAFT'))) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_ladder', MESSAGE = format('no step from %s to %s', OLD.state, NEW.state);
      END IF;
      -- what is decided on cannot change under those who were released to see it
      IF OLD.state IN ('VISIBLE', 'REQUESTABLE') AND NEW.state IN ('VISIBLE', 'REQUESTABLE') AND
         (OLD.openness, OLD.personal_ref, OLD.secrecy, OLD.protection_c, OLD.protection_i, OLD.protection_a, OLD.review_by,
          OLD.discover_scope, OLD.allowed_purposes, OLD.recipient_kinds, OLD.max_retention_days, OLD.licence, OLD.task,
          OLD.raw_sensor, OLD.released_by_statistics, OLD.covered_by_satzung, OLD.protected_species, OLD.themes, OLD.released_by)
         IS DISTINCT FROM
         (NEW.openness, NEW.personal_ref, NEW.secrecy, NEW.protection_c, NEW.protection_i, NEW.protection_a, NEW.review_by,
          NEW.discover_scope, NEW.allowed_purposes, NEW.recipient_kinds, NEW.max_retention_days, NEW.licence, NEW.task,
          NEW.raw_sensor, NEW.released_by_statistics, NEW.covered_by_satzung, NEW.protected_species, NEW.themes, NEW.released_by) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_fixed', MESSAGE = 'a released classification changes by a new release only';
      END IF;
      IF OLD.state = 'IN_REVIEW' AND NEW.state = 'VISIBLE' THEN
        NEW.scope_released := NEW.discover_scope;
        NEW.kinds_released := NEW.recipient_kinds;
      END IF;
      IF NEW.state IN ('VISIBLE', 'REQUESTABLE') AND NEW.state <> OLD.state THEN
        SELECT CASE kind WHEN 'EIGENBETRIEB' THEN 'EB_OWNER' WHEN 'GESELLSCHAFT' THEN 'GES_OWNER' WHEN 'STATISTIKSTELLE' THEN 'STAT' ELSE 'OWNER' END
          INTO accountable FROM organisation.unit WHERE id = NEW.provider_unit_id;
        IF (SELECT count(DISTINCT a.deputy_of IS NULL) FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id
             WHERE a.role = accountable AND a.unit_id IN (NEW.provider_unit_id, (SELECT parent_id FROM organisation.unit WHERE id = NEW.provider_unit_id AND kind = 'ABTEILUNG')) AND a.state = 'IN_FORCE' AND p.disabled_at IS NULL
               AND a.valid_from <= now() AND (a.valid_to IS NULL OR now() < a.valid_to)) < 2 THEN
          RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_accountable', MESSAGE = 'nobody accountable, or no deputy';
        END IF;
      END IF;
      IF NEW.state = 'REQUESTABLE' AND NOT EXISTS (
          SELECT FROM catalogue.product_version v WHERE v.id = NEW.current_version_id AND v.frozen_at IS NOT NULL
            AND NOT EXISTS (SELECT FROM catalogue.field f WHERE f.version_id = v.id AND (f.class IS NULL OR f.meaning = ''))) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'product_fields', MESSAGE = 'the current version is not released or has undescribed fields';
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER keep_ladder BEFORE INSERT OR UPDATE ON catalogue.product
    FOR EACH ROW EXECUTE FUNCTION catalogue.keep_ladder();

  CREATE FUNCTION catalogue.keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (OLD.id, OLD.product_id, OLD.number, OLD.object_key, OLD.sha256, OLD.rows, OLD.created_by, OLD.created_at) IS DISTINCT FROM
         (NEW.id, NEW.product_id, NEW.number, NEW.object_key, NEW.sha256, NEW.rows, NEW.created_by, NEW.created_at) OR OLD.frozen_at IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'version_frozen', MESSAGE = 'a version never changes';
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER keep_version BEFORE UPDATE ON catalogue.product_version FOR EACH ROW EXECUTE FUNCTION catalogue.keep_version();

  CREATE FUNCTION catalogue.keep_field() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM catalogue.product_version WHERE id = NEW.version_id AND frozen_at IS NOT NULL)
         OR (TG_OP = 'UPDATE' AND (OLD.version_id, OLD.name, OLD.position, OLD.type, OLD.stored, OLD.suggested_class) IS DISTINCT FROM
                                  (NEW.version_id, NEW.name, NEW.position, NEW.type, NEW.stored, NEW.suggested_class)) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'version_frozen', MESSAGE = 'the fields of a released version never change';
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER keep_field BEFORE INSERT OR UPDATE ON catalogue.field FOR EACH ROW EXECUTE FUNCTION catalogue.keep_field();
`;

const VISIBILITY = `
  -- as what the viewer would receive: the kinds of recipients their units are; no unit, no kind
  CREATE FUNCTION catalogue.viewer_kinds() RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT CASE
             WHEN u.kind IN ('STADT', 'DEZERNAT', 'AMT', 'ABTEILUNG', 'STAB') THEN 'OTHER_OFFICE'
             WHEN u.kind = 'EIGENBETRIEB' AND u.competition THEN 'GESELLSCHAFT'
             WHEN u.kind IN ('ANDERE_KOMMUNE', 'LAND') THEN 'OTHER_PUBLIC'
             WHEN u.kind = 'FORSCHUNG' THEN 'RESEARCH'
             ELSE u.kind END), '{}')
      FROM organisation.unit u
     WHERE u.id::text = ANY (string_to_array(current_setting('app.units', true), ','))
       AND u.valid_from <= now() AND (u.valid_to IS NULL OR now() < u.valid_to) $$;
  GRANT EXECUTE ON FUNCTION catalogue.viewer_kinds, catalogue.query, catalogue.tails TO datenraum_app, datenraum_read;

  ALTER TABLE catalogue.product ENABLE ROW LEVEL SECURITY;
  ALTER TABLE catalogue.product FORCE ROW LEVEL SECURITY;
  CREATE POLICY own ON catalogue.product USING (kernel.reaches(provider_unit_id)) WITH CHECK (kernel.reaches(provider_unit_id));
  -- once released it stays known to those it was released to, also while it is revised or withdrawn
  CREATE POLICY discover ON catalogue.product FOR SELECT USING (CASE scope_released
    WHEN 'ALL' THEN cardinality((SELECT catalogue.viewer_kinds())) > 0
    WHEN 'CITY' THEN (SELECT catalogue.viewer_kinds()) && ARRAY['OTHER_OFFICE', 'STATISTIKSTELLE', 'EIGENBETRIEB']
    WHEN 'OFFERED' THEN (SELECT catalogue.viewer_kinds()) && kinds_released
    ELSE false END);

  ALTER TABLE catalogue.product_version ENABLE ROW LEVEL SECURITY;
  ALTER TABLE catalogue.product_version FORCE ROW LEVEL SECURITY;
  CREATE POLICY with_product ON catalogue.product_version USING (EXISTS (SELECT FROM catalogue.product p WHERE p.id = product_id))
    WITH CHECK (EXISTS (SELECT FROM catalogue.product p WHERE p.id = product_id AND kernel.reaches(p.provider_unit_id)));
  ALTER TABLE catalogue.field ENABLE ROW LEVEL SECURITY;
  ALTER TABLE catalogue.field FORCE ROW LEVEL SECURITY;
  CREATE POLICY with_version ON catalogue.field USING (EXISTS (SELECT FROM catalogue.product_version v WHERE v.id = version_id))
    WITH CHECK (EXISTS (SELECT FROM catalogue.product_version v JOIN catalogue.product p ON p.id = v.product_id
                         WHERE v.id = version_id AND kernel.reaches(p.provider_unit_id)));
  ALTER TABLE catalogue.pending_upload ENABLE ROW LEVEL SECURITY;
  ALTER TABLE catalogue.pending_upload FORCE ROW LEVEL SECURITY;
  CREATE POLICY own ON catalogue.pending_upload USING (kernel.reaches(provider_unit_id)) WITH CHECK (kernel.reaches(provider_unit_id));
`;
