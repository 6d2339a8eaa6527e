// One file: the law in force is one thing, over HTTP, with files edited and apps started again, and with drafts about roles.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeWithin, systemActing, UnitOfWork } from '#lib/kernel';
import { type Change, Rulebook } from '#lib/rulebook';
import { isMap, isScalar, parse, parseDocument, type Scalar, stringify, visit } from 'yaml';
import { startApi } from '../../../apps/api/src/api';
import { prepare } from '../../../apps/migrate/src/prepare';
import { Signed } from '../../journeys/city';
import { aRunningCity, type RunningCity } from '../../support/city.fixture';
import { GOVERNANCE } from '../../support/law';

interface RoleText {
  code: string;
  permissions: string[];
  incompatible: { role: string; reach: string }[];
  answersForProductsOf?: string[];
}
interface RolesText {
  machineClients: { permissions: string[] };
  roles: RoleText[];
}

const folder = mkdtempSync(join(tmpdir(), 'datenraum-governance-'));
let city: RunningCity;
beforeAll(async () => {
  cpSync(GOVERNANCE, folder, { recursive: true });
  city = await aRunningCity({ GOVERNANCE_DIR: folder });
}, 90_000);
afterAll(async () => {
  await city?.close();
  rmSync(folder, { recursive: true, force: true });
});

const fileOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const role = ({ roles }: RolesText, code: string): RoleText => roles.find((one) => one.code === code)!;
/** `roles.yaml` as it ships, changed. */
const rolesText = (change: (text: RolesText) => void): string => {
  const text = parse(readFileSync(join(GOVERNANCE, 'roles.yaml'), 'utf8'), { maxAliasCount: 100 }) as RolesText;
  change(text);
  return stringify(text, { aliasDuplicateObjects: false });
};
const inForce = () =>
  city.one<{ hash: string; version: number }>('SELECT hash, version FROM law.version WHERE id = law.in_force()');
const status = async (who: string, path: string): Promise<string> => {
  const { status: code, body } = await (await city.as(who)).get(path);
  return [code, body.code].filter(Boolean).join(' ');
};

/** The setup and a second API as after a restart; gives what is asked of it. */
async function restarted<T>(ask: (as: (who: string) => Promise<Signed>) => Promise<T>): Promise<T> {
  await prepare(city.db.config, {});
  const { app, url } = await startApi(city.db.config);
  try {
    return await ask(async (who) => {
      const { token, name } = await city.as(who);
      return new Signed({ api: url } as never, name, token);
    });
  } finally {
    await closeWithin(app, 1000);
  }
}

/** Draft, consultation, vote of two offices, adoption; `begin` lets the minute pass after which it is in force. */
async function adopt(files: { file: string; text: string }[]): Promise<{ id: string; begin: () => Promise<void> }> {
  const quirin = await city.as('quirin.stern');
  const { id } = await quirin.must<{ id: string }>('POST', '/v1/rulebook/versions', {
    title: 'Rollen neu',
    reason: 'Der Steuerungskreis will es so.',
    files,
  });
  const at = (step: string): string => `/v1/rulebook/versions/${id}/${step}`;
  await quirin.must('POST', at('consultation'), {});
  await quirin.must('POST', at('ballot'), {});
  for (const name of ['tilda.trend', 'ines.impuls'])
    await (await city.as(name)).must('POST', at('votes'), { vote: 'YES' });
  await (await city.as('ines.impuls')).must('POST', at('adoption'), { decisionNumber: '0300/2026' });
  return { id, begin: () => letTimePass(61) };
}

/** Only the owner of the tables can, past the triggers. Nothing runs meanwhile: no job, no start. */
async function letTimePass(seconds: number): Promise<void> {
  await city.rows('ALTER TABLE law.version DISABLE TRIGGER USER');
  const back = `make_interval(secs => ${seconds})`;
  // the later first: no moment has two laws
  for (const { id } of await city.rows<{ id: string }>(
    `SELECT id FROM law.version WHERE state = 'ADOPTED' ORDER BY in_force_from`,
  ))
    await city.rows(
      `UPDATE law.version SET in_force_from = in_force_from - ${back}, in_force_until = in_force_until - ${back} WHERE id = $1`,
      [id],
    );
  await city.rows('ALTER TABLE law.version ENABLE TRIGGER USER');
}

/** What the database itself answers about roles, now. */
const database = async () => ({
  conflicts: await city.rows(
    'SELECT role, other, reach FROM law.version_conflict WHERE version_id = law.in_force() ORDER BY 1, 2',
  ),
  accountable: await city.rows(
    'SELECT unit_kind, role FROM law.version_accountability WHERE version_id = law.in_force() ORDER BY 1',
  ),
  delegable: await city.rows(
    'SELECT code, delegable FROM law.version_role WHERE version_id = law.in_force() ORDER BY 1',
  ),
});

