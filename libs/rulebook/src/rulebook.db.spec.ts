import { systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import type { INestApplicationContext } from '@nestjs/common';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aDatabase, type TestDatabase } from '../../../test/support/database';
import { aStage } from '../../../test/support/stage';
import { requireLaw, Rulebook, rulebookEntities, RulebookModule, warmUp } from './';

const GOVERNANCE = join(__dirname, '../../../config/governance');
const BY = systemActing('test');

let db: TestDatabase;
let app: INestApplicationContext;
let uow: UnitOfWork;
let rulebook: Rulebook;
let folder: string;

const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => uow.run(BY, work);
const install = () => run((tx) => rulebook.install(tx, folder));
const events = async (): Promise<string[]> =>
  (
    await db.owner.query<{ type: string }>(
      `SELECT type FROM kernel.audit_event WHERE type LIKE 'rulebook.%' ORDER BY created_at, type DESC`,
    )
  ).rows.map(({ type }) => type);
const change = async (file: string, from: string | RegExp, to: string) => {
  const text = await readFile(join(folder, file), 'utf8');
  expect(text).toMatch(from);
  await writeFile(join(folder, file), text.replace(from, to));
};

beforeEach(async () => {
  db = await aDatabase();
  app = await aStage(db, [RulebookModule], rulebookEntities);
  uow = app.get(UnitOfWork);
  rulebook = app.get(Rulebook);
  folder = await mkdtemp(join(tmpdir(), 'law-'));
  await cp(GOVERNANCE, folder, { recursive: true });
});
afterEach(async () => {
  await app.close();
  await db.close();
  await rm(folder, { recursive: true });
});

test('without a law book nothing is in force', async () => {
  await expect(uow.read(BY, (tx) => rulebook.inForce(tx))).rejects.toMatchObject({
    code: 'ruleset_missing',
    status: 503,
  });
  expect(await warmUp(app)).toBe(0);
  // and an app does not start
  await expect(requireLaw(await aStage(db, [RulebookModule], rulebookEntities))).rejects.toMatchObject({
    code: 'ruleset_missing',
  });
  await install();
  await expect(requireLaw(app)).resolves.toBeUndefined();
  const before = await events();
  expect(await warmUp(app)).toBeGreaterThan(100);
  expect(await events()).toEqual(before);
});

test('the first import comes into force as version 1, and a second start changes nothing', async () => {
  const first = await install();
  expect(first).toMatchObject({ version: 1, state: 'IN_FORCE', imported: true });
  expect(await install()).toEqual({ ...first, imported: false });
  expect(await events()).toEqual(['rulebook.imported.v1', 'rulebook.adopted.v1']);
  const law = await uow.read(BY, (tx) => rulebook.inForce(tx));
  expect(law).toMatchObject({ version: 1, hash: first.hash });
  expect(law.ruleset.rules.map(({ id }) => id)).toContain('R-VID-01');
});

test('a city without a role concept begins with the baseline set; the role concept then comes as a draft', async () => {
  const first = await run((tx) => rulebook.install(tx, join(GOVERNANCE, '../governance-baseline')));
  expect(first).toMatchObject({ version: 1, state: 'IN_FORCE', imported: true, faults: [] });
  expect(await install()).toMatchObject({ version: 2, state: 'DRAFT', imported: true });
  const { version, ruleset } = await uow.read(BY, (tx) => rulebook.inForce(tx));
  expect([version, ruleset.rules.map(({ id }) => id).every((id) => id.startsWith('R-BAS-'))]).toEqual([1, true]);
});

test('a changed file becomes a draft and the law in force goes on', async () => {
  const { hash } = await install();
  await change('rules/general.yaml', 'Mehrere personenbezogene Datenprodukte', 'Einige personenbezogene Datenprodukte');
  expect(await install()).toMatchObject({ version: 2, state: 'DRAFT', imported: true });
  expect(await install()).toMatchObject({ version: 2, state: 'DRAFT', imported: false });
  expect(await uow.read(BY, (tx) => rulebook.inForce(tx))).toMatchObject({ version: 1, hash });
});

