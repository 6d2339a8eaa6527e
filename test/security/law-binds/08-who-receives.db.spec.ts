import { randomUUID } from 'node:crypto';
import { aCityOffice } from '../../support/city-office';
import type { RunningCity } from '../../support/city.fixture';
import type { Office } from '../../support/office';

let city: RunningCity;
let office: Office;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ city, office, close } = await aCityOffice());
}, 240_000);
afterAll(() => close());
beforeEach(() => office.endContracts());

const DAY = 86_400_000;
/** Days of use and of retention after it in every form below. */
const [USED, KEPT] = [90, 60];
const codeOf = ({ status, body }: { status: number; body: { code?: string } }): string =>
  status < 300 ? 'done' : (body.code ?? String(status));
const post = async (who: string, path: string, body?: unknown) => codeOf(await (await city.as(who)).post(path, body));

interface Decided {
  id: string;
  state: string;
  revision: number;
  decision: {
    rules: string[];
    because: { rule: string; code?: string }[];
    stages: { role: string; unitName: string }[][] | null;
  };
}
const codesOf = ({ decision }: Decided) => decision.because.flatMap(({ code }) => code ?? []);

/** Data about persons of the Umweltamt, open for its own task. */
const aRegister = async (secrecy: string[] = [], unit = 'umweltamt', personalRef = 'PERSONAL') =>
  (
    await office.aProduct({
      unit,
      personalRef,
      secrecy,
      fields: [
        { name: 'art', class: 'QUASI_ID' },
        { name: 'hoehe', class: 'QUASI_ID' },
      ],
    } as Parameters<Office['aProduct']>[0])
  ).id;
const formFor = async (productId: string, consumer: string, more: Record<string, unknown> = {}) =>
  office.aForm(productId, consumer, {
    legalBasis: ['DSGVO_6_1_E'],
    retentionDays: KEPT,
    until: office.day(USED),
    ...more,
  });
const ask = async (who: string, form: unknown): Promise<Decided> =>
  (await city.as(who)).must<Decided>('POST', '/v1/requests', form);

/** Midnight after so many days from today, in Wiesbaden: a contract to then lasts through the day before. */
const midnightAfter = (days: number): string => {
  const [row] = [office.day(days + 1)];
  const offset = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeZoneName: 'longOffset' })
    .formatToParts(new Date(Date.parse(`${row}T00:00:00Z`)))
    .find(({ type }) => type === 'timeZoneName')!.value;
  return `${row}T00:00:00${offset === 'GMT' ? 'Z' : offset.replace('GMT', '')}`;
};
const register = async (
  a: string,
  b: string,
  subject: unknown,
  { kind = 'AVV', validTo = midnightAfter(USED + KEPT) }: { kind?: string; validTo?: string } = {},
) =>
  (await city.as('theo.satz')).must<{ contractId: string }>('POST', '/v1/contracts', {
    unitA: await city.unit(a),
    unitB: await city.unit(b),
    kind,
    subject,
    reference: `AVV ${randomUUID()}`,
    validFrom: new Date(Date.now() - 60_000).toISOString(),
    validTo,
  });
const about = (...productIds: string[]) => ({ kind: 'PRODUCTS', productIds });

describe.each([
  ['personal', [], []],
  ['social', ['SOZIAL'], ['notice_missing']],
  ['tax', ['STEUER'], ['undertaking_missing']],
  ['statistical', ['STATISTIK'], ['statistical_secrecy']],
] as const)('%s single records', (_, secrecy, refused) => {
  test('do not go to a company because it has some processing contract with the office that gives them', async () => {
    const productId = await aRegister([...secrecy]);
    const onBehalfOfUnitId = await city.unit('umweltamt');
    await register('umweltamt', 'gebaeudedienste', about(productId), {
      validTo: new Date(Date.now() + 3 * DAY).toISOString(),
    });
    const short = await ask('nils.halle', await formFor(productId, 'gebaeudedienste', { onBehalfOfUnitId }));
    expect([short.state, codesOf(short)]).toEqual(['REFUSED', expect.arrayContaining(['contract_missing'])]);
    await office.endContracts();
    await register('umweltamt', 'gebaeudedienste', about(await aRegister()));
    const other = await ask('nils.halle', await formFor(productId, 'gebaeudedienste', { onBehalfOfUnitId }));
    expect([other.state, codesOf(other)]).toEqual(['REFUSED', expect.arrayContaining(['contract_missing'])]);
  });

  test('go to a processor the office itself names as little without a contract about them', async () => {
    const productId = await aRegister([...secrecy]);
    const processorUnitId = await city.unit('gebaeudedienste');
    await register('umweltamt', 'gebaeudedienste', { kind: 'PARTIES' });
    await office.rows(`ALTER TABLE organisation.contract DISABLE TRIGGER USER`);
    await office.rows(`UPDATE organisation.contract SET subject_kind = NULL WHERE kind = 'AVV' AND valid_to > now()`);
    await office.rows(`ALTER TABLE organisation.contract ENABLE TRIGGER USER`);
    const named = await ask('eva.bach', await formFor(productId, 'umweltamt', { processorUnitId }));
    expect([named.state, codesOf(named)]).toEqual(['REFUSED', expect.arrayContaining(['contract_missing'])]);
    expect(named.decision.because.map(({ rule }) => rule)).toContain('R-CON-05');
  });

  test('with a contract that carries them still follow the secrecy on them, and the office is asked first', async () => {
    const productId = await aRegister([...secrecy]);
    await register('umweltamt', 'gebaeudedienste', about(productId));
    const onBehalfOfUnitId = await city.unit('umweltamt');
    const asked = await ask('nils.halle', await formFor(productId, 'gebaeudedienste', { onBehalfOfUnitId }));
    if (refused.length > 0) {
      expect([asked.state, codesOf(asked)]).toEqual(['REFUSED', expect.arrayContaining([...refused])]);
      return;
    }
    expect(asked.state).toBe('IN_REVIEW');
    expect(asked.decision.stages![0]).toMatchObject([{ role: 'REQ_HEAD', unitName: 'Umweltamt' }]);
  });
});

