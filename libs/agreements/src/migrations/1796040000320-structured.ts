import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An agreement and its annex are kept as structure, and the digest both sides confirm is over it. What was agreed before
 * keeps its text and the digest of its text.
 */
export class StructuredAgreements1796040000320 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, text, digest] of [
      ['agreement', 'terms_text', 'terms_sha256'],
      ['annex', 'text', 'sha256'],
    ]) {
      await runner.query(`ALTER TABLE agreements.${table} ADD COLUMN document text`);
      await runner.query(`
        DO $$
        DECLARE held text;
        BEGIN
          SELECT conname INTO STRICT held FROM pg_constraint
           WHERE conrelid = 'agreements.${table}'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%sha256(convert_to(${text}%';
          EXECUTE format('ALTER TABLE agreements.${table} DROP CONSTRAINT %I', held);
        END
        $$`);
      await runner.query(`
        ALTER TABLE agreements.${table} ADD CONSTRAINT ${table}_sealed
          CHECK (${digest} = encode(sha256(convert_to(coalesce(document, ${text}), 'UTF8')), 'hex'))`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