test('comments and layout are no change', async () => {
  const { hash } = await install();
  await appendFile(join(folder, 'rules/general.yaml'), '\n# a remark\n');
  expect(await install()).toMatchObject({ version: 1, hash, imported: false });
});

test('a broken law book never replaces a good one, and every fault is named', async () => {
  const { hash } = await install();
  await change('rules/general.yaml', 'product.hasOwner:', 'product.hasOwnr:');
  await change('rules/open-data.yaml', 'chain: A2', 'chain: A9');
  const { faults, ...kept } = await install();
  expect(kept).toEqual({ version: 1, hash, state: 'IN_FORCE', imported: false });
  expect(faults).toContain('rules/general.yaml R-GEN-01: die Angabe `product.hasOwnr` gibt es nicht');
  expect(faults).toContain('rules/open-data.yaml R-OPN-01: die Kette `A9` gibt es nicht');
  expect((await db.owner.query('SELECT 1 FROM law.version')).rowCount).toBe(1);
  expect(await events()).toEqual(['rulebook.imported.v1', 'rulebook.adopted.v1', 'rulebook.reload-failed.v1']);
  expect(await uow.read(BY, (tx) => rulebook.inForce(tx))).toMatchObject({ version: 1, hash });
});

test('a broken, half or empty law book does not come into force on an empty database', async () => {
  await writeFile(join(folder, 'matrix.yaml'), 'rows: [}');
  await expect(install()).rejects.toMatchObject({ code: 'ruleset_broken' });
  await rm(join(folder, 'matrix.yaml'));
  await expect(install()).rejects.toMatchObject({ code: 'ruleset_broken' });
  await rm(folder, { recursive: true });
  await mkdir(folder);
  await expect(install()).rejects.toMatchObject({ code: 'ruleset_broken' });
  await expect(run((tx) => rulebook.install(tx, join(folder, 'nowhere')))).rejects.toMatchObject({
    code: 'ruleset_broken',
  });
  expect((await db.owner.query('SELECT 1 FROM law.version')).rowCount).toBe(0);
  expect(await events()).toEqual([]);
});

test('a changed file whose cases do not hold never becomes a draft, and every case is named', async () => {
  const { hash } = await install();
  await change(
    'rules/general.yaml',
    'code: test_data\n    when: { nonProduction: { eq: true }',
    'code: test_data\n    when: { nonProduction: { eq: false }',
  );
  const { faults, ...kept } = await install();
  expect(kept).toEqual({ version: 1, hash, state: 'IN_FORCE', imported: false });
  expect(faults).toContainEqual(
    expect.stringMatching(
      /cases\/general\.yaml „Echte Personendaten kommen nicht in Testumgebungen“: outcome: erwartet "FORBID"/,
    ),
  );
  expect((await db.owner.query('SELECT 1 FROM law.version')).rowCount).toBe(1);
  expect(await events()).toEqual(['rulebook.imported.v1', 'rulebook.adopted.v1', 'rulebook.reload-failed.v1']);
});

test('a changed file with a rule that no case speaks of never becomes a draft', async () => {
  await install();
  await writeFile(
    join(folder, 'rules/new.yaml'),
    [
      'chapter: Neues',
      'rules:',
      '  - { id: R-NEU-01, effect: forbid, code: new_rule, when: { thirdCountry: { eq: true } }, because: Eine neue Regel ohne Fall., source: Probe, mark: D }',
    ].join('\n'),
  );
  expect(await install()).toMatchObject({
    imported: false,
    faults: expect.arrayContaining(['rules/new.yaml R-NEU-01: kein Fall nennt diese Regel']),
  });
  expect((await db.owner.query('SELECT 1 FROM law.version')).rowCount).toBe(1);
});

