// One file: the life of a request from check to refusal, on one pilot office.
import { decide } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { Client } from 'pg';
import { codeOf, Office } from '../../../../test/support/office';
import { requestStates } from './request.states';
import { RequestRepository } from './requests.repository';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office.close());

const trees = () => office.aProduct({ unit: 'gruenflaechenamt' });
const submit = async (key: string, productId: string, consumer: string, more: object = {}) =>
  office.requests.submit(await office.as(key), await office.aForm(productId, consumer, more));

test('a harmless internal request is permitted at once, with number, reasons and obligations', async () => {
  const { id } = await trees();
  const receipt = await submit('eva.bach', id, 'umweltamt');
  expect(receipt).toMatchObject({ state: 'PERMITTED', revision: 2, decision: { outcome: 'PERMIT_OBL', stages: null } });
  expect(receipt.number).toMatch(/^\d{4}-\d{6}$/);
  expect(receipt.decision.because[0]!.text).toMatch(/\p{Lu}.+\./u);
  expect(
    (await office.events({ requestId: receipt.id })).map(({ type, facts }) => [
      type,
      facts.from,
      facts.to,
      facts.revision,
    ]),
  ).toEqual([
    ['request.submitted.v1', null, 'SUBMITTED', 1],
    ['request.decided.v1', 'SUBMITTED', 'PERMITTED', 2],
  ]);
});

test('a request for people to decide answers with the deciders by role and the working days', async () => {
  const { id } = await office.aProduct({ unit: 'tiefbau-vermessungsamt', openness: 'RESTRICTED' });
  const { state, decision } = await submit('zoe.plan', id, 'stadtplanungsamt');
  expect(state).toBe('IN_REVIEW');
  expect(decision.stages!.map((stage) => stage.map(({ role }) => role))).toEqual([
    ['REQ_HEAD'],
    ['STEWARD'],
    ['ISB'],
    ['OWNER'],
    ['GS_DG'],
  ]);
  expect(decision.stages![0]![0]).toMatchObject({ unitName: 'Stadtplanungsamt', kindName: 'entscheidet' });
  expect(decision.workingDays).toBe(3 + 5 + 10 + 5 + 2);
});

test('a refused request stays on record with its reason', async () => {
  const { id } = await office.aProduct({ unit: 'tiefbau-vermessungsamt', rawSensor: true, secrecy: ['VIDEO_SENSOR'] });
  const receipt = await submit('eva.bach', id, 'umweltamt');
  expect(receipt).toMatchObject({ state: 'REFUSED', decision: { outcome: 'FORBID' } });
  expect(receipt.decision.rules).toContain('R-VID-01');
  const view = await office.views.view(await office.as('eva.bach'), receipt.id);
  expect(view.refusal).toMatchObject({ by: 'RULES' });
  expect(view.decision.because[0]!.text).toBe(receipt.decision.because[0]!.text);
});

test('a stored decision can be replayed from its own facts, byte for byte', async () => {
  const { id } = await trees();
  const { decision } = await submit('eva.bach', id, 'umweltamt');
  const [stored] = await office.rows<Record<string, unknown>>('SELECT * FROM requests.decision WHERE id = $1', [
    decision.id,
  ]);
  const { ruleset } = await office.system((tx) => office.app.get(Rulebook).inForce(tx));
  const again = decide(ruleset, stored!.facts as never);
  expect(
    JSON.parse(JSON.stringify([again.outcome, again.rules, again.obligations, again.because, again.rulesetHash])),
  ).toEqual([stored!.outcome, stored!.rules, stored!.obligations, stored!.because, stored!.ruleset_hash]);
});

test('a check says what a submit would, keeps nothing and leaves one light event', async () => {
  const { id } = await trees();
  const form = await office.aForm(id, 'umweltamt');
  const checked = await office.requests.check(await office.as('eva.bach'), form);
  expect(checked).toMatchObject({ id: null, outcome: 'PERMIT_OBL' });
  expect(await office.rows('SELECT FROM requests.access_request WHERE product_id = $1', [id])).toHaveLength(0);
  expect((await office.events({ productId: id })).map(({ type }) => type)).toEqual(['request.checked.v1']);
  const { decision } = await office.requests.submit(await office.as('eva.bach'), form);
  expect([checked.outcome, checked.rules, checked.obligations]).toEqual([
    decision.outcome,
    decision.rules,
    decision.obligations,
  ]);
});

test('a check takes a form still being filled in and says what is missing', async () => {
  const { id } = await trees();
  const checked = await office.requests.check(await office.as('eva.bach'), {
    productId: id,
    consumerUnitId: await office.unit('umweltamt'),
  });
  expect(checked).toMatchObject({ outcome: 'FORBID', rules: expect.arrayContaining(['R-GEN-02']) });
});

