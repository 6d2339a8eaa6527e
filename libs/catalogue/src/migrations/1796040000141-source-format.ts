import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What belongs to CSV alone moved from the recognition into its part `format`, which says by `kind` whose it is. Uploads
 * that wait for a confirmation keep what was recognised.
 */
export class SourceFormat1796040000141 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SELECT set_config('app.system', 'on', true)`);
    await runner.query(`
      UPDATE catalogue.pending_upload u
         SET recognition = (recognition - members) || jsonb_build_object('format', jsonb_build_object('kind', 'csv') ||
               (SELECT jsonb_object_agg(key, value) FROM jsonb_each(recognition) WHERE key = ANY (members)))
        FROM (SELECT '{encoding,bom,delimiter,newline,headerLine,firstDataLine,titleLines,footerLines}'::text[] AS members) m
       WHERE recognition ? 'delimiter'`);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
