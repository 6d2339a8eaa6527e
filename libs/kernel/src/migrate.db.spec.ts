import { databaseShape } from '../../../apps/migrate/src/stages';
import { aDatabase, anEmptyDatabase, type TestDatabase } from '../../../test/support/database';
import { type DatabaseShape, migrate } from './migrate';
import { openQueue } from './queue';
import type { RepeatableSql } from './repeatable-sql';

const REACHES = 'kernel/sql/reaches.sql';

/** The shape of today with other files of SQL. */
const withFiles = (change: (file: RepeatableSql) => string, more: Partial<DatabaseShape> = {}): DatabaseShape => ({
  ...databaseShape,
  repeatable: databaseShape.repeatable.map((file) => ({ name: file.name, text: change(file) })),
  ...more,
});

/** All that stored functions and triggers are: text, attributes, owner, grants. */
async function stored(db: TestDatabase): Promise<string[]> {
  const { rows } = await db.owner.query(
    `SELECT concat_ws(E'\\n', p.oid::regprocedure, pg_get_functiondef(p.oid), pg_get_userbyid(p.proowner), p.proacl) AS one
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspowner = 'datenraum_owner'::regrole AND n.nspname <> 'bullmq'
     UNION ALL SELECT concat_ws(' ', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
     ORDER BY 1`,
  );
  return rows.map(({ one }: { one: string }) => one);
}

describe('the tables of a running installation', () => {
  let db: TestDatabase;
  beforeAll(async () => void (db = await aDatabase()));
  afterAll(() => db?.close());

  it('are brought up to date again after the queues have been used', async () => {
    const queue = openQueue(db.config, 'used'); // makes a sequence that belongs to the app
    await queue.add('told', {});
    await queue.close();
    await expect(migrate(db.url('owner'), databaseShape)).resolves.toEqual([]);
    await expect(migrate(db.url('owner'), databaseShape)).resolves.toEqual([]);
  });
});

describe('stored functions and triggers', () => {
  let db: TestDatabase;
  beforeEach(async () => void (db = await aDatabase()));
  afterEach(() => db?.close());

  it('are the same in a fresh database and in one that came the old way', async () => {
    const old = await anEmptyDatabase();
    try {
      const before = databaseShape.migrations.filter(({ name }) => Number(name.slice(-13)) < 1796040000000);
      await migrate(old.url('owner'), { migrations: before, repeatable: [] });
      expect(await stored(old)).not.toEqual(await stored(db));
      await migrate(old.url('owner'), databaseShape);
      expect(await stored(old)).toEqual(await stored(db));
    } finally {
      await old.close();
    }
  });

  it('follow their file, and only where its text has changed', async () => {
    const was = await stored(db);
    const changed = withFiles(({ name, text }) =>
      name === REACHES ? text.replace('SELECT', 'SELECT false OR') : text,
    );
    await expect(migrate(db.url('owner'), changed)).resolves.toEqual([REACHES]);
    const differs = (await stored(db)).filter((one) => !was.includes(one));
    expect(differs).toEqual([expect.stringContaining('SELECT false OR')]);
    await expect(migrate(db.url('owner'), changed)).resolves.toEqual([]);
    await expect(migrate(db.url('owner'), databaseShape)).resolves.toEqual([REACHES]);
    expect(await stored(db)).toEqual(was);
  });

  it('stay as they were when one file is broken, and the fault names it', async () => {
    const was = await stored(db);
    class Marks1796049999999 {
      up = (runner: { query(text: string): Promise<unknown> }) => runner.query('CREATE TABLE kernel.marks ()');
      down = () => Promise.resolve();
    }
    const broken = withFiles(
      ({ name, text }) =>
        name === REACHES ? text.replace('SELECT', 'SELECT false OR') : text.replace(/\bsuccessor_of\(asked/, '($&'),
      { migrations: [...databaseShape.migrations, Marks1796049999999] },
    );
    await expect(migrate(db.url('owner'), broken)).rejects.toThrow(/^libs\/organisation\/sql\/\w+\.sql: /);
    expect(await stored(db)).toEqual(was);
    expect((await db.owner.query(`SELECT to_regclass('kernel.marks') AS made`)).rows).toEqual([{ made: null }]);
    await expect(migrate(db.url('owner'), databaseShape)).resolves.toEqual([]);
  });

  it('all run again after a migration, which may have changed what they name', async () => {
    class Drifts1796049999999 {
      up = (runner: { query(text: string): Promise<unknown> }) =>
        runner.query(
          'CREATE OR REPLACE FUNCTION kernel.reaches(unit uuid) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$',
        );
      down = () => Promise.resolve();
    }
    const was = await stored(db);
    await migrate(db.url('owner'), {
      ...databaseShape,
      migrations: [...databaseShape.migrations, Drifts1796049999999],
    });
    expect(await stored(db)).toEqual(was);
  });
});
