import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemActing, type Tx, UnitOfWork } from '#lib/kernel';
import { Rulebook } from '#lib/rulebook';
import { Client } from 'pg';
import { eventually, type Signed } from '../journeys/city';
import { aRunningCity, type RunningCity } from '../support/city.fixture';
import { withRolesOfTheFirst } from '../support/law-in-force';

const GOVERNANCE = join(__dirname, '../../config/governance');

let city: RunningCity;
let first: string;
beforeAll(async () => {
  city = await aRunningCity();
  first = (await city.one<{ hash: string }>('SELECT hash FROM law.version WHERE version = 1')).hash;
}, 90_000);
afterAll(() => city?.close());

const rulebook = (): Rulebook => city.apiApp.get(Rulebook, { strict: false });
const system = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  city.apiApp.get(UnitOfWork, { strict: false }).run(systemActing('test'), work);
const inForce = async (): Promise<string> => ((await system((tx) => rulebook().inForce(tx))) as { hash: string }).hash;

describe('a law book that is broken or swapped', () => {
  let folder: string;
  const install = () =>
    system<{ faults: string[]; imported: boolean; state: string }>((tx) => rulebook().install(tx, folder));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'law-'));
    await cp(GOVERNANCE, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each<[string, (general: string) => Promise<unknown>]>([
    ['has a syntax error', (file) => appendFile(file, '\n  - [}')],
    [
      'names an unknown fact',
      async (file) => writeFile(file, (await readFile(file, 'utf8')).replace('product.hasOwner:', 'product.hasOwnr:')),
    ],
    ['is empty', (file) => writeFile(file, '')],
    ['has no rule', (file) => writeFile(file, 'chapter: Allgemeine Regeln\nrules: []\n')],
    ['has ten megabytes', (file) => appendFile(file, `\n# ${'x'.repeat(10_000_000)}\n`)],
    [
      'has a case that does not hold',
      async (file) =>
        writeFile(
          file,
          (await readFile(file, 'utf8')).replace('nonProduction: { eq: true }', 'nonProduction: { eq: false }'),
        ),
    ],
  ])('that %s leaves the law in force, and the alarm is on record (75)', async (_, spoil) => {
    const alarms = async () =>
      Number(
        (
          await city.one<{ n: string }>(
            `SELECT count(*) AS n FROM kernel.audit_event WHERE type = 'rulebook.reload-failed.v1'`,
          )
        ).n,
      );
    const before = await alarms();
    await spoil(join(folder, 'rules/general.yaml'));
    expect((await install()).faults.length).toBeGreaterThan(0);
    expect([await inForce(), await alarms()]).toEqual([first, before + 1]);
    expect(await city.rows('SELECT 1 FROM law.version')).toHaveLength(1);
  });

  it('that is swapped while it is read is taken whole or not at all (77)', async () => {
    const file = join(folder, 'rules/general.yaml');
    const whole = await readFile(file, 'utf8');
    let going = true;
    const writer = (async () => {
      while (going) {
        await writeFile(file, whole.slice(0, whole.indexOf('  - id: R-GEN-10')));
        await writeFile(file, whole);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    })();
    for (let i = 0; i < 3; i++) expect(await install()).toMatchObject({ imported: false, state: 'IN_FORCE' });
    going = false;
    await writer;
    expect(await inForce()).toBe(first);
    expect(await city.rows('SELECT 1 FROM law.version')).toHaveLength(1);
  });
});

/**
 * The law changes after the transaction has begun and decided, and before it commits: the record of events is locked,
 * so the transaction stands still there; then the next law comes into force by the clock of the database; then the
 * lock goes. What is on record afterwards was decided by the law of the commit, and only once.
 */
