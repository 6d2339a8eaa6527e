import { renameFunctions, renameTriggers } from '#lib/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stored functions and triggers by the field's own words: what refuses a change is a guard. */
export class PlainNamesRequests1796040000103 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await renameFunctions(db, 'requests', {
      keeper: 'responsible_person',
      keeper_present: 'responsible_person_present',
      keep_replay: 'guard_replay',
      keep_proposal: 'guard_proposal',
    });
    await renameTriggers(db, 'requests', {
      replay: {
        keep_replay: 'guard_replay',
      },
      rule_proposal: {
        keep_proposal: 'guard_proposal',
      },
    });
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