describe('the alternatives', () => {
  const insisting = { insistsOnFields: true, fields: ['art', 'alarmcode'] };
  const fields = [{ name: 'art' }, { name: 'alarmcode', class: 'SECRET' }];

  test('a check that ends in an approval names the smallest changes, and a submit with them passes at once', async () => {
    const { id } = await office.aProduct({ unit: 'gruenflaechenamt', fields });
    const eva = await office.as('eva.bach');
    const slow = await office.requests.check(eva, await office.aForm(id, 'umweltamt', insisting));
    expect(slow.outcome).toBe('APPROVAL');
    expect(slow.alternatives.map(({ text }) => text)).toContain('So ginge es sofort: ohne das Feld „alarmcode“.');
    const form = await office.aForm(id, 'umweltamt', { ...insisting, fields: ['art'] });
    expect(await office.requests.submit(eva, form)).toMatchObject({ state: 'PERMITTED' });
    expect((await office.requests.check(eva, form)).alternatives).toEqual([]);
  });

  test('the aggregate product is offered to who finds it, and is not there for who does not', async () => {
    const coarse = await office.aProduct({
      unit: 'gruenflaechenamt',
      title: 'Bäume je Ortsbezirk',
      // open: what needs disclosure control is refused until it is built
      openness: 'OPEN',
      personalRef: 'AGGREGATED',
    });
    const fine = await office.aProduct({
      unit: 'gruenflaechenamt',
      personalRef: 'PSEUDONYMISED',
      aggregate: coarse.id,
    });
    const eva = await office.as('eva.bach');
    const form = await office.aForm(fine.id, 'umweltamt', { legalBasis: ['DSGVO_6_1_E'] });
    const seen = await office.requests.check(eva, form);
    expect(seen.alternatives.map(({ text }) => text)).toContain(
      'So ginge es sofort: mit dem zusammengefassten Datenprodukt „Bäume je Ortsbezirk“.',
    );
    await office.rows('ALTER TABLE catalogue.product DISABLE TRIGGER guard_product');
    await office.rows(`UPDATE catalogue.product SET discover_scope = 'OWN', scope_released = 'OWN' WHERE id = $1`, [
      coarse.id,
    ]);
    await office.rows('ALTER TABLE catalogue.product ENABLE TRIGGER guard_product');
    const hidden = await office.requests.check(eva, form);
    expect(JSON.stringify(hidden.alternatives)).not.toMatch(new RegExp(`Ortsbezirk|${coarse.id}`));
  });
});

test('a check is for the own unit or the own product: between two others nothing is told', async () => {
  const { id } = await trees();
  const form = await office.aForm(id, 'umweltamt');
  expect(await codeOf(office.requests.check(await office.as('zoe.plan'), form))).toBe('requester_role_missing');
  for (const key of ['falk.quelle', 'anna.ahorn', 'quirin.stern']) {
    expect(await codeOf(office.requests.check(await office.as(key), form))).toBe('none');
  }
});

test('an unknown legal basis is refused by the rules (K9)', async () => {
  const { id } = await office.aProduct({ unit: 'gruenflaechenamt', personalRef: 'PERSONAL' });
  const form = await office.aForm(id, 'umweltamt', { legalBasis: ['ERFUNDEN_1'] });
  expect(await office.requests.check(await office.as('eva.bach'), form)).toMatchObject({ outcome: 'FORBID' });
});

test.each([
  ['the head of the office', 'falk.quelle', 'umweltamt'],
  ['the requester of another office', 'zoe.plan', 'umweltamt'],
  ['the owner of the product', 'anna.ahorn', 'gruenflaechenamt'],
])('%s may not submit: only who holds REQUESTER in the asking unit', async (_, key, unit) => {
  const { id } = await trees();
  expect(await codeOf(submit(key, id, unit))).toBe('requester_role_missing');
  expect(await office.rows('SELECT FROM requests.access_request WHERE product_id = $1', [id])).toHaveLength(0);
});

test('a role lost since the page was shown does not submit any more', async () => {
  const { id } = await trees();
  const eva = await office.as('eva.bach');
  await office.rows(`UPDATE organisation.person SET disabled_at = now() WHERE key = 'eva.bach'`);
  expect(await codeOf(office.requests.submit(eva, await office.aForm(id, 'umweltamt')))).toBe('requester_role_missing');
  await office.rows(`UPDATE organisation.person SET disabled_at = NULL WHERE key = 'eva.bach'`);
});

