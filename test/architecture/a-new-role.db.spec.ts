// A role that answers for products costs its entry in roles.yaml and its word in approvals.yaml; an approval step without
// a form of its own costs its entry in approvals.yaml and the rule that asks for it, with its case. Both made up here.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CatalogueReads } from '#lib/catalogue';
import {
  AppointmentReads,
  Appointments,
  Delegations,
  NAMED_ROLES,
  OrganisationReads,
  organisationProblems,
  type RoleCode,
  UNIT_KINDS,
} from '#lib/organisation';
import { Explanations } from '#lib/requests';
import { parse, stringify } from 'yaml';
import { PROVIDERS } from '../../libs/catalogue/src/catalogue.reads';
import { GOVERNANCE, law } from '../support/law';
import { codeOf, Office } from '../support/office';

const TRUSTEE = 'TRAEGER_OWNER' as RoleCode;
const KINDS = ['ANDERE_KOMMUNE', 'LAND', 'FORSCHUNG', 'PRIVATE'];
const governance = mkdtempSync(join(tmpdir(), 'datenraum-governance-'));
let office: Office;
let unit: string;
let product: string;
let request: string;

interface RoleEntry {
  code: string;
  answersForProductsOf?: string[];
}
interface StepEntry {
  id: string;
  role: string;
  roleAt?: Record<string, string>;
}
/** Changes one file of the copied folder as somebody with an editor would. */
function edit<T>(file: string, change: (content: T) => void): void {
  const path = join(governance, file);
  const content = parse(readFileSync(path, 'utf8'), { maxAliasCount: 100 }) as T;
  change(content);
  writeFileSync(path, stringify(content));
}
const write = (file: string, content: unknown): void => writeFileSync(join(governance, file), stringify(content));

beforeAll(async () => {
  cpSync(GOVERNANCE, governance, { recursive: true });
  // 1. the role
  edit<{ roles: RoleEntry[] }>('roles.yaml', ({ roles }) => {
    const owner = roles.find(({ code }) => code === 'OWNER')!;
    owner.answersForProductsOf = owner.answersForProductsOf!.filter((kind) => !KINDS.includes(kind));
    const like = roles.find(({ code }) => code === 'GES_OWNER')!;
    roles.push({
      ...like,
      ...{ code: TRUSTEE, name: 'Datenverantwortliche/r des Trägers' },
      ...{ answersForProductsOf: KINDS, mustBeFilledIn: ['PRIVATE'], delegable: true },
    });
  });
  edit<{ steps: StepEntry[] }>('approvals.yaml', ({ steps }) => {
    // 2. its word
    for (const { roleAt } of steps) if (roleAt) roleAt.OTHER_PUBLIC = TRUSTEE;
    // 1. the step
    const step = { id: 'LIZENZ', name: 'Prüfung der Lizenz', role: 'OPENDATA' };
    const how = { kind: 'APPROVE', seat: 'CITY', rank: 35, workingDays: 3, deputy: true, source: 'Probe' };
    steps.push({ ...step, ...how });
  });
  // 2. the rule that asks for it, and its case
  const rule = { id: 'R-ZZZ-01', effect: 'approve', when: { 'product.provider': { eq: 'OTHER_PUBLIC' } }, chain: 'A1' };
  const words = { because: 'Bei einem anderen Träger wird die Lizenz geprüft.', source: 'Probe', mark: 'D' };
  write('rules/probe.yaml', { chapter: 'Probe', rules: [{ ...rule, requires: ['LIZENZ'], ...words }] });
  const facts = { product: { provider: 'OTHER_PUBLIC' }, contract: { status: 'VALID', kinds: ['DUV'] } };
  const expected = {
    outcome: 'APPROVAL',
    by: ['R-CON-03', 'R-ZZZ-01'],
    chain: ['A1'],
    steps: ['REQ_HEAD', 'LIZENZ', 'OWNER'],
  };
  write('cases/probe.yaml', [{ case: 'Bei einem anderen Träger wird die Lizenz geprüft', facts, expect: expected }]);

  office = await Office.open({ law: governance });
  unit = await office.unit('pflegedienst');
  await office.contract('pflegedienst', 'umweltamt');
});
afterAll(async () => {
  await office?.close();
  rmSync(governance, { recursive: true, force: true });
});

