import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An absence hands the decision over to the deputies: it lasts twelve months at most, and one that somebody else sets
 * is an order of two administrators. What one administrator set alone before, and what lasted longer, ends.
 */
export class PowerByTwo1796040000340 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE organisation.person_order
        ADD COLUMN absent_from timestamptz,
        ADD COLUMN absent_to timestamptz,
        ADD COLUMN absence_reason text CHECK (absence_reason IN ('URLAUB', 'KRANK', 'VAKANZ', 'BEFANGENHEIT')),
        DROP CONSTRAINT person_order_kind_check,
        ADD CONSTRAINT person_order_kind_check CHECK (kind IN ('ADMIT', 'ACCOUNT', 'RETURN', 'ERASE', 'ABSENCE')),
        ADD CONSTRAINT person_order_absence CHECK (CASE kind WHEN 'ABSENCE'
          THEN absent_from IS NOT NULL AND absent_to > absent_from ELSE absent_from IS NULL AND absent_to IS NULL AND absence_reason IS NULL END);

      UPDATE organisation.absence SET to_at = greatest(from_at, date_trunc('milliseconds', now())) WHERE set_by <> person_id AND to_at > now();
      UPDATE organisation.absence SET to_at = (from_at AT TIME ZONE 'UTC' + interval '12 months') AT TIME ZONE 'UTC'
       WHERE to_at AT TIME ZONE 'UTC' > from_at AT TIME ZONE 'UTC' + interval '12 months';
      ALTER TABLE organisation.absence
        ADD CONSTRAINT absence_period CHECK (to_at AT TIME ZONE 'UTC' <= from_at AT TIME ZONE 'UTC' + interval '12 months');
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
