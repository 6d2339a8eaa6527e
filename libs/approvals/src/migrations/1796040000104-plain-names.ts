import { renameFunctions, renameTriggers } from '#lib/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stored functions and triggers by the field's own words: what refuses a change is a guard. */
export class PlainNamesApprovals1796040000104 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await renameFunctions(db, 'approvals', {
      one_voice: 'one_vote_per_office',
      voices_there: 'quorum_reached',
    });
    await renameTriggers(db, 'approvals', {
      vote: {
        one_voice: 'one_vote_per_office',
      },
      task: {
        voices_there: 'quorum_reached',
      },
    });
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
