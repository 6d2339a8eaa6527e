import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A card could name a rule that permits without a person. Nothing ever read it: the law book alone says what needs nobody.
 * What was released before a must was there keeps its place, so the musts stand aside while the word is taken out.
 */
export class NoAutomaticRule1796040000241 implements MigrationInterface {
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
        UPDATE catalogue.product SET card = card - 'autoRule', revision = revision + 1 WHERE card ? 'autoRule';
        IF musts <> '' THEN EXECUTE musts; END IF;
      END $$`);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
