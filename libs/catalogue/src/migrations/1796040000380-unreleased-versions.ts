import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A version that nobody released, its fields and its releases are seen by whoever provides the product, and by nobody else. */
export class UnreleasedVersions1796040000380 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER POLICY with_product ON catalogue.product_version USING (EXISTS (SELECT FROM catalogue.product p
        WHERE p.id = product_id AND (frozen_at IS NOT NULL OR kernel.reaches(p.provider_unit_id))));
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
