// One file: the way of a draft into force on one office, and every step of it that somebody is not entitled to.
import { systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import {
  type Actor,
  loadPilotOrganisation,
  organisationEntities,
  OrganisationModule,
  OrganisationReads,
  OrganisationService,
  UnitChanges,
} from '#lib/organisation';
import type { INestApplicationContext } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aPreparedDatabase, type PreparedDatabase, type TestDatabase } from '../../../test/support/database';
import { aStage } from '../../../test/support/stage';
import { Rulebook, rulebookEntities, RulebookModule, RulebookReads, RulesetDrafts, rulesetStates } from './';

const ROOT = join(__dirname, '../../..');
const BY = systemActing('test');
const GENERAL = readFileSync(join(ROOT, 'config/governance/rules/general.yaml'), 'utf8');
const OLD = 'Der Antrag braucht einen beschriebenen Zweck';
const NEW = 'Ein Antrag braucht einen beschriebenen Zweck';
const newText = (mark = NEW) => [{ file: 'rules/general.yaml', text: GENERAL.replace(OLD, mark) }];

let db: TestDatabase;
let app: INestApplicationContext;
let uow: UnitOfWork;
let drafts: RulesetDrafts;
let reads: RulebookReads;
let rulebook: Rulebook;

async function who(key: string): Promise<Actor> {
  const { rows } = await db.owner.query<{ iss: string; sub: string }>(
    'SELECT c.iss, c.sub FROM organisation.account c JOIN organisation.person p ON p.id = c.person_id WHERE p.key = $1',
    [key],
  );
  return app.get(OrganisationService).actorFor({ ...rows[0]!, clientId: 'x', kind: 'person', expiresAt: new Date() });
}
async function as<T>(key: string, work: (tx: Tx, actor: Actor) => Promise<T>): Promise<T> {
  const actor = await who(key);
  return uow.run(actor.acting, (tx) => work(tx, actor));
}
const draft = (by = 'quirin.stern', files: { file: string; text: string | null }[] = newText()) =>
  as(by, (tx, actor) => drafts.draft(tx, actor, { title: 'Klarerer Satz', reason: 'Leichter zu lesen', files }));
const consult = (id: string, by = 'quirin.stern') => as(by, (tx, actor) => drafts.consult(tx, actor, id));
const call = (id: string, until?: string) =>
  as('quirin.stern', (tx, actor) => drafts.callVote(tx, actor, id, until ? { until } : {}));
const vote = (by: string, id: string, choice = 'YES') =>
  as(by, (tx, actor) => drafts.vote(tx, actor, id, { vote: choice }));
const adopt = (by: string, id: string, input: object = { decisionNumber: '0112/2026' }) =>
  as(by, (tx, actor) => drafts.adopt(tx, actor, id, input));
const code = (problem: string) => expect.objectContaining({ code: problem });
const events = async (): Promise<string[]> =>
  (
    await db.owner.query<{ type: string }>(
      `SELECT type FROM kernel.audit_event WHERE type LIKE 'rulebook.%' ORDER BY created_at, position`,
    )
  ).rows.map(({ type }) => type);
const inVote = async (): Promise<string> => {
  const { id } = await draft();
  await consult(id);
  await call(id);
  return id;
};
/** Lets time pass for one version: only the owner of the tables can, past the trigger. */
const shift = async (id: string, seconds: number) => {
  await db.owner.query(`ALTER TABLE law.version DISABLE TRIGGER USER`);
  await db.owner.query(
    `UPDATE law.version SET in_force_until = in_force_until - make_interval(secs => $1), in_force_from = CASE WHEN id = $2 THEN in_force_from ELSE in_force_from - make_interval(secs => $1) END WHERE state = 'ADOPTED' AND id <> $2`,
    [seconds, id],
  );
  await db.owner.query(
    `UPDATE law.version SET in_force_from = in_force_from - make_interval(secs => $1) WHERE id = $2`,
    [seconds, id],
  );
  await db.owner.query(`ALTER TABLE law.version ENABLE TRIGGER USER`);
};

const stage = () => aStage(db, [OrganisationModule, RulebookModule], [...organisationEntities, ...rulebookEntities]);

