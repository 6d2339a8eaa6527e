import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The musts follow from the table of metadata (`must-constraints.ts`), which also holds what this constraint held. */
export class MustsFromMetadata1796040000150 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE catalogue.product DROP CONSTRAINT product_stated_musts');
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