const appoint = async (key: string, deputyOf?: string): Promise<string> => {
  const appointments = office.app.get(Appointments);
  const [first, second] = [await office.as('xenia.konto'), await office.as('nina.notiz')];
  const order = { personId: await office.person(key), role: TRUSTEE, unitId: unit, scope: { kind: 'UNIT' as const } };
  const { appointmentId } = await office.uow.run(first.acting, (tx) =>
    appointments.appoint(tx, first, { ...order, ...(deputyOf && { deputyOf }) }),
  );
  await office.uow.run(second.acting, (tx) => appointments.confirmAppointment(tx, second, appointmentId));
  return appointmentId;
};
const seats = () => office.system((tx) => office.app.get(AppointmentReads).seats(tx, unit));

test('its seat is listed and empty, and nothing is released before it is filled', async () => {
  expect(await seats()).toMatchObject([
    { role: TRUSTEE, roleName: 'Datenverantwortliche/r des Trägers', gaps: ['EMPTY', 'NO_DEPUTY'] },
    { role: 'REQUESTER' },
  ]);
  await expect(office.aProduct({ unit: 'pflegedienst' })).rejects.toMatchObject({ constraint: 'product_accountable' });
});

test('two administrators give it, and a product is released', async () => {
  const holder = await appoint('paul.mulde');
  await appoint('celia.kreide', holder);
  expect((await seats())[0]).toMatchObject({
    holders: [{ personName: 'Paul Mulde' }],
    deputies: [{ personName: 'Celia Kreide' }],
    gaps: [],
  });
  expect((await office.as('paul.mulde')).permissions).toContain('product.release');
  product = (await office.aProduct({ unit: 'pflegedienst' })).id;
  await office.system(async (tx) => {
    expect(await office.app.get(OrganisationReads).accountableRole(tx, unit)).toBe(TRUSTEE);
    expect(await office.app.get(CatalogueReads).frozenFrom(tx, unit)).toBeNull();
  });
});

test('nobody makes up a role, by form or by hand', async () => {
  const [admin, person] = [await office.as('xenia.konto'), await office.person('paul.mulde')];
  const order = { personId: person, unitId: unit, scope: { kind: 'UNIT' as const } };
  const asked = office.uow.run(admin.acting, (tx) =>
    office.app.get(Appointments).appoint(tx, admin, { ...order, role: 'KAISER' }),
  );
  expect(await codeOf(asked)).toBe('validation_failed');
  const raw = office.system((tx) =>
    tx.sql(
      `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, valid_from, state, origin)
       VALUES (gen_random_uuid(), $1, 'KAISER', $2, 'UNIT', now(), 'IN_FORCE', 'SETUP')`,
      [person, unit],
    ),
  );
  await expect(raw).rejects.toMatchObject({ driverError: { constraint: 'appointment_role' } });
  const byHand = (text: string) => office.uow.run(admin.acting, (tx) => tx.sql(text));
  await expect(
    byHand(`UPDATE law.version_accountability SET role = 'REQUESTER' WHERE unit_kind = 'PRIVATE'`),
  ).rejects.toThrow('permission denied');
  const added = byHand(`INSERT INTO law.version_role (version_id, code, delegable) SELECT law.in_force(), 'PR', true`);
  await expect(added).rejects.toMatchObject({ driverError: { constraint: 'roles_by_adoption' } });
});

test('its seat is not emptied while products hang on it', async () => {
  const admin = await office.as('xenia.konto');
  const [held] = (await office.as('paul.mulde')).appointments.filter(({ role }) => role === TRUSTEE);
  const ended = office.uow.run(admin.acting, (tx) => office.app.get(Appointments).endAppointment(tx, admin, held!.id));
  expect(await codeOf(ended)).toBe(organisationProblems.seat_needed().code);
});

