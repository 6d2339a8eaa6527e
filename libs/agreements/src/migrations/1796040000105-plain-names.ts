import { renameTriggers } from '#lib/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stored functions and triggers by the field's own words: what refuses a change is a guard. */
export class PlainNamesAgreements1796040000105 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await renameTriggers(db, 'agreements', {
      annex: {
        keep_annex: 'guard_annex_truncate',
      },
    });
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
