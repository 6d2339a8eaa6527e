import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an instrument asks for beside the frozen text: settled once, with the confirmation, for both sides to read. */
export class Annex1763711000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agreements.annex (
        agreement_id     uuid PRIMARY KEY REFERENCES agreements.agreement,
        answers          jsonb NOT NULL CHECK (jsonb_typeof(answers) = 'array' AND jsonb_array_length(answers) > 0),
        text             text NOT NULL,
        sha256           text NOT NULL CHECK (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
        person_id        uuid NOT NULL REFERENCES organisation.person,
        consumer_unit_id uuid NOT NULL,
        provider_unit_id uuid NOT NULL,
        created_at       timestamptz NOT NULL
      );
      -- both sides agreed to it as it stood when the agreement came alive
      CREATE FUNCTION agreements.guard_annex() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP <> 'INSERT' THEN
            RAISE EXCEPTION 'an annex never changes' USING ERRCODE = 'restrict_violation';
          END IF;
          IF NOT EXISTS (SELECT FROM agreements.agreement a WHERE a.id = NEW.agreement_id AND a.state = 'OFFERED'
               AND a.consumer_unit_id = NEW.consumer_unit_id AND a.provider_unit_id = NEW.provider_unit_id) THEN
            RAISE EXCEPTION 'an annex belongs to an agreement that is still offered' USING ERRCODE = 'check_violation';
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER guard_annex BEFORE INSERT OR UPDATE OR DELETE ON agreements.annex FOR EACH ROW EXECUTE FUNCTION agreements.guard_annex();
      CREATE TRIGGER keep_annex BEFORE TRUNCATE ON agreements.annex EXECUTE FUNCTION agreements.guard_annex();

      ALTER TABLE agreements.annex ENABLE ROW LEVEL SECURITY;
      ALTER TABLE agreements.annex FORCE ROW LEVEL SECURITY;
      CREATE POLICY both_sides ON agreements.annex
        USING (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id))
        WITH CHECK (kernel.reaches(consumer_unit_id) OR kernel.reaches(provider_unit_id));
      GRANT SELECT, INSERT ON agreements.annex TO datenraum_app;
      GRANT SELECT ON agreements.annex TO datenraum_read;
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