test('a programme asks for its own unit only, and the person responsible for it counts as requester', async () => {
  const { id } = await trees();
  const machine = await office.machine();
  const { id: requestId } = await office.requests.submit(machine, await office.aForm(id, 'umweltamt'));
  const [row] = await office.rows<{ requester: string; responsible: string }>(
    `SELECT r.requester_person_id AS requester, c.responsible_person_id AS responsible
       FROM requests.access_request r, organisation.machine_client c WHERE r.id = $1 AND c.client_id = $2`,
    [requestId, machine.clientId],
  );
  expect(row!.requester).toBe(row!.responsible);
  expect(await codeOf(office.requests.submit(machine, await office.aForm(id, 'schulamt')))).toBe(
    'requester_role_missing',
  );
});

test('the use lasts 12 months at most, 6 with reference to persons, and never ends in the past', async () => {
  const personal = await office.aProduct({ unit: 'gruenflaechenamt', personalRef: 'PERSONAL' });
  const plain = await trees();
  const faults = async (productId: string, until: string) => {
    const form = await office.aForm(productId, 'umweltamt', { from: '2027-01-01', until });
    return office.requests.submit(await office.as('eva.bach'), form).then(
      () => [],
      (problem: { errors: { code: string; pointer: string }[] }) =>
        problem.errors.map(({ code, pointer }) => `${pointer} ${code}`),
    );
  };
  expect(await faults(plain.id, '2027-12-31')).toEqual([]);
  expect(await faults(plain.id, '2028-01-01')).toEqual(['/until period_too_long']);
  expect(await faults(personal.id, '2027-06-30')).toEqual([]);
  expect(await faults(personal.id, '2027-07-01')).toEqual(['/until period_too_long']);
  const past = await office.aForm(plain.id, 'umweltamt', { from: '2020-01-01', until: '2020-02-01' });
  expect(await codeOf(office.requests.submit(await office.as('eva.bach'), past))).toBe('validation_failed');
});

test('days become instants at midnight in Wiesbaden, also in the nights the clock changes', async () => {
  const period = (from: string, until: string) =>
    office.system(async (tx) => {
      const { validFrom, validUntil } = await office.app.get(RequestRepository).period(tx, from, until, 12);
      return [validFrom.toISOString(), validUntil.toISOString()];
    });
  expect(await period('2026-03-29', '2026-03-29')).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']); // 23 hours
  expect(await period('2026-10-25', '2026-10-25')).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']); // 25 hours
});

test('fields of another version and filters over protected fields are refused by pointer', async () => {
  const { id } = await office.aProduct({
    unit: 'gruenflaechenamt',
    fields: [{ name: 'art' }, { name: 'gutachter', class: 'DIRECT_ID', mask: { kind: 'redact', with: '***' } }],
  });
  const rows = { column: 'gutachter', op: 'eq' as const, value: 'Meier' };
  const problem = await submit('eva.bach', id, 'umweltamt', { fields: ['art', 'hoehe'], rows }).catch(
    (error: unknown) => error,
  );
  expect(problem).toMatchObject({
    code: 'validation_failed',
    errors: [{ pointer: '/fields/1' }, { pointer: '/rows/column', code: 'filter_not_allowed' }],
  });
});

test('a product that is not offered can not be requested', async () => {
  const { id } = await trees();
  await office.rows(`UPDATE catalogue.product SET state = 'DRAFT', revision = revision + 1 WHERE id = $1`, [id]);
  expect(await codeOf(submit('eva.bach', id, 'umweltamt'))).toBe('product_not_requestable');
});

test('the same Idempotency-Key gives one request and the same answer; with another form it is refused', async () => {
  const { id } = await trees();
  const form = await office.aForm(id, 'umweltamt');
  const eva = await office.as('eva.bach');
  const withKey = (fingerprint: string) => ({
    ...eva,
    acting: { ...eva.acting, idempotency: { key: `key-${id}`, fingerprint } },
  });
  const [first, second] = await Promise.all([
    office.requests.submit(withKey('a'), form),
    office.requests.submit(withKey('a'), form),
  ]);
  expect(second).toEqual(first);
  expect(await office.rows('SELECT FROM requests.access_request WHERE product_id = $1', [id])).toHaveLength(1);
  expect(await codeOf(office.requests.submit(withKey('b'), form))).toBe('idempotency_key_reused');
});

