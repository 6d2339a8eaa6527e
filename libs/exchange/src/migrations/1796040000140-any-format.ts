import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The database checks the shape of a format's name and no list of them: which formats exist is the application's
 * (`libs/sources/src/formats`), and its schemas refuse every other name before a row is written.
 */
export class AnyFormat1796040000140 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE exchange.download_ticket DROP CONSTRAINT download_ticket_format_check;
      ALTER TABLE exchange.download_ticket ADD CONSTRAINT format_is_a_name CHECK (format ~ '^[a-z][a-z0-9]{0,15}$');
      ALTER TABLE exchange.exchange DROP CONSTRAINT exchange_format_check;
      ALTER TABLE exchange.exchange ADD CONSTRAINT format_is_a_name CHECK (format ~ '^[a-z][a-z0-9]{0,15}$');
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations only go forward: expand, wait, contract');
  }
}
