import { renameFunctions, renameTriggers } from '#lib/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stored functions and triggers by the field's own words: what refuses a change is a guard. */
export class PlainNamesRulebook1796040000101 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await renameFunctions(db, 'rulebook', {
      voices: 'votes_per_office',
      one_voice: 'one_vote_per_office',
      voices_of_now: 'two_offices_agree',
      keep_version: 'guard_version',
      keep_all: 'guard_deletion',
    });
    await renameTriggers(db, 'rulebook', {
      ruleset_version: {
        keep_version: 'guard_version',
        keep_all: 'guard_deletion',
        voices_of_now: 'two_offices_agree',
      },
      vote: {
        one_voice: 'one_vote_per_office',
      },
      recall: {
        one_voice: 'one_vote_per_office',
      },
    });
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
