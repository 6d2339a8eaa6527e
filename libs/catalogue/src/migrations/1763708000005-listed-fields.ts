import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Fields a statute names one by one: BMG § 34(1), and names and addresses of land owners by AO § 31(3). Absent: none. */
export class ListedFields1763708000005 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE catalogue.field ADD COLUMN listed_in text[] NOT NULL DEFAULT '{}' CHECK (listed_in <@ ARRAY['BMG_34_1', 'AO_31_3'])`,
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
