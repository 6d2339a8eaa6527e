// What a version of the data was released as stays with it: a card that is lowered for the data of today says nothing about those of before.
import type { Answer } from '../../journeys/city';
import { officeOf, type UnitKey } from '../../journeys/scenarios/offices';
import { aRunningCity, type RunningCity } from '../../support/city.fixture';
import { type Decided, formFor, type Offered, offered, revisionOf } from '../../support/published';

let city: RunningCity;
beforeAll(async () => void (city = await aRunningCity()), 60_000);
afterAll(() => city?.close());

type Product = Offered & { unit: UnitKey };
const published = async (unit: UnitKey, given: Parameters<typeof offered>[2]): Promise<Product> => ({
  ...(await offered(city, unit, given)),
  unit,
});
const code = ({ status, body }: Answer): string | undefined => (status < 300 ? 'done' : body.code);
const act = async (who: string, { productId }: Product, what: string): Promise<string | undefined> =>
  code(
    await (
      await city.as(who)
    ).post(`/v1/products/${productId}/${what}`, { revision: await revisionOf(city, productId) }),
  );

let files = 0;
/** Takes the product back, gives it other data and another card, and offers it again; the Datenschutz agrees where it is asked. */
async function reissued(
  product: Product,
  columns: string[],
  patch: Record<string, unknown>,
  classes: Record<string, string> = {},
): Promise<void> {
  const { productId, unit } = product;
  const { steward, owner } = officeOf(unit) as { steward: string; owner: string };
  const editor = await city.as(steward);
  expect(await act(steward, product, 'revision')).toBe('done');
  const text = [columns.join(';'), ...[1, 2, 3].map((row) => columns.map((_, at) => row * 10 + at).join(';'))];
  const file = city.file(`neu-${++files}.csv`, `${text.join('\n')}\n`);
  const { uploadId } = await editor.upload<{ uploadId: string }>(`/v1/products/${productId}/uploads`, file);
  const made = await editor.must<{ versionId: string; revision: number }>(
    'POST',
    `/v1/products/${productId}/versions`,
    {
      uploadId,
    },
  );
  const fields = columns.map((name) => ({
    name,
    class: classes[name] ?? 'NONE',
    meaning: `Spalte ${name}`,
    mask: null,
    listedIn: [],
    reason: 'Angabe zu einer Sache.',
  }));
  await editor.must('PUT', `/v1/products/${productId}/versions/${made.versionId}/fields`, {
    revision: made.revision,
    fields,
  });
  await editor.must('PATCH', `/v1/products/${productId}`, { revision: await revisionOf(city, productId), patch });
  expect(await act(steward, product, 'submission')).toBe('done');
  const uma = await city.as('uma.schild');
  const { items } = await uma.must<{ items: { id: string; productId: string }[] }>('GET', '/v1/products/opinions');
  for (const { id } of items.filter((one) => one.productId === productId))
    await uma.must('POST', `/v1/products/${productId}/opinions/${id}`, {
      opinion: 'POSITIVE',
      text: 'Die Tabelle sagt nichts mehr über Menschen.',
    });
  expect(await act(owner, product, 'release')).toBe('done');
  expect(await act(owner, product, 'offer')).toBe('done');
  await city.settle();
}

const asked = async (product: Product, change: Record<string, unknown>, path = '/v1/requests/check') => {
  const form = await formFor(city, 'umweltamt', product, { productVersionId: product.versionId, ...change });
  const { status, body } = await (await city.as('eva.bach')).post<Decided & Decided['decision']>(path, form);
  const { outcome, rules } = body.decision ?? body;
  return { status, outcome, rules, id: body.id };
};
const delivered = async (agreementId: string) => {
  const { status } = await (await city.as('eva.bach')).receive(agreementId, 'csv');
  return status;
};
async function agreed(requestId: string | undefined): Promise<string> {
  await city.settle();
  const offer = await city.one<{ id: string; revision: number }>(
    'SELECT id, revision FROM agreements.agreement WHERE request_id = $1',
    [requestId],
  );
  const eva = await city.as('eva.bach');
  await eva.must('POST', `/v1/agreements/${offer.id}/confirmation`, { revision: offer.revision });
  await city.settle();
  return offer.id;
}

const SOCIAL = {
  openness: 'RESTRICTED',
  personalRef: 'PERSONAL',
  secrecy: ['SOZIAL'],
  entrusted: false,
  protectionC: 'hoch',
  allowedPurposes: ['PLANUNG_JUGENDHILFE'],
};
const OF_THINGS = {
  openness: 'INTERNAL',
  personalRef: 'NONE',
  secrecy: [],
  protectionC: 'normal',
  allowedPurposes: ['KLIMA_UMWELT'],
};