let prepared: PreparedDatabase;
beforeAll(async () => {
  prepared = await aPreparedDatabase(async (made) => {
    db = made;
    app = await stage();
    await app.get(UnitOfWork).run(BY, (tx) => app.get(Rulebook).install(tx, join(ROOT, 'config/governance')));
    await app
      .get(UnitOfWork)
      .run(systemActing('pilot'), (tx) =>
        loadPilotOrganisation(tx, join(ROOT, 'config/pilot/organisation.yaml'), 'http://idp.example'),
      );
    await app.close();
  });
});
afterAll(() => prepared?.close());
beforeEach(async () => {
  db = await prepared.clone();
  app = await stage();
  uow = app.get(UnitOfWork);
  drafts = app.get(RulesetDrafts);
  reads = app.get(RulebookReads);
  rulebook = app.get(Rulebook);
});
afterEach(async () => {
  await app?.close();
  await db?.close();
});

test('the states in the code are those in the database', async () => {
  const { rows } = await db.owner.query<{ from_state: string; to_state: string }>(
    'SELECT * FROM rulebook.allowed_move',
  );
  const code = rulesetStates.transitions.map(([from, to]) => `${from} ${to}`);
  expect(rows.map(({ from_state, to_state }) => `${from_state} ${to_state}`).sort()).toEqual(code.sort());
});

test('a draft goes through consultation and vote and decides from its date on, not before', async () => {
  const first = await uow.read(BY, (tx) => rulebook.inForce(tx));
  const { id, version, hash } = await draft();
  expect(version).toBe(2);
  await consult(id);
  await as('uma.schild', (tx, actor) =>
    drafts.comment(tx, actor, id, { text: 'Aus Sicht des Datenschutzes einverstanden.', ruleId: 'R-GEN-02' }),
  );
  await call(id);
  await vote('tilda.trend', id);
  await expect(adopt('tilda.trend', id)).rejects.toEqual(code('ruleset_no_majority'));
  await vote('ines.impuls', id);
  const { inForceFrom } = await adopt('tilda.trend', id);
  expect((await uow.read(BY, (tx) => rulebook.inForce(tx))).hash).toBe(first.hash);
  const from = new Date(inForceFrom);
  // half-open: the last moment of the old is the one before the first of the new
  const at = (ms: number) => uow.read(BY, (tx) => rulebook.inForceAt(tx, new Date(from.getTime() + ms)));
  expect([(await at(-1)).version, (await at(0)).version]).toEqual([1, 2]);

  await shift(id, 120);
  expect(await uow.read(BY, (tx) => rulebook.inForce(tx))).toMatchObject({ version: 2, hash });
  const actor = await who('willi.pruefer');
  expect(
    (await uow.read(actor.acting, (tx) => reads.versions(tx))).map(({ version: n, stateName }) => [n, stateName]),
  ).toEqual([
    [2, 'in Kraft'],
    [1, 'außer Kraft'],
  ]);
  expect(await uow.run(BY, (tx) => rulebook.announce(tx))).toBe(1);
  expect(await uow.run(BY, (tx) => rulebook.announce(tx))).toBe(0);
  expect(await events()).toEqual([
    'rulebook.imported.v1',
    'rulebook.adopted.v1',
    'rulebook.drafted.v1',
    'rulebook.consulted.v1',
    'rulebook.commented.v1',
    'rulebook.vote-called.v1',
    'rulebook.voted.v1',
    'rulebook.voted.v1',
    'rulebook.adopted.v1',
    'rulebook.entered-force.v1',
  ]);
  const view = await uow.read(actor.acting, (tx) => reads.version(tx, actor, id));
  expect(view).toMatchObject({
    decisionNumber: '0112/2026',
    changedFiles: ['rules/general.yaml'],
    comments: [{ role: 'DSB', ruleId: 'R-GEN-02', aboutThisText: true }],
  });
  // who votes reads what changes, sentence by sentence, and nothing that stays
  const changes = (await uow.read(actor.acting, (tx) => reads.changes(tx, id)))!;
  expect(changes.map(({ name, before, after }) => [name, before.length, after.length])).toEqual([
    ['Regel R-GEN-02', 1, 1],
  ]);
  expect(await uow.read(actor.acting, (tx) => reads.changes(tx, first.id))).toEqual([]);
});

