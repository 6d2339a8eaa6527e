import { renameFunctions, renameTriggers } from '#lib/kernel';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stored functions and triggers by the field's own words: what refuses a change is a guard. */
export class PlainNamesOrganisation1796040000100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await renameFunctions(db, 'organisation', {
      stands_for: 'successor_of',
      embraces: 'unit_scope',
      lives: 'unit_exists_now',
      house: 'office_of',
      line_of: 'unit_with_ancestors',
      took_over_rows: 'has_taken_over_rows',
      keep_duties_apart: 'guard_duties_apart',
      keep_delegation_short: 'guard_delegation',
      keep_unit_change: 'guard_unit_change',
      keep_unit_change_plan: 'guard_unit_change_plan',
      keep_succession: 'guard_succession',
      keep_scope_and_order: 'guard_scope_and_order',
      keep_person_order: 'guard_person_order',
      keep_people: 'guard_people',
    });
    await renameTriggers(db, 'organisation', {
      person: {
        keep_people: 'guard_people',
      },
      account: {
        keep_people: 'guard_people',
      },
      appointment: {
        keep_duties_apart: 'guard_duties_apart',
        keep_scope_and_order: 'guard_scope_and_order',
      },
      delegation: {
        keep_delegation_short: 'guard_delegation',
      },
      unit_change: {
        keep_unit_change: 'guard_unit_change',
      },
      unit_change_unit: {
        keep_plan: 'guard_plan',
      },
      unit_change_item: {
        keep_plan: 'guard_plan',
      },
      unit_succession: {
        keep_succession: 'guard_succession',
      },
      person_order: {
        keep_person_order: 'guard_person_order',
      },
    });
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
