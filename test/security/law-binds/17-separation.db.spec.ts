import { randomUUID } from 'node:crypto';
import type { Office } from '../../support/office';
import { aCityOffice } from '../../support/city-office';
import type { RunningCity } from '../../support/city.fixture';

let city: RunningCity;
let office: Office;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ city, office, close } = await aCityOffice());
}, 240_000);
afterAll(() => close());

const HOUR = 3_600_000;
const at = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString();
const codeOf = ({ status, body }: { status: number; body: { code?: string } }): string =>
  status < 300 ? 'done' : (body.code ?? String(status));
const post = async (who: string, path: string, body?: unknown) => codeOf(await (await city.as(who)).post(path, body));
const person = (key: string) => city.person(key);
const ownSeat = async (key: string): Promise<string> =>
  (
    await city.one<{ id: string }>(
      `SELECT id FROM organisation.appointment WHERE person_id = $1 AND role = 'OWNER' AND state = 'IN_FORCE'`,
      [await person(key)],
    )
  ).id;

describe('an absence lets the deputies decide, so', () => {
  const away = (from: number, to: number) => ({ from: at(from), to: at(to), reason: 'URLAUB' });

  test('it is not set for 95 years, nor for the past, nor for thirteen months', async () => {
    const personId = await person('ida.stein');
    const set = (from: number, to: number) => post('ida.stein', '/v1/absences', { personId, ...away(from, to) });
    expect(await set(0, 24 * 365 * 95)).toBe('absence_period');
    expect(await set(0, 24 * 396)).toBe('absence_period');
    expect(await set(-48, -24)).toBe('validation_failed');
    expect(await set(-48, 24)).toBe('validation_failed');
  });

  test('one administrator alone sets none for somebody else; two do, and until then nobody stands in', async () => {
    const ida = await person('ida.stein');
    expect(await post('xenia.konto', '/v1/absences', { personId: ida, ...away(0, 2) })).toBe('absence_two_persons');
    const { orderId } = await (
      await city.as('xenia.konto')
    ).must<{ orderId: string }>('POST', `/v1/people/${ida}/absences`, away(0, 2));
    const now = () => city.rows('SELECT FROM organisation.absence WHERE person_id = $1 AND from_at <= now()', [ida]);
    expect(await now()).toHaveLength(0);
    expect(await post('xenia.konto', `/v1/person-orders/${orderId}/confirmation`)).toBe('people_two_persons');
    expect(await post('nina.notiz', `/v1/person-orders/${orderId}/confirmation`)).toBe('done');
    expect(await now()).toHaveLength(1);
    // whoever is back takes the power back alone
    const [absence] = await city.rows<{ id: string }>('SELECT id FROM organisation.absence WHERE person_id = $1', [
      ida,
    ]);
    await office.rows('UPDATE organisation.absence SET to_at = now() WHERE id = $1', [absence!.id]);
  });

  test('an order that waited too long hands nothing over afterwards', async () => {
    const ida = await person('ida.stein');
    const { orderId } = await (
      await city.as('xenia.konto')
    ).must<{ orderId: string }>('POST', `/v1/people/${ida}/absences`, away(0, 2));
    await city.rows(
      `UPDATE organisation.person_order SET absent_from = now() - interval '3 days', absent_to = now() - interval '1 day' WHERE id = $1`,
      [orderId],
    );
    expect(await post('nina.notiz', `/v1/person-orders/${orderId}/confirmation`)).toBe('absence_period');
    expect(await post('nina.notiz', `/v1/person-orders/${orderId}/refusal`)).toBe('done');
  });
});

describe('who is shut out', () => {
  test('is appointed to nothing, stands in for nobody, and is passed no decision on', async () => {
    const gone = await person('emil.fach');
    expect(await post('xenia.konto', `/v1/people/${gone}/disabling`)).toBe('done');
    const unitId = await city.unit('hochbauamt');
    const role = { personId: gone, role: 'OWNER', unitId, scope: { kind: 'UNIT' } };
    expect(await post('xenia.konto', '/v1/appointments', role)).toBe('person_shut_out');
    const deputy = { ...role, deputyOf: await ownSeat('ida.stein') };
    expect(await post('xenia.konto', '/v1/appointments', deputy)).toBe('person_shut_out');
    const delegation = {
      appointmentId: await ownSeat('ida.stein'),
      delegatePersonId: gone,
      reference: 'Verfügung 1',
      validTo: at(24),
    };
    expect(await post('ida.stein', '/v1/delegations', delegation)).toBe('person_shut_out');
  });

  test('nor is a role confirmed that was proposed before', async () => {
    const { orderId, personId } = await (
      await city.as('xenia.konto')
    ).must<{ orderId: string; personId: string }>('POST', '/v1/people', {
      givenName: 'Nova',
      familyName: 'Neu',
      iss: city.city.local.issuer,
      sub: randomUUID(),
    });
    expect(await post('nina.notiz', `/v1/person-orders/${orderId}/confirmation`)).toBe('done');
    const { appointmentId } = await (
      await city.as('xenia.konto')
    ).must<{ appointmentId: string }>('POST', '/v1/appointments', {
      personId,
      role: 'STEWARD',
      unitId: await city.unit('hochbauamt'),
      scope: { kind: 'UNIT' },
    });
    expect(await post('xenia.konto', `/v1/people/${personId}/disabling`)).toBe('done');
    expect(await post('nina.notiz', `/v1/appointments/${appointmentId}/confirmation`)).toBe('person_shut_out');
  });
});

describe('an owner does not pass the decision to the side that gets the data', () => {
  const delegate = async (to: string) =>
    (await city.as('ida.stein')).post<{ delegationId: string }>('/v1/delegations', {
      appointmentId: await ownSeat('ida.stein'),
      delegatePersonId: await person(to),
      reference: 'Verfügung 2',
      validTo: at(24),
    });

  test('not to the requester, nor to who endorses there, nor through a delegation of before', async () => {
    // passed on while there was no case: karla.mauer is of the giving office
    const before = await delegate('karla.mauer');
    expect(before.status).toBe(201);
    const product = await office.aProduct({ unit: 'hochbauamt', openness: 'RESTRICTED', title: 'Schließanlagen' });
    const { id } = await (
      await city.as('zoe.plan')
    ).must<{ id: string }>('POST', '/v1/requests', await office.aForm(product.id, 'stadtplanungsamt'));
    await city.settle();
    expect(codeOf(await delegate('zoe.plan'))).toBe('delegation_across');
    expect(codeOf(await delegate('ron.rinne'))).toBe('delegation_across');
    // and whoever comes to the asking office afterwards does not decide with what they were passed before
    await office.approve('ron.rinne', id, 'REQ_HEAD');
    await city.rows(
      `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, valid_from, state, origin)
       VALUES (gen_random_uuid(), $1, 'REQUESTER', $2, 'UNIT', now() - interval '1 day', 'IN_FORCE', 'SETUP')`,
      [await person('karla.mauer'), await city.unit('stadtplanungsamt')],
    );
    const { id: task } = await city.task(id, 'OWNER');
    await city.rows(
      `UPDATE approvals.task SET state = 'OPEN', revision = revision + 1, opened_at = now(), due_at = now() + interval '5 days' WHERE id = $1`,
      [task],
    );
    const decided = await (
      await city.as('karla.mauer')
    ).post(`/v1/tasks/${task}/approval`, { revision: await city.revision(id) });
    expect(codeOf(decided)).toBe('delegation_across');
  });
});
