import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a contract is about: products by id, all products of its parties, or a described processing (Art. 28(3) GDPR). A
 * contract of before says nothing; it carries no personal data until the Rechtsamt completes it.
 */
export class ContractSubject1796040000300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE organisation.contract
        ADD COLUMN subject_kind text CHECK (subject_kind IN ('PRODUCTS','PARTIES','PROCESSING')),
        ADD COLUMN subject_products uuid[],
        ADD COLUMN subject_text text CHECK (length(subject_text) BETWEEN 10 AND 2000),
        ADD COLUMN subject_named_by uuid REFERENCES organisation.person,
        ADD CONSTRAINT contract_subject CHECK (
          (subject_products IS NOT NULL) = (subject_kind IS NOT DISTINCT FROM 'PRODUCTS')
          AND (subject_text IS NOT NULL) = (subject_kind IS NOT DISTINCT FROM 'PROCESSING')
          AND coalesce(cardinality(subject_products), 1) > 0);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE organisation.contract DROP COLUMN subject_kind, DROP COLUMN subject_products, DROP COLUMN subject_text,
        DROP COLUMN subject_named_by;
    `);
  }
}
