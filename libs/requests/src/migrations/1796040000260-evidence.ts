import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Documents as evidence: of a unit, kept before there is a request, then attached to it for good. */
export class Evidence1796040000260 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE requests.evidence (
        id          uuid PRIMARY KEY,
        unit_id     uuid NOT NULL REFERENCES organisation.unit,
        product_id  uuid REFERENCES catalogue.product,
        kind        text NOT NULL CHECK (kind ~ '^[A-Z0-9][A-Z0-9_]{0,59}$'),
        title       text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
        reference   text NOT NULL CHECK (length(reference) BETWEEN 1 AND 500),
        issuer      text NOT NULL CHECK (length(issuer) BETWEEN 1 AND 200),
        valid_from  date,
        valid_until date,
        file_name   text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 250),
        media_type  text NOT NULL CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg', 'text/plain')),
        bytes       integer NOT NULL CHECK (bytes > 0),
        sha256      text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        object_key  text NOT NULL,
        scanned_by  text,
        uploaded_by uuid NOT NULL REFERENCES organisation.person,
        uploaded_at timestamptz NOT NULL,
        lapsed_at   timestamptz,
        CHECK (valid_from <= valid_until)
      );
      CREATE INDEX evidence_unit ON requests.evidence (unit_id, uploaded_at DESC);
      CREATE INDEX evidence_product ON requests.evidence (product_id) WHERE product_id IS NOT NULL;
      CREATE INDEX evidence_object ON requests.evidence (object_key);

      CREATE TABLE requests.request_evidence (
        request_id       uuid NOT NULL REFERENCES requests.access_request,
        evidence_id      uuid NOT NULL REFERENCES requests.evidence,
        consumer_unit_id uuid NOT NULL,
        provider_unit_id uuid NOT NULL,
        attached_at      timestamptz NOT NULL,
        PRIMARY KEY (request_id, evidence_id)
      );
      CREATE INDEX request_evidence_of ON requests.request_evidence (evidence_id);

      -- Who has had a document in hand, so that nobody confirms one unseen. Append only; read by the program alone.
      CREATE TABLE requests.evidence_opening (
        evidence_id uuid NOT NULL REFERENCES requests.evidence,
        person_id   uuid NOT NULL REFERENCES organisation.person,
        opened_at   timestamptz NOT NULL,
        PRIMARY KEY (evidence_id, person_id)
      );

      GRANT SELECT, INSERT ON requests.evidence, requests.request_evidence, requests.evidence_opening TO datenraum_app;
      GRANT UPDATE (lapsed_at) ON requests.evidence TO datenraum_app;
      GRANT SELECT ON requests.evidence, requests.request_evidence TO datenraum_read;

      ALTER TABLE requests.request_evidence ENABLE ROW LEVEL SECURITY;
      ALTER TABLE requests.request_evidence FORCE ROW LEVEL SECURITY;
      CREATE POLICY both_sides ON requests.request_evidence
        USING (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id))
        WITH CHECK (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id));
      CREATE POLICY taken_over ON requests.request_evidence USING ((SELECT organisation.has_taken_over_rows())
        AND EXISTS (SELECT FROM requests.access_request r WHERE r.id = request_id));

      -- What a document says of itself is seen with the unit, with a request that rests on it, and with the product it is
      -- shown for. Who opens its bytes is asked at every reading.
      ALTER TABLE requests.evidence ENABLE ROW LEVEL SECURITY;
      ALTER TABLE requests.evidence FORCE ROW LEVEL SECURITY;
      CREATE POLICY seen ON requests.evidence FOR SELECT USING (kernel.reaches(unit_id)
        OR EXISTS (SELECT FROM requests.request_evidence a WHERE a.evidence_id = id)
        OR (product_id IS NOT NULL AND EXISTS (SELECT FROM catalogue.product p WHERE p.id = product_id)));
      CREATE POLICY uploaded ON requests.evidence FOR INSERT WITH CHECK (kernel.reaches(unit_id));
      CREATE POLICY ended ON requests.evidence FOR UPDATE USING (kernel.reaches(unit_id)) WITH CHECK (kernel.reaches(unit_id));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