test('version 1 with a case that does not hold stops the start', async () => {
  await change('cases/general.yaml', 'outcome: FORBID, by: [R-GEN-16]', 'outcome: PERMIT_OBL, by: [R-GEN-16]');
  await expect(install()).rejects.toMatchObject({
    code: 'ruleset_cases_fail',
    because: [expect.stringContaining('Testumgebungen')],
  });
  await rm(join(folder, 'cases'), { recursive: true });
  await expect(install()).rejects.toMatchObject({ code: 'ruleset_cases_fail' });
  expect((await db.owner.query('SELECT 1 FROM law.version')).rowCount).toBe(0);
  expect(await events()).toEqual([]);
});

test('a file that is swapped while the folder is read is taken whole or not at all', async () => {
  await install();
  const file = join(folder, 'rules/general.yaml');
  const whole = await readFile(file, 'utf8');
  // a writer that truncates and fills again, many times, while imports go on
  let going = true;
  const writer = (async () => {
    while (going) {
      await writeFile(file, whole.slice(0, whole.indexOf('  - id: R-GEN-10')));
      await writeFile(file, whole);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  })();
  for (let i = 0; i < 3; i++) await install();
  going = false;
  await writer;
  const { rows } = await db.owner.query(`SELECT version, state FROM law.version ORDER BY version`);
  expect(rows[0]).toEqual({ version: 1, state: 'ADOPTED' });
  expect(rows.slice(1).every(({ state }) => state === 'DRAFT')).toBe(true);
});

test('two starts at once import once', async () => {
  const both = await Promise.all([install(), install()]);
  expect(both.map(({ imported }) => imported).sort()).toEqual([false, true]);
  expect(both.map(({ version }) => version)).toEqual([1, 1]);
});

test('a version reads again from the database alone, with the same name', async () => {
  const { hash } = await install();
  const other = await aStage(db, [RulebookModule], rulebookEntities);
  try {
    const law = await other.get(UnitOfWork).read(BY, (tx) => other.get(Rulebook).versionByHash(tx, hash));
    expect(law.ruleset.hash).toBe(hash);
  } finally {
    await other.close();
  }
  await expect(uow.read(BY, (tx) => rulebook.versionByHash(tx, 'f'.repeat(64)))).rejects.toMatchObject({
    code: 'ruleset_version_not_found',
  });
});

test('the database refuses to change, move back or delete a version', async () => {
  await install();
  const app = async (sql: string) => run((tx) => tx.sql(sql));
  await expect(app(`UPDATE law.version SET hash = repeat('0', 64)`)).rejects.toThrow(/never changes/);
  await expect(app(`UPDATE law.version SET version = 7`)).rejects.toThrow(/permission denied/);
  await expect(app(`DELETE FROM law.version`)).rejects.toThrow(/permission denied/);
  await expect(db.owner.query(`UPDATE law.version SET sources = '[{}]'`)).rejects.toThrow(/never changes/);
  await expect(db.owner.query(`UPDATE law.version SET state = 'DRAFT', in_force_from = NULL`)).rejects.toThrow(
    /can not go|never changes/,
  );
  await expect(db.owner.query('DELETE FROM law.version')).rejects.toThrow(/never deleted/);
  await expect(db.owner.query('TRUNCATE law.version CASCADE')).rejects.toThrow(/never deleted|append only/);
});

test('a text changed past the triggers is not decided by', async () => {
  const { hash } = await install();
  await db.owner.query(`ALTER TABLE law.version DISABLE TRIGGER guard_version`);
  await db.owner.query(
    `UPDATE law.version SET sources = replace(sources::text, 'Möglich sind nur Zählwerte', 'Möglich ist alles')::jsonb`,
  );
  const other = await aStage(db, [RulebookModule], rulebookEntities);
  try {
    await expect(other.get(UnitOfWork).read(BY, (tx) => other.get(Rulebook).inForce(tx))).rejects.toMatchObject({
      code: 'ruleset_broken',
    });
  } finally {
    await other.close();
  }
  expect(hash).toHaveLength(64);
});
