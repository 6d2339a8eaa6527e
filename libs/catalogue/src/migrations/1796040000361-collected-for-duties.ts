import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which duties the data was collected for. What was released before for the purpose of a duty named none, and none counts
 * until its owner revises it; said so here, because a unit can only hand on a product that meets its musts. They stand
 * aside meanwhile: what was released before another must was there keeps its place.
 */
export class CollectedForDuties1796040000361 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`SELECT set_config('app.system', 'on', true)`);
    await db.query(`
      DO $$
      DECLARE must record; musts text := '';
      BEGIN
        FOR must IN SELECT conname AS name, pg_get_constraintdef(oid) AS text FROM pg_constraint
                     WHERE conrelid = 'catalogue.product'::regclass AND conname IN ('product_visible_musts', 'product_requestable_musts') LOOP
          musts := musts || format('ALTER TABLE catalogue.product ADD CONSTRAINT %I %s;', must.name, must.text);
          EXECUTE format('ALTER TABLE catalogue.product DROP CONSTRAINT %I', must.name);
        END LOOP;
        UPDATE catalogue.product SET card = card || '{"collectedForDuties": []}', revision = revision + 1
         WHERE state IN ('VISIBLE', 'REQUESTABLE') AND 'PFLICHTAUFGABE' = ANY (allowed_purposes) AND NOT card ? 'collectedForDuties';
        IF musts <> '' THEN EXECUTE musts; END IF;
      END $$`);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