describe('whoever edits a file and starts again', () => {
  afterEach(() => cpSync(GOVERNANCE, folder, { recursive: true }));

  it('has not given an administrator the log to read', async () => {
    expect(await status('xenia.konto', '/v1/audit')).toBe('403 not_permitted');
    writeFileSync(
      join(folder, 'roles.yaml'),
      rolesText((text) => role(text, 'ADMIN').permissions.push('audit.read')),
    );
    const before = await inForce();
    await restarted(async (as) => {
      const xenia = await as('xenia.konto');
      expect((await xenia.get('/v1/audit')).body.code).toBe('not_permitted');
      const { items } = await xenia.must<{ items: RoleText[] }>('GET', '/v1/roles');
      expect(items.find(({ code }) => code === 'ADMIN')!.permissions).not.toContain('audit.read');
    });
    expect(await inForce()).toEqual(before);
    // it lies there as a draft, for people to discuss
    expect(await city.one('SELECT state, origin FROM law.version ORDER BY version DESC LIMIT 1')).toEqual({
      state: 'DRAFT',
      origin: 'FILES',
    });
  });

  it('has not given a programme a further right, nor taken a conflict away', async () => {
    const before = await database();
    writeFileSync(
      join(folder, 'roles.yaml'),
      rolesText((text) => {
        text.machineClients.permissions.push('rulebook.read');
        role(text, 'LEGAL').incompatible = [];
      }),
    );
    await restarted(async () => undefined);
    expect(await database()).toEqual(before);
  });

  it.each(
    readdirSync(GOVERNANCE, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => name.replaceAll('\\', '/'))
      .sort(),
  )('has changed nothing in force: %s', async (name) => {
    const seen = async (): Promise<unknown> => ({
      law: await inForce(),
      database: await database(),
      roles: (await (await city.as('quirin.stern')).get('/v1/roles')).body,
      book: (await (await city.as('quirin.stern')).get('/v1/rulebook')).body,
    });
    const before = await seen();
    for (const text of [otherwise(fileOf(name)), '']) {
      writeFileSync(join(folder, name), text);
      await prepare(city.db.config, {});
      expect(await seen()).toEqual(before);
    }
  });
});

/** Another sentence in the same place: the longest text of the file is changed, so that what it means is not the same. */
function otherwise(text: string): string {
  const document = parseDocument(text);
  const found: Scalar<string>[] = [];
  visit(document, {
    Pair: (_, { key, value }) => {
      if (isScalar(value) && typeof value.value === 'string' && !isMap(key)) found.push(value as Scalar<string>);
    },
  });
  const longest = found.sort((a, b) => b.value.length - a.value.length)[0]!;
  longest.value = `${longest.value} Und anders.`;
  return document.toString();
}

const changes = async (id: string): Promise<Change[]> =>
  (await (await city.as('quirin.stern')).must<{ items: Change[] }>('GET', `/v1/rulebook/versions/${id}/changes`)).items;
const propose = async (who: string, key: string, code: string, unit: string): Promise<string> => {
  const { status: answered, body } = await (
    await city.as(who)
  ).post('/v1/appointments', {
    personId: await city.person(key),
    role: code,
    unitId: await city.unit(unit),
    scope: { kind: 'UNIT' },
  });
  return [answered, body.code].filter(Boolean).join(' ');
};
const rolesFile = (change: (text: RolesText) => void) => [{ file: 'roles.yaml', text: rolesText(change) }];
const without = (list: string[], one: string): string[] => list.filter((other) => other !== one);