test('naughty text is kept as it was typed and breaks nothing, and what turns its direction is refused by name', async () => {
  const { id } = await trees();
  const project = `'; DROP TABLE requests.decision; -- <script>alert(1)</script> \${jndi:ldap://x} 🌳`;
  const receipt = await submit('eva.bach', id, 'umweltamt', { project });
  expect((await office.views.view(await office.as('eva.bach'), receipt.id)).project).toBe(project);
  await expect(submit('eva.bach', id, 'umweltamt', { project: 'Klima \u202eevil\u202c' })).rejects.toMatchObject({
    errors: [{ pointer: '/project', detail: expect.stringContaining('U+202E') as string }],
  });
});

test('no name and no text of the form stands in an event', async () => {
  const { id } = await trees();
  const receipt = await submit('eva.bach', id, 'umweltamt', { project: 'Geheimprojekt', caseNumber: 'AZ-4711' });
  const facts = JSON.stringify(await office.events({ requestId: receipt.id }));
  for (const word of ['Geheimprojekt', 'AZ-4711', 'Klimakarte', 'Bach', await office.person('eva.bach')])
    expect(facts).not.toContain(word);
});

test('an earlier request is a template for the next one, without its days', async () => {
  const { id } = await trees();
  const receipt = await submit('eva.bach', id, 'umweltamt');
  const eva = await office.as('eva.bach');
  const copy = await office.requests.copy(eva, receipt.id);
  expect(copy).not.toHaveProperty('from');
  const next = await office.requests.submit(
    eva,
    { ...copy, from: office.day(0), until: office.day(10) },
    { copiedFrom: receipt.id },
  );
  expect(await office.views.view(eva, next.id)).toMatchObject({ copiedFrom: receipt.id, project: 'Stadtklima' });
});

describe('second line', () => {
  const TABLES = ['access_request', 'form_revision', 'decision', 'question'];

  test('without context, and in the context of another office, there is no row', async () => {
    const { id } = await office.aProduct({ unit: 'tiefbau-vermessungsamt', openness: 'RESTRICTED' });
    const receipt = await submit('zoe.plan', id, 'stadtplanungsamt');
    const app = new Client({ connectionString: office.db.url('app') });
    await app.connect();
    try {
      for (const table of TABLES) {
        for (const units of ['', await office.unit('umweltamt'), `${await office.unit('umweltamt')}' OR true`]) {
          await app.query('BEGIN');
          await app.query(`SELECT set_config('app.units', $1, true)`, [units]);
          const { rows } = await app.query(`SELECT FROM requests.${table} WHERE consumer_unit_id = $1`, [
            await office.unit('stadtplanungsamt'),
          ]);
          await app.query('ROLLBACK');
          expect([table, rows.length]).toEqual([table, 0]);
        }
        expect((await app.query(`SELECT FROM requests.${table}`)).rows).toHaveLength(0);
      }
    } finally {
      await app.end();
    }
    expect(await codeOf(office.views.view(await office.as('eva.bach'), receipt.id))).toBe('request_not_found');
    for (const key of ['zoe.plan', 'lars.pfad', 'quirin.stern']) {
      expect((await office.views.view(await office.as(key), receipt.id)).number).toBe(receipt.number);
    }
  });

  test('every table with two sides forces row-level security', async () => {
    const open = await office.rows(
      `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'consumer_unit_id'
        WHERE c.relkind = 'r' AND c.relnamespace::regnamespace::text IN ('requests', 'approvals', 'agreements')
          AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))`,
    );
    expect(open).toEqual([]);
  });

  test('the application can not rewrite a decision, nor the owner by mistake', async () => {
    const change = `UPDATE requests.decision SET outcome = 'PERMIT'`;
    await expect(office.system((tx) => tx.sql(change))).rejects.toMatchObject({ driverError: { code: '42501' } });
    await expect(office.rows(change)).rejects.toMatchObject({ code: '23514' });
  });

  test('code and database hold the same table of moves', async () => {
    const rows = await office.rows<{ from_state: string; to_state: string }>('SELECT * FROM requests.allowed_move');
    const text = (moves: readonly (readonly string[])[]) => moves.map((move) => move.join(' → ')).sort();
    expect(text(rows.map(({ from_state, to_state }) => [from_state, to_state]))).toEqual(
      text(requestStates.transitions),
    );
  });

  test('no statement skips a state, a revision or a party', async () => {
    const { id } = await trees();
    const receipt = await submit('eva.bach', id, 'umweltamt');
    for (const change of [
      `state = 'APPROVED', revision = revision + 1`,
      `state = 'WITHDRAWN', revision = revision + 1`,
      `revision = revision + 2`,
      `requester_person_id = gen_random_uuid(), revision = revision + 1`,
    ]) {
      await expect(
        office.rows(`UPDATE requests.access_request SET ${change} WHERE id = $1`, [receipt.id]),
      ).rejects.toMatchObject({ code: '23514' });
    }
  });
});
