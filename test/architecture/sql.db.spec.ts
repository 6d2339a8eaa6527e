import { databaseShape } from '../../apps/migrate/src/stages';
import { aDatabase, type TestDatabase } from '../support/database';

/** Where each function and trigger has its current text: `organisation.office_of`, `guard_vote on approvals.vote`. */
const written = databaseShape.repeatable.flatMap(({ name, text }) => [
  ...[...text.matchAll(/^CREATE OR REPLACE FUNCTION (\w+\.\w+)/gm)].map(([, one]) => ({ name, one: one! })),
  ...[...text.matchAll(/^CREATE (?:OR REPLACE|CONSTRAINT) TRIGGER (\w+) [^;]*?\bON (\w+\.\w+)/gm)].map(
    ([, trigger, table]) => ({ name, one: `${trigger} on ${table}` }),
  ),
]);

describe('the current text of stored functions and triggers', () => {
  let db: TestDatabase;
  beforeAll(async () => void (db = await aDatabase()));
  afterAll(() => db?.close());

  it('stands once, in libs/<stage>/sql', async () => {
    const { rows } = await db.owner.query(
      `SELECT n.nspname || '.' || p.proname AS one FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspowner = 'datenraum_owner'::regrole AND n.nspname <> 'bullmq'
       UNION ALL SELECT tgname || ' on ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal`,
    );
    const there = rows.map(({ one }: { one: string }) => one).sort();
    // one that only a migration makes: write its text to libs/<stage>/sql, where the next reader looks for it;
    // one that only a file names: the migration that drops it takes the file along
    expect(written.map(({ one }) => one).sort()).toEqual(there);
  });

  it('is a function of the stage in whose folder the file lies, named as the file if it is not made from a table', () => {
    const strangers = written.filter(
      ({ name, one }) =>
        !one.includes(' on ') &&
        name !== `${one.replace('.', '/sql/')}.sql` &&
        !name.startsWith(`${one.split('.')[0]!}/src/`),
    );
    expect(strangers).toEqual([]);
  });
});