test('a contract that ends the day before the data are deleted carries nothing, one that ends that day does', async () => {
  const productId = await aRegister();
  const form = () => formFor(productId, 'umweltamt');
  const processorUnitId = await city.unit('gebaeudedienste');
  await register('umweltamt', 'gebaeudedienste', about(productId), { validTo: midnightAfter(USED + KEPT - 1) });
  expect(await ask('eva.bach', { ...(await form()), processorUnitId })).toMatchObject({ state: 'REFUSED' });
  await register('umweltamt', 'gebaeudedienste', about(productId), { validTo: midnightAfter(USED + KEPT) });
  expect(await ask('eva.bach', { ...(await form()), processorUnitId })).toMatchObject({ state: 'IN_REVIEW' });
});

test('a contract that describes a processing only in words is looked at by the Rechtsamt', async () => {
  const productId = await aRegister();
  const processorUnitId = await city.unit('gebaeudedienste');
  await register('umweltamt', 'gebaeudedienste', { kind: 'PROCESSING', text: 'Druck und Versand von Bescheiden' });
  const asked = await ask('eva.bach', await formFor(productId, 'umweltamt', { processorUnitId }));
  expect(asked.state).toBe('IN_REVIEW');
  expect(asked.decision.stages!.flat().map(({ role }) => role)).toEqual(['LEGAL', 'OWNER']);
});

test('a processor in competition gets no business secrets, whatever its contract says', async () => {
  const productId = await aRegister(['GESCHAEFTSGEHEIMNIS'], 'umweltamt', 'NONE');
  await register('umweltamt', 'containerdienst', about(productId));
  const asked = await ask(
    'eva.bach',
    await formFor(productId, 'umweltamt', { processorUnitId: await city.unit('containerdienst') }),
  );
  expect([asked.state, codesOf(asked)]).toEqual(['REFUSED', expect.arrayContaining(['competition'])]);
});

test('nobody works on the instructions of the own office, and a processor names no further one', async () => {
  const productId = await aRegister();
  const umweltamt = await city.unit('umweltamt');
  const own = await formFor(productId, 'umweltamt', { onBehalfOfUnitId: umweltamt });
  expect(await post('eva.bach', '/v1/requests', own)).toBe('validation_failed');
  const further = await formFor(productId, 'gebaeudedienste', {
    onBehalfOfUnitId: umweltamt,
    processorUnitId: await city.unit('energieversorger'),
  });
  expect(await post('nils.halle', '/v1/requests', further)).toBe('validation_failed');
});

