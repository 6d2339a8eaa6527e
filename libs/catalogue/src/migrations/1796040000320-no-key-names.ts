import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A mask no longer names the key of its pseudonyms: keys are derived for each agreement. What was declared stays, without
 * the name. Fields of released versions are frozen, and this changes nothing of what they promise.
 */
export class NoKeyNames1796040000320 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SELECT set_config('app.system', 'on', true)`);
    await runner.query('ALTER TABLE catalogue.field DISABLE TRIGGER USER');
    await runner.query(`UPDATE catalogue.field SET mask = mask - 'keyRef' WHERE mask ? 'keyRef'`);
    await runner.query(`
      UPDATE catalogue.field SET generalisations = (SELECT jsonb_agg(form - 'keyRef' ORDER BY at)
                                                      FROM jsonb_array_elements(generalisations) WITH ORDINALITY f(form, at))
       WHERE generalisations::text LIKE '%"keyRef"%'`);
    await runner.query('ALTER TABLE catalogue.field ENABLE TRIGGER USER');
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