test.each([
  ['social data', 'jugendamt', SOCIAL],
  ['tax data', 'kassen-steueramt', { ...SOCIAL, secrecy: ['STEUER'], allowedPurposes: ['STADTPLANUNG'] }],
] as const)(
  '%s stay what they are when a later version has no addresses and a lower card',
  async (title, unit, was) => {
    const columns = ['anschrift', 'bezirk', 'anzahl'];
    const product = await published(unit, { title, columns, classes: { anschrift: 'QUASI_ID' }, governance: was });
    const form = { fields: ['anschrift', 'anzahl'], legalBasis: [] };
    const before = await asked(product, form);
    expect(before.outcome).toBe('FORBID');

    await reissued(product, ['bezirk', 'anzahl'], OF_THINGS);
    expect(
      (await asked(product, { ...form, productVersionId: undefined, fields: ['bezirk', 'anzahl'] })).outcome,
    ).toMatch(/^PERMIT/);
    const later = await asked(product, form);
    expect(later.outcome).toBe('FORBID');
    expect(later.rules).toEqual(expect.arrayContaining(before.rules));
    expect(await asked(product, form, '/v1/requests')).toMatchObject({ outcome: 'FORBID' });
    // nor for the purpose the card of today allows, chosen by one address
    const rows = { column: 'anschrift', op: 'eq', value: '12' };
    expect((await asked(product, { ...form, rows }, '/v1/requests')).outcome).toBe('FORBID');
  },
);

test('a case on the version of before goes on as it was', async () => {
  const columns = ['anschrift', 'bezirk', 'anzahl'];
  const classes = { anschrift: 'QUASI_ID' };
  const product = await published('gruenflaechenamt', {
    title: 'Meldungen je Haus',
    columns,
    classes,
    governance: { ...SOCIAL, secrecy: [], allowedPurposes: ['KLIMA_UMWELT'] },
  });
  const open = await asked(product, { legalBasis: ['DSGVO_6_1_E'] }, '/v1/requests');
  expect(open.outcome).toBe('APPROVAL');
  await city.settle();
  const steps = () =>
    city.rows<{ step: string }>(
      `SELECT step FROM approvals.task WHERE request_id = $1 AND state = 'OPEN' ORDER BY step`,
      [open.id],
    );
  const waiting = await steps();
  await reissued(product, ['bezirk', 'anzahl'], OF_THINGS);
  expect(await steps()).toEqual(waiting);
  const { state } = await city.one<{ state: string }>('SELECT state FROM requests.access_request WHERE id = $1', [
    open.id,
  ]);
  expect(state).toBe('IN_REVIEW');
});

test('an agreement on it rests for good once the data turned out to be about people', async () => {
  const columns = ['anschrift', 'bezirk', 'anzahl'];
  const product = await published('gruenflaechenamt', {
    title: 'Bäume je Anschrift',
    columns,
    classes: { anschrift: 'QUASI_ID' },
    governance: OF_THINGS,
  });
  const agreement = await agreed((await asked(product, {}, '/v1/requests')).id);
  expect(await delivered(agreement)).toBe(200);

  await reissued(
    product,
    columns,
    { ...SOCIAL, secrecy: [], allowedPurposes: ['KLIMA_UMWELT'] },
    {
      anschrift: 'QUASI_ID',
    },
  );
  expect(await delivered(agreement)).not.toBe(200);
  const raised = await asked(product, {});
  expect(raised.outcome).toBe('FORBID');

  await reissued(product, ['bezirk', 'anzahl'], OF_THINGS);
  expect(await delivered(agreement)).not.toBe(200);
  expect(await asked(product, {})).toEqual(raised);
});

test('what the owner limited it to stays a limit', async () => {
  const product = await published('gruenflaechenamt', {
    title: 'Bäume, nur im Amt',
    governance: { ...OF_THINGS, recipientKinds: ['SAME_OFFICE'] },
    card: { aiUse: 'NEIN' },
  });
  expect((await asked(product, {})).rules).toContain('R-LIM-01');
  await reissued(product, ['bezirk'], { recipientKinds: ['SAME_OFFICE', 'OTHER_OFFICE'], card: { aiUse: 'JA' } });
  expect((await asked(product, { productVersionId: undefined, fields: ['bezirk'] })).outcome).toMatch(/^PERMIT/);
  expect((await asked(product, {})).rules).toContain('R-LIM-01');
});