test.each([
  ['the office that gives the data', 'umweltamt'],
  ['another office than the one that gives them', 'gruenflaechenamt'],
])('a processor of %s waits for it twice: at the request and at the agreement', async (_, provider) => {
  const productId = await aRegister([], provider, 'NONE');
  await register('umweltamt', 'gebaeudedienste', about(productId));
  const onBehalfOfUnitId = await city.unit('umweltamt');
  const { id } = await ask('nils.halle', await formFor(productId, 'gebaeudedienste', { onBehalfOfUnitId }));
  await city.settle();
  const open = await city.rows<{ id: string; step: string; seat: string; unitId: string }>(
    `SELECT id, step, seat, unit_id AS "unitId" FROM approvals.task WHERE request_id = $1 AND state = 'OPEN'`,
    [id],
  );
  expect(open).toMatchObject([{ step: 'CONTROLLER', seat: 'CONTROLLER', unitId: onBehalfOfUnitId }]);
  const inboxOf = async (who: string) =>
    (await (await city.as(who)).must<{ items: { id: string }[] }>('GET', '/v1/tasks')).items.map((task) => task.id);
  expect(await inboxOf('falk.quelle')).toContain(open[0]!.id);
  expect(await inboxOf('olga.dach')).not.toContain(open[0]!.id);
  const revision = await city.revision(id);
  for (const [who, code] of [
    ['nils.halle', 'not_permitted'],
    ['olga.dach', 'not_entitled'],
  ])
    expect([who, await post(who!, `/v1/tasks/${open[0]!.id}/approval`, { revision })]).toEqual([
      who,
      expect.stringMatching(code === 'not_permitted' ? /not_permitted|not_entitled|self_approval/ : /not_entitled/),
    ]);
  const agreementOf = () =>
    city.one<{ id: string; revision: number } | undefined>(
      'SELECT id, revision FROM agreements.agreement WHERE request_id = $1',
      [id],
    );
  expect(await agreementOf()).toBeUndefined();
  expect(await post('falk.quelle', `/v1/tasks/${open[0]!.id}/approval`, { revision })).toBe('done');
  await city.settle();
  if (provider !== 'umweltamt') {
    // whose data leave the administration for it is asked as well
    const owner = await city.task(id, 'OWNER');
    const body = { revision: await city.revision(id) };
    expect(await post('anna.ahorn', `/v1/tasks/${owner.id}/approval`, body)).toBe('done');
    await city.settle();
  }

  const { id: agreementId, revision: offered } = (await agreementOf())!;
  const answers = (await office.answers(agreementId)).answers;
  const confirm = (who: string, at: number) =>
    post(who, `/v1/agreements/${agreementId}/confirmation`, { revision: at, answers });
  const asController = (who: string) =>
    post(who, `/v1/agreements/${agreementId}/controller-confirmation`, { revision: offered });
  expect(await confirm('pia.flur', offered)).toBe('agreement_controller_first');
  expect(await asController('pia.flur')).toBe('not_entitled');
  expect(await asController('falk.quelle')).toBe('agreement_signer');
  expect(await asController('gero.wolke')).toBe('done');
  expect(await asController('gero.wolke')).toBe('agreement_changed');
  expect(await confirm('nils.halle', offered + 1)).toBe('agreement_signer');
  expect(await confirm('pia.flur', offered + 1)).toBe('done');
  const { state } = await city.one<{ state: string }>('SELECT state FROM agreements.agreement WHERE id = $1', [
    agreementId,
  ]);
  expect(state).toBe('ACTIVE');
  // a stranger to the matter sees nothing of it, the office whose purpose it is sees all
  expect(await (await city.as('zoe.plan')).get(`/v1/requests/${id}`)).toMatchObject({ status: 404 });
  expect(await (await city.as('falk.quelle')).get(`/v1/requests/${id}`)).toMatchObject({ status: 200 });
  // and takes its instructions back without the processor
  const end = (who: string) => post(who, `/v1/agreements/${agreementId}/termination`, {});
  expect(await end('zoe.plan')).toMatch(/not_permitted|agreement_unknown/);
  expect(await end('falk.quelle')).toBe('done');
});

test('a contract of before that names nothing is completed once by the Rechtsamt, and then carries what it names', async () => {
  const productId = await aRegister();
  const processorUnitId = await city.unit('gebaeudedienste');
  const { contractId } = await register('umweltamt', 'gebaeudedienste', { kind: 'PARTIES' });
  await office.rows(`ALTER TABLE organisation.contract DISABLE TRIGGER USER`);
  await office.rows(`UPDATE organisation.contract SET subject_kind = NULL WHERE id = $1`, [contractId]);
  await office.rows(`ALTER TABLE organisation.contract ENABLE TRIGGER USER`);
  const form = await formFor(productId, 'umweltamt', { processorUnitId });
  expect(await ask('eva.bach', form)).toMatchObject({ state: 'REFUSED' });
  const { id: plain } = await office.aProduct({ unit: 'umweltamt', openness: 'OPEN' });
  // what everybody may have goes on under it, and nothing else
  expect(await ask('eva.bach', await formFor(plain, 'umweltamt', { processorUnitId }))).toMatchObject({
    state: 'PERMITTED',
  });
  const complete = (who: string) => post(who, `/v1/contracts/${contractId}/subject`, { subject: about(productId) });
  expect(await complete('eva.bach')).toBe('not_permitted');
  expect(await complete('theo.satz')).toBe('done');
  expect(await complete('theo.satz')).toBe('contract_complete');
  expect(await ask('eva.bach', form)).toMatchObject({ state: 'IN_REVIEW' });
});