test('a broken, an empty or an unchanged text is no draft, and every fault is named', async () => {
  const broken = GENERAL.replace('product.hasOwner:', 'product.hasOwnr:').replace('calc.purposeUnknown', 'calc.nope');
  await expect(draft('quirin.stern', [{ file: 'rules/general.yaml', text: broken }])).rejects.toMatchObject({
    code: 'ruleset_broken',
    because: [expect.stringContaining('`product.hasOwnr`'), expect.stringContaining('`calc.nope`')],
  });
  await expect(draft('quirin.stern', [{ file: 'rules/general.yaml', text: '' }])).rejects.toEqual(
    code('ruleset_broken'),
  );
  await expect(draft('quirin.stern', [{ file: 'matrix.yaml', text: null }])).rejects.toEqual(code('ruleset_broken'));
  await expect(
    draft('quirin.stern', [{ file: 'rules/general.yaml', text: `# nur eine Bemerkung\n${GENERAL}` }]),
  ).rejects.toEqual(code('ruleset_unchanged'));
  expect((await db.owner.query('SELECT 1 FROM law.version')).rowCount).toBe(1);
});

test('a draft whose cases do not hold goes into no consultation', async () => {
  const approvals = readFileSync(join(ROOT, 'config/governance/approvals.yaml'), 'utf8').replace(
    'steps: [REQ_HEAD, OWNER]',
    'steps: [OWNER]',
  );
  const { id } = await draft('quirin.stern', [{ file: 'approvals.yaml', text: approvals }]);
  await expect(consult(id)).rejects.toMatchObject({
    code: 'ruleset_cases_fail',
    because: expect.arrayContaining([expect.stringContaining('cases/')]),
  });
});

test('what is in consultation keeps its text; going back keeps the comments', async () => {
  const { id, hash } = await draft();
  await consult(id);
  const change = (files = newText('Jeder Antrag braucht einen beschriebenen Zweck'), revision = 3) =>
    as('quirin.stern', (tx, actor) =>
      drafts.change(tx, actor, id, { title: 'Neu', reason: 'Besser', files, revision }),
    );
  await expect(change()).rejects.toEqual(code('ruleset_step_impossible'));
  await expect(db.owner.query(`UPDATE law.version SET hash = repeat('0', 64) WHERE id = $1`, [id])).rejects.toThrow(
    /never changes/,
  );
  await as('uma.schild', (tx, actor) => drafts.comment(tx, actor, id, { text: 'Bitte noch klarer.' }));
  await as('quirin.stern', (tx, actor) => drafts.revise(tx, actor, id));
  await expect(change(undefined, 1)).rejects.toEqual(code('ruleset_moved_on'));
  expect((await change()).hash).not.toBe(hash);
  const actor = await who('uma.schild');
  const { comments } = await uow.read(actor.acting, (tx) => reads.version(tx, actor, id));
  expect(comments).toMatchObject([{ text: 'Bitte noch klarer.', aboutThisText: false }]);
  await expect(db.owner.query('DELETE FROM rulebook.comment')).rejects.toThrow(/append only/);
});

test('only who proposed a draft moves it, only members vote, a reader does nothing', async () => {
  const { id } = await draft();
  await expect(consult(id, 'rosa.mond')).rejects.toEqual(code('ruleset_step_impossible'));
  await consult(id);
  await call(id);
  await expect(vote('rosa.mond', id)).rejects.toEqual(code('ruleset_vote_not_entitled'));
  await expect(vote('anna.ahorn', id)).rejects.toEqual(code('ruleset_vote_not_entitled'));
  await expect(as('emil.fach', (tx, actor) => drafts.comment(tx, actor, id, { text: 'Hallo' }))).rejects.toEqual(
    code('ruleset_vote_not_entitled'),
  );
});