describe('a draft about roles', () => {
  it('is refused in German when it is wrong, or leaves out a role that somebody holds', async () => {
    const quirin = await city.as('quirin.stern');
    const draft = async (text: string) =>
      quirin.post<{ id: string }>('/v1/rulebook/versions', {
        title: 'T',
        reason: 'R',
        files: [{ file: 'roles.yaml', text }],
      });
    const wrong = await draft(
      rolesText((text) => {
        role(text, 'ADMIN').permissions.push('task.decide');
        role(text, 'IFG').permissions.push('alles.duerfen');
        text.machineClients.permissions.push('rulebook.vote');
      }),
    );
    expect([wrong.status, wrong.body.code]).toEqual([422, 'ruleset_broken']);
    expect(JSON.stringify(wrong.body.because)).toMatch(/roles\.yaml.*`roles\.\d+\.permissions/);
    expect(JSON.stringify(wrong.body.because)).not.toMatch(/Invalid|expected/i);

    const { body } = await draft(
      rolesText((text) => {
        text.roles = text.roles.filter(({ code }) => code !== 'PR');
        for (const one of text.roles) one.incompatible = one.incompatible.filter(({ role: other }) => other !== 'PR');
      }),
    );
    const consulted = await quirin.post(`/v1/rulebook/versions/${body.id}/consultation`, {});
    expect(JSON.stringify([consulted.body.code, consulted.body.because])).toMatch(
      /ruleset_broken.*roles\.yaml PR: die Rolle wurde schon vergeben/,
    );
  });

  it('that takes a right away is a change, is voted, comes into force, and then the guard refuses', async () => {
    expect(await status('vera.riegel', '/v1/audit')).toBe('200');
    const before = await inForce();
    const { id, begin } = await adopt(
      rolesFile((text) => (role(text, 'ISB').permissions = without(role(text, 'ISB').permissions, 'audit.read'))),
    );
    expect(await changes(id)).toEqual([
      {
        name: 'Rolle Informationssicherheitsbeauftragte/r',
        before: ['Recht: Protokoll lesen und prüfen'],
        after: ['Recht entzogen: Protokoll lesen und prüfen'],
      },
    ]);
    expect(await status('vera.riegel', '/v1/audit')).toBe('200');
    await begin();
    expect(await status('vera.riegel', '/v1/audit')).toBe('403 not_permitted');
    // what the log tells of it covers the roles: nothing else is different, and the hash is
    await city.apiApp
      .get(UnitOfWork, { strict: false })
      .run(systemActing('test'), (tx) => city.apiApp.get(Rulebook, { strict: false }).announce(tx));
    const [told] = await city.rows<{ hash: string }>(
      `SELECT facts->>'hash' AS hash FROM kernel.audit_event WHERE type = 'rulebook.entered-force.v1' AND facts->>'versionId' = $1`,
      [id],
    );
    expect(told!.hash).toBe((await inForce()).hash);
    expect(told!.hash).not.toBe(before.hash);
  });

  it('that makes two roles incompatible binds the database from its first moment, while nothing runs', async () => {
    const person = await city.person('eva.bach');
    const { begin } = await adopt(
      rolesFile((text) => role(text, 'REQUESTER').incompatible.push({ role: 'STEWARD', reach: 'ANYWHERE' })),
    );
    const byHand = (state: string) =>
      city.rows(
        `WITH tried AS (INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, valid_from, state, origin)
           SELECT gen_random_uuid(), $1, 'STEWARD', id, 'UNIT', now(), $2, 'SETUP' FROM organisation.unit WHERE key = 'hochbauamt' RETURNING id)
         SELECT id FROM tried`,
        [person, state],
      );
    expect(await propose('xenia.konto', 'eva.bach', 'STEWARD', 'umweltamt')).toBe('201');
    await begin();
    await expect(byHand('IN_FORCE')).rejects.toMatchObject({ constraint: 'appointment_incompatible' });
    expect(await propose('xenia.konto', 'emil.fach', 'REQUESTER', 'umweltamt')).toMatch(
      /^409 appointment_incompatible|^201/,
    );
  });

  it('that loosens a pair is possible, and told as what it is', async () => {
    expect(await propose('xenia.konto', 'theo.satz', 'REQUESTER', 'rechtsamt')).toBe('409 appointment_incompatible');
    const { id, begin } = await adopt(rolesFile((text) => (role(text, 'LEGAL').incompatible = [])));
    expect(JSON.stringify(await changes(id))).toContain(
      'Unvereinbarkeit aufgehoben: Datennutzer/in in derselben Stelle',
    );
    await begin();
    expect(await propose('xenia.konto', 'theo.satz', 'REQUESTER', 'rechtsamt')).toBe('201');
  });

  it('that lets another role answer for products is followed by code and database', async () => {
    const others = ['ANDERE_KOMMUNE', 'LAND', 'FORSCHUNG', 'PRIVATE'];
    const approvals = parse(fileOf('approvals.yaml')) as { steps: { roleAt?: Record<string, string> }[] };
    for (const { roleAt } of approvals.steps) if (roleAt) roleAt.OTHER_PUBLIC = 'GES_OWNER';
    const { begin } = await adopt([
      ...rolesFile((text) => {
        const [owner, company] = [role(text, 'OWNER'), role(text, 'GES_OWNER')];
        owner.answersForProductsOf = owner.answersForProductsOf!.filter((kind) => !others.includes(kind));
        company.answersForProductsOf!.push(...others);
      }),
      { file: 'approvals.yaml', text: stringify(approvals) },
    ]);
    const accountable = async (): Promise<string> =>
      (
        await city.one<{ role: string }>(
          `SELECT organisation.accountable_role(id) AS role FROM organisation.unit WHERE key = 'pflegedienst'`,
        )
      ).role;
    expect(await accountable()).toBe('OWNER');
    await begin();
    expect(await accountable()).toBe('GES_OWNER');
  });
});