test("a rule asks for the new step, and the owner's step is for the new role", async () => {
  const eva = await office.as('eva.bach');
  const result = await office.requests.submit(eva, await office.aForm(product, 'umweltamt'));
  request = result.id;
  await office.settle();
  const tasks = await office.rows(
    'SELECT step, role, unit_id FROM approvals.task WHERE request_id = $1 ORDER BY stage',
    [request],
  );
  expect(tasks).toMatchObject([
    { step: 'REQ_HEAD', role: 'REQ_HEAD' },
    { step: 'LIZENZ', role: 'OPENDATA', unit_id: null },
    { step: 'OWNER', role: TRUSTEE, unit_id: unit },
  ]);
});

test('both are carried out by who holds the role, and by nobody else', async () => {
  await office.approve('falk.quelle', request, 'REQ_HEAD');
  expect(await codeOf(office.approve('theo.satz', request, 'LIZENZ'))).toBe('not_entitled');
  await office.approve('oskar.offen', request, 'LIZENZ');
  expect(await codeOf(office.approve('theo.satz', request, 'OWNER'))).toBe('not_entitled');
  const paul = await office.as('paul.mulde');
  expect(await office.app.get(Explanations).of(paul, request)).toMatchObject({ depth: 'OWNER' });
  const { id } = await office.task(request, 'OWNER');
  expect(await office.inbox.task(paul, id)).toMatchObject({
    roleName: 'Datenverantwortliche/r des Trägers',
    may: { approve: true, refuse: true },
  });
});

test('its holder passes the right on in writing, and the delegate decides', async () => {
  const paul = await office.as('paul.mulde');
  const appointmentId = paul.appointments.find(({ role }) => role === TRUSTEE)!.id;
  const validTo = new Date(Date.now() + 30 * 86_400_000).toISOString();
  const delegatePersonId = await office.person('alma.puls');
  await office.uow.run(paul.acting, (tx) =>
    office.app
      .get(Delegations)
      .delegate(tx, paul, { appointmentId, delegatePersonId, reference: 'Verfügung 1/2026', validTo }),
  );
  expect(await office.approve('alma.puls', request, 'OWNER')).toMatchObject({ taskState: 'APPROVED' });
  await office.settle();
  expect(await office.views.view(await office.as('paul.mulde'), request)).toMatchObject({
    state: 'APPROVED',
    may: { proposeRule: true },
  });
});

test('for every kind of unit the shipped roles and the shipped ways of approval name the same owner', () => {
  const { roles } = law();
  const { steps } = parse(readFileSync(join(GOVERNANCE, 'approvals.yaml'), 'utf8')) as { steps: StepEntry[] };
  const owner = steps.filter(({ id }) => id.startsWith('OWNER'));
  expect(owner.length).toBeGreaterThan(1);
  for (const { role, roleAt = {} } of owner) {
    const deciding = UNIT_KINDS.map((kind) => [kind, roleAt[PROVIDERS[kind]] ?? role]);
    const answering = roles.all.flatMap((one) => one.answersForProductsOf.map((kind) => [kind, one.code]));
    expect(deciding.filter(([kind]) => kind !== 'ABTEILUNG').sort()).toEqual(answering.sort());
  }
});

test('a role that the program asks for by name is one of the named ones', () => {
  const files = ['libs', 'apps'].flatMap((top) =>
    readdirSync(top, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:tsx?|sql)$/.test(path) && !/\.spec\.|migrations/.test(path))
      .map((path) => join(top, path)),
  );
  const asked = files.flatMap((path) =>
    (readFileSync(path, 'utf8').match(/(?<=\brole (?:[!=]==|=|<>) ')[A-Z_]+/g) ?? []).map((code) => [path, code]),
  );
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter(([, code]) => !(NAMED_ROLES as readonly string[]).includes(code!))).toEqual([]);
});