test('an office has one vote, and its deputy only when entitled', async () => {
  const id = await inVote();
  await expect(vote('ansgar.achse', id)).rejects.toEqual(code('ruleset_vote_not_entitled'));
  await vote('tilda.trend', id);
  await expect(vote('tilda.trend', id, 'NO')).rejects.toEqual(code('ruleset_vote_cast'));
  await db.owner.query(`UPDATE organisation.person SET disabled_at = now() WHERE key = 'ines.impuls'`);
  await vote('bodo.bahn', id);
  const { rows } = await db.owner.query(
    `SELECT count(*)::int AS n, count(principal_person_id)::int AS deputies FROM rulebook.vote`,
  );
  expect(rows).toEqual([{ n: 2, deputies: 1 }]);
  await expect(db.owner.query(`UPDATE rulebook.vote SET vote = 'NO'`)).rejects.toThrow(/append only/);
});

test('a member is told that the vote of the own office is missing, until it is given', async () => {
  const waiting = async (key: string) => {
    const actor = await who(key);
    return uow.read(actor.acting, (tx) => reads.votesWaiting(tx, actor));
  };
  expect(await waiting('tilda.trend')).toBe(0);
  const id = await inVote();
  expect([await waiting('tilda.trend'), await waiting('uma.schild')]).toEqual([1, 0]);
  await vote('tilda.trend', id);
  expect([await waiting('tilda.trend'), await waiting('ines.impuls')]).toEqual([0, 1]);
});

