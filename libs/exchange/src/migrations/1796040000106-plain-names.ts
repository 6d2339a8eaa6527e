import { renameFunctions, renameTriggers } from '#lib/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stored functions and triggers by the field's own words: what refuses a change is a guard. */
export class PlainNamesExchange1796040000106 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await renameFunctions(db, 'exchange', {
      keep_record: 'guard_record',
    });
    await renameTriggers(db, 'exchange', {
      exchange: {
        keep_record: 'guard_record',
      },
    });
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
