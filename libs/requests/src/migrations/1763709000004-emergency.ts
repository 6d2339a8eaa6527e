import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A request that is an emergency access: two people, 24 hours. The application may write it once, with the request;
 * it has no right to change it.
 */
export class Emergency1763709000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE requests.access_request
        ADD COLUMN emergency jsonb,
        ADD CONSTRAINT emergency_of_two CHECK (emergency IS NULL OR (
          emergency->>'danger' IN ('LEBEN','GESUNDHEIT','KATASTROPHE','SEUCHE','VERMISSTE_PERSON')
          AND emergency->>'openedBy' <> emergency->>'confirmedBy'
          AND (emergency->>'openedBy')::uuid = requester_person_id) IS TRUE),
        ADD CONSTRAINT emergency_of_a_day CHECK (emergency IS NULL OR valid_until <= valid_from + interval '24 hours');
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