test('two votes of one office at once count once', async () => {
  const id = await inVote();
  await db.owner.query(`UPDATE law.version SET vote_until = now() WHERE id = $1`, [id]);
  const both = await Promise.allSettled([vote('tilda.trend', id), vote('ansgar.achse', id)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('without a possible majority the proposal is refused', async () => {
  const id = await inVote();
  expect((await vote('tilda.trend', id, 'NO')).state).toBe('VOTE');
  expect((await vote('ines.impuls', id, 'ABSTAIN')).state).toBe('REFUSED');
  await expect(vote('selma.sensor', id)).rejects.toEqual(code('ruleset_step_impossible'));
});

test('who proposes neither votes nor puts into force, whatever else the person is (SOD-3)', async () => {
  // the same person gets both duties, past everything that would refuse it
  await db.owner
    .query(`INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, valid_from, state, origin)
    SELECT gen_random_uuid(), p.id, 'SK_MITGLIED', u.id, 'CITY', now() - interval '1 day', 'IN_FORCE', 'SETUP' FROM organisation.person p, organisation.unit u
     WHERE p.key = 'quirin.stern' AND u.key = 'smart-city'`);
  const id = await inVote();
  await expect(vote('quirin.stern', id)).rejects.toEqual(code('ruleset_own_proposal'));
  await vote('tilda.trend', id);
  await vote('ines.impuls', id);
  await expect(adopt('quirin.stern', id)).rejects.toEqual(code('ruleset_own_proposal'));
  const proposer = (await db.owner.query(`SELECT proposed_by FROM law.version WHERE id = $1`, [id])).rows[0]
    .proposed_by;
  const force = (by: string, number: string | null) =>
    db.owner.query(
      `UPDATE law.version SET state = 'ADOPTED', in_force_from = now() + interval '1 day', activated_by = $2, activated_at = now(), decision_number = $3 WHERE id = $1`,
      [id, by, number],
    );
  await db.owner.query(`UPDATE law.version SET in_force_until = now() + interval '1 day' WHERE version = 1`);
  await expect(force(proposer, '1')).rejects.toThrow(/proposer_is_not_activator/);
  const other = (await who('tilda.trend')).personId!;
  await expect(force(other, null)).rejects.toThrow(/adopted_under_a_number/);
  const cast = db.owner.query(
    `INSERT INTO rulebook.vote SELECT $2, a.unit_id, a.person_id, NULL, a.id, 'YES', now() FROM organisation.appointment a WHERE a.person_id = $1 AND a.role = 'SK_MITGLIED'`,
    [proposer, id],
  );
  await expect(cast).rejects.toThrow(/who proposes does not vote/);
});

test('the database wants two offices, whatever the program thinks', async () => {
  const id = await inVote();
  await vote('tilda.trend', id);
  const other = (await who('tilda.trend')).personId!;
  await db.owner.query(`UPDATE law.version SET in_force_until = now() + interval '1 day' WHERE version = 1`);
  await expect(
    db.owner.query(
      `UPDATE law.version SET state = 'ADOPTED', in_force_from = now() + interval '1 day', activated_by = $2, activated_at = now(), decision_number = '1' WHERE id = $1`,
      [id, other],
    ),
  ).rejects.toThrow(/two offices/);
});

test('no number, no date in the past, no moment twice', async () => {
  const id = await inVote();
  await vote('tilda.trend', id);
  await vote('ines.impuls', id);
  await expect(adopt('tilda.trend', id, {})).rejects.toEqual(code('validation_failed'));
  await expect(adopt('tilda.trend', id, { decisionNumber: ' ' })).rejects.toEqual(code('validation_failed'));
  await expect(
    adopt('tilda.trend', id, { decisionNumber: '1', inForceFrom: '2026-01-01T00:00:00+01:00' }),
  ).rejects.toEqual(code('ruleset_date_impossible'));
  const far = new Date(Date.now() + 30 * 86_400_000).toISOString();
  await adopt('tilda.trend', id, { decisionNumber: '1', inForceFrom: far });
  const next = (await draft('quirin.stern', newText('Jeder Antrag braucht einen beschriebenen Zweck'))).id;
  await consult(next);
  await call(next);
  await vote('tilda.trend', next);
  await vote('ines.impuls', next);
  await expect(adopt('tilda.trend', next, { decisionNumber: '2', inForceFrom: far })).rejects.toEqual(
    code('ruleset_date_impossible'),
  );
  // between the two: the earlier one ends, the later one still comes
  const near = new Date(Date.now() + 86_400_000);
  await adopt('tilda.trend', next, { decisionNumber: '2', inForceFrom: near.toISOString() });
  const version = (at: Date) => uow.read(BY, async (tx) => (await rulebook.inForceAt(tx, at)).version);
  expect([await version(new Date()), await version(near), await version(new Date(far))]).toEqual([1, 3, 2]);
});

/** Two administrators merge one office into another, from now on. */
async function merge(from: string, into: string): Promise<void> {
  const units = app.get(OrganisationReads);
  const [gone, stays] = await uow.read(BY, async (tx) => [
    await units.unitByKey(tx, from),
    await units.unitByKey(tx, into),
  ]);
  const { changeId } = await as('xenia.konto', (tx, actor) =>
    app.get(UnitChanges).prepare(tx, actor, {
      kind: 'MERGE',
      basis: 'Organisationsverfügung 7/2026',
      unitIds: [gone.id],
      into: { unitId: stays.id },
    }),
  );
  await as('nina.notiz', (tx, actor) => app.get(UnitChanges).confirm(tx, actor, changeId));
}

test('two offices that voted and became one have one voice, in the service and in the database', async () => {
  const id = await inVote();
  await vote('selma.sensor', id);
  await vote('ines.impuls', id);
  await merge('smart-city', 'iod');
  await expect(adopt('tilda.trend', id)).rejects.toEqual(code('ruleset_no_majority'));
  // past the service
  const past = db.owner.query(
    `UPDATE law.version v SET state = 'ADOPTED', in_force_from = now() + interval '1 hour', decision_number = '1', activated_at = now(),
        activated_by = (SELECT id FROM organisation.person WHERE key = 'tilda.trend') WHERE id = $1`,
    [id],
  );
  await expect(past).rejects.toMatchObject({ constraint: 'two_offices_agree' });
  await vote('tilda.trend', id);
  await expect(adopt('tilda.trend', id)).resolves.toMatchObject({ state: 'ADOPTED' });
});

test('an office that was heard is not heard again under its new name', async () => {
  const id = await inVote();
  await vote('selma.sensor', id);
  await merge('smart-city', 'iod');
  await expect(vote('ines.impuls', id)).rejects.toEqual(code('ruleset_vote_cast'));
  const past = db.owner.query(
    `INSERT INTO rulebook.vote SELECT $1, a.unit_id, a.person_id, NULL, a.id, 'YES', now() FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id
      WHERE p.key = 'ines.impuls' AND a.role = 'SK_MITGLIED'`,
    [id],
  );
  await expect(past).rejects.toMatchObject({ constraint: 'one_vote_per_office' });
});
