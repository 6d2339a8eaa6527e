import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { DataSource, MigrationExecutor, type MigrationInterface, type QueryRunner } from 'typeorm';
import { QUEUE_SCHEMA } from './queue';
import { type RepeatableSql, runRepeatableSql } from './repeatable-sql';

export type MigrationClass = new () => MigrationInterface;

const LOCK = 4_711_0037; // any fixed number: one migration run at a time

/** What a database is made of: each migration runs once, each file of SQL whenever its text has changed. */
export interface DatabaseShape {
  migrations: MigrationClass[];
  repeatable: RepeatableSql[];
}

/**
 * Brings a database to the current shape as its owner, in one transaction: migrations of all stages in the order of
 * their timestamps, then stored functions and triggers in their current text; then BullMQ's own tables. Gives the names
 * of what ran. A second process waits; a run that fails or dies leaves the old shape.
 */
export async function migrate(ownerUrl: string, { migrations, repeatable }: DatabaseShape): Promise<string[]> {
  const guard = new Client({ connectionString: ownerUrl });
  await guard.connect();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await guard.query('CREATE SCHEMA IF NOT EXISTS migration');
    const source = new DataSource({
      type: 'postgres',
      url: ownerUrl,
      schema: 'migration',
      migrations,
      migrationsTransactionMode: 'all',
      installExtensions: false,
    });
    await source.initialize();
    try {
      const ran = await source.transaction((em) => run(source, em.queryRunner!, repeatable));
      await migrateQueue(guard);
      return ran;
    } finally {
      await source.destroy();
    }
  } finally {
    await guard.end();
  }
}

async function run(source: DataSource, runner: QueryRunner, repeatable: RepeatableSql[]): Promise<string[]> {
  const executor = new MigrationExecutor(source, runner);
  executor.transaction = 'all'; // the one that is open
  const done = await executor.executePendingMigrations();
  // after a migration all of them: it may have changed what they name, and the text of the files is what counts
  return [...done.map(({ name }) => name), ...(await runRepeatableSql(runner, repeatable, done.length > 0))];
}

async function migrateQueue(owner: Client): Promise<void> {
  await runMigrations(owner, QUEUE_SCHEMA);
  await owner.query(`
    -- CREATE too: BullMQ makes a sequence for each queue when it is first used
    GRANT USAGE, CREATE ON SCHEMA ${QUEUE_SCHEMA} TO datenraum_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO datenraum_app;
    -- only those that are ours to grant: at a second start the queues' own sequences are there and belong to the app
    DO $$
      DECLARE one text;
      BEGIN
        FOR one IN SELECT c.oid::regclass FROM pg_class c
          WHERE c.relkind = 'S' AND c.relnamespace = '${QUEUE_SCHEMA}'::regnamespace AND c.relowner = current_user::regrole
        LOOP
          EXECUTE format('GRANT USAGE, SELECT, UPDATE ON SEQUENCE %s TO datenraum_app', one);
        END LOOP;
      END $$;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO datenraum_app;
  `);
}
