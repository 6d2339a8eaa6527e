import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which instruments there are is said by the law book: the database keeps the code, and that it is one. */
export class InstrumentsOfTheLaw1796040000201 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE agreements.agreement
        DROP CONSTRAINT agreement_instrument_check,
        ADD CONSTRAINT agreement_instrument_check CHECK (instrument ~ '^[A-Z][A-Z_]*$');
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
