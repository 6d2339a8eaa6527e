import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether data is pseudonymised is the catalogue's to say: `catalogue.is_pseudonymised`, in libs/catalogue/sql. */
export class PseudonymisedMoves1796040000107 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('DROP FUNCTION requests.pseudonymised');
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
