import { renameFunctions, renameTriggers } from '#lib/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stored functions and triggers by the field's own words: what refuses a change is a guard. */
export class PlainNamesCatalogue1796040000102 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await renameFunctions(db, 'catalogue', {
      orphans: 'products_without_owner',
      no_orphan: 'guard_products_have_owner',
      keep_ladder: 'guard_product',
      keep_version: 'guard_version',
      keep_field: 'guard_field',
    });
    await renameTriggers(db, 'catalogue', {
      product: {
        keep_ladder: 'guard_product',
      },
      product_version: {
        keep_version: 'guard_version',
      },
      field: {
        keep_field: 'guard_field',
      },
    });
    await db.query('ALTER TRIGGER no_orphan ON organisation.unit_change RENAME TO guard_products_have_owner');
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