describe('a law that changes between decision and commit is the one that decides (76)', () => {
  let lawyer: Client;
  let next: { id: string; hash: string };

  beforeAll(async () => {
    lawyer = new Client({ connectionString: city.db.url('owner') });
    await lawyer.connect();
    await lawyer.query(`SET app.system = 'on'`);
    const rules = `chapter: Probe
rules:
  - { id: R-TST-01, effect: forbid, code: stopped, when: { purpose.code: { eq: GEBAEUDEMANAGEMENT } }, because: Zurzeit werden dafür keine Daten weitergegeben., source: Probe, mark: D }
`;
    const quirin = await city.as('quirin.stern');
    next = await quirin.must('POST', '/v1/rulebook/versions', {
      title: 'Probe',
      reason: 'Probe',
      files: [{ file: 'rules/test.yaml', text: rules }],
    });
  });
  afterAll(() => lawyer?.end());

  /** As the clock would: the one ends and the other begins at this moment. */
  const adopt = async () => {
    await lawyer.query('BEGIN; ALTER TABLE law.version DISABLE TRIGGER USER');
    await withRolesOfTheFirst(lawyer, next.id);
    await lawyer.query(`UPDATE law.version SET in_force_until = clock_timestamp() WHERE version = 1`);
    await lawyer.query(
      `UPDATE law.version SET state = 'ADOPTED', announced = true, decision_number = 'Probe', activated_at = now(), activated_by = (SELECT id FROM organisation.person WHERE key = 'tilda.trend'),
              in_force_from = (SELECT in_force_until FROM law.version WHERE version = 1) WHERE id = $1`,
      [next.id],
    );
    await lawyer.query('ALTER TABLE law.version ENABLE TRIGGER USER; COMMIT');
  };
  const backToTheFirst = async () => {
    await city.rows('ALTER TABLE law.version DISABLE TRIGGER USER');
    await city.rows(
      `UPDATE law.version SET state = 'DRAFT', in_force_from = NULL, decision_number = NULL, activated_at = NULL, activated_by = NULL WHERE id = $1`,
      [next.id],
    );
    await city.rows('UPDATE law.version SET in_force_until = NULL WHERE version = 1');
    await city.rows('ALTER TABLE law.version ENABLE TRIGGER USER');
  };
  afterEach(backToTheFirst);

  /** Does the act, lets the law change while it stands before its commit, and gives its answer. */
  async function meanwhile<T>(act: () => Promise<T>): Promise<T> {
    const { n: before } = await city.one<{ n: string }>('SELECT count(*) AS n FROM requests.decision');
    const holder = new Client({ connectionString: city.db.url('owner') });
    await holder.connect();
    try {
      await holder.query('BEGIN; LOCK TABLE kernel.audit_event IN SHARE ROW EXCLUSIVE MODE');
      const answer = act();
      answer.catch(() => undefined);
      await eventually('the act waiting for the record', async () => {
        const waiting = await city.rows(
          `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'kernel.audit_event'::regclass`,
        );
        return waiting.length > 0 ? true : null;
      });
      await adopt();
      expect((await city.one<{ n: string }>('SELECT count(*) AS n FROM requests.decision')).n).toBe(before);
      await holder.query('COMMIT');
      return await answer;
    } finally {
      await holder.end();
    }
  }
  const decisions = (requestId: string, phase: string) =>
    city.rows<{ outcome: string; ruleset_hash: string }>(
      'SELECT outcome, ruleset_hash FROM requests.decision WHERE request_id = $1 AND phase = $2 ORDER BY decided_at, id',
      [requestId, phase],
    );
  const refused = () => ({ outcome: 'FORBID', ruleset_hash: next.hash });

  /** A request of an office that is permitted, and its agreement. */
  async function permitted(emil: Signed) {
    const { id } = await emil.must<{ id: string }>(
      'POST',
      '/v1/requests',
      await city.form('gebaeudedatenkataster', 'gruenflaechenamt'),
    );
    await city.settle();
    return {
      id,
      ...(await city.one<{ agreement: string; revision: number }>(
        'SELECT id AS agreement, revision FROM agreements.agreement WHERE request_id = $1',
        [id],
      )),
    };
  }

  it('a submitted request is refused by the new law, and there is one request and one decision', async () => {
    const emil = await city.as('emil.fach');
    const form = await city.form('gebaeudedatenkataster', 'gruenflaechenamt', { project: 'Zwischen zwei Gesetzen' });
    const { id } = await meanwhile(() => emil.must<{ id: string }>('POST', '/v1/requests', form));
    expect(await decisions(id, 'REQUEST')).toEqual([refused()]);
    expect(
      await city.rows(`SELECT 1 FROM requests.access_request WHERE form->>'project' = 'Zwischen zwei Gesetzen'`),
    ).toHaveLength(1);
    expect(
      await city.rows(
        `SELECT 1 FROM kernel.audit_event WHERE facts->>'requestId' = $1 AND facts->>'rulesetHash' = $2`,
        [id, first],
      ),
    ).toEqual([]);
  });

  it('the last approval opens nothing that the new law forbids', async () => {
    await city.rows(
      `INSERT INTO organisation.contract (id, party_a, party_b, kind, reference, subject_kind, valid_from, valid_to) VALUES (gen_random_uuid(), $1, $2, 'DUV', 'Az. 1', 'PARTIES', now() - interval '1 day', now() + interval '1 year')`,
      [await city.unit('gebaeudedienste'), await city.unit('hochbauamt')].sort(),
    );
    const nils = await city.as('nils.halle');
    const { id } = await nils.must<{ id: string }>(
      'POST',
      '/v1/requests',
      await city.form('gebaeudedatenkataster', 'gebaeudedienste', { legalBasis: ['VERTRAG', 'KEIN_PERSONENBEZUG'] }),
    );
    await city.settle();
    const task = async (step: string) => (await city.task(id, step)).id;
    await (
      await city.as('olga.dach')
    ).must('POST', `/v1/tasks/${await task('REQ_HEAD')}/approval`, { revision: await city.revision(id) });
    await city.settle();
    const ida = await city.as('ida.stein');
    const owner = await task('OWNER');
    const revision = await city.revision(id);
    const { status } = await meanwhile(() => ida.post(`/v1/tasks/${owner}/approval`, { revision }));
    await city.settle();
    const { state } = await city.one<{ state: string }>('SELECT state FROM requests.access_request WHERE id = $1', [
      id,
    ]);
    expect([status < 300 || status === 409, state]).toEqual([true, expect.not.stringMatching(/APPROVED/)]);
    expect((await decisions(id, 'REQUEST')).slice(1)).toEqual([refused()]);
    expect(await city.rows('SELECT 1 FROM agreements.agreement WHERE request_id = $1', [id])).toEqual([]);
  });

  it('a confirmed agreement does not come alive', async () => {
    const emil = await city.as('emil.fach');
    const { id, agreement, revision } = await permitted(emil);
    const { status } = await meanwhile(() => emil.post(`/v1/agreements/${agreement}/confirmation`, { revision }));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(
      await city.rows(`SELECT 1 FROM agreements.agreement WHERE id = $1 AND state = 'ACTIVE'`, [agreement]),
    ).toEqual([]);
    expect((await decisions(id, 'AGREEMENT')).filter(({ ruleset_hash }) => ruleset_hash === first)).toEqual([]);
  });

  it('a delivery that was allowed a moment ago sends no byte', async () => {
    const emil = await city.as('emil.fach');
    const { id, agreement, revision } = await permitted(emil);
    await emil.must('POST', `/v1/agreements/${agreement}/confirmation`, { revision });
    await city.settle();
    const response = await meanwhile(() => emil.receive(agreement, 'csv'));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: expect.any(String) });
    expect(await decisions(id, 'DELIVERY')).toEqual([refused()]);
    expect(
      await city.rows(
        `SELECT 1 FROM kernel.audit_event WHERE type = 'exchange.started.v1' AND facts->>'agreementId' = $1`,
        [agreement],
      ),
    ).toEqual([]);
  });
});
