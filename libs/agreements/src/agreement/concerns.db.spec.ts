// What asks for somebody before data stop flowing, and after: told to those who can act, and to nobody else.
import { Office } from '../../../../test/support/office';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office.close());

const concerns = async (key: string, id: string) =>
  (await office.agreementReads.concerns(await office.as(key))).filter((one) => one.id === id);
/** Each of these people, and how the agreement asks for them; null: not at all. */
const asked = (id: string, ...keys: string[]) =>
  Promise.all(keys.map(async (key) => (await concerns(key, id))[0]?.kind ?? null));

test('an agreement that rests asks for who acts on either side, until it goes on or ends', async () => {
  const { id: productId } = await office.aProduct({ unit: 'gruenflaechenamt' });
  const eva = await office.as('eva.bach');
  const { id: requestId } = await office.requests.submit(eva, await office.aForm(productId, 'umweltamt'));
  await office.settle();
  const { id } = (await office.agreementReads.ofRequest(eva, requestId))!;
  await office.agreements.confirm(eva, id, { revision: 1, ...(await office.answers(id)) });
  const people = ['eva.bach', 'falk.quelle', 'anna.ahorn', 'clara.linde', 'zoe.plan', 'theo.satz', 'ida.stein'];
  expect(await asked(id, ...people)).toEqual(people.map(() => null));
  await office.rows(
    `UPDATE agreements.agreement SET state = 'SUSPENDED', revision = revision + 1, suspended_at = now(),
       suspended_because = '[{"code": "x", "text": "Eine Freigabe fehlt.", "source": "§ 1"}]' WHERE id = $1`,
    [id],
  );
  expect(await asked(id, ...people)).toEqual(['RESTS', 'RESTS', 'RESTS', null, null, null, null]);
  expect((await concerns('eva.bach', id))[0]!.because).toEqual(['Eine Freigabe fehlt.']);
  await office.agreements.terminate(eva, id);
  expect(await asked(id, 'eva.bach', 'anna.ahorn')).toEqual([null, null]);
});

test('a contract of open data that ends before the agreement asks for who signs, and for both sides once it is over', async () => {
  await office.endContracts();
  // of data that are not for everybody there is no agreement on a contract that ends before it
  const { id: productId } = await office.aProduct({ unit: 'gruenflaechenamt', openness: 'OPEN' });
  const until = `now() + interval '50 days'`;
  await office.contract('entsorgungsbetrieb', 'gebaeudedienste', 'AVV', { until, products: [productId] });
  const carl = await office.as('carl.tonne');
  const processorUnitId = await office.unit('gebaeudedienste');
  const form = await office.aForm(productId, 'entsorgungsbetrieb', { processorUnitId });
  const { id: requestId } = await office.requests.submit(carl, form);
  await office.settle();
  const { id } = (await office.agreementReads.ofRequest(carl, requestId))!;
  await office.agreements.confirm(await office.as('dana.deckel'), id, { revision: 1, ...(await office.answers(id)) });
  // the requester of an Eigenbetrieb signs nothing
  expect(await asked(id, 'dana.deckel', 'anna.ahorn', 'carl.tonne', 'eva.bach')).toEqual([
    'CONTRACT_ENDS',
    'CONTRACT_ENDS',
    null,
    null,
  ]);
  expect((await concerns('dana.deckel', id))[0]!.because[0]).toMatch(/: letzter Tag \d\d\.\d\d\.\d{4}\.$/);

  // one that goes on after it
  await office.contract('entsorgungsbetrieb', 'gebaeudedienste', 'AVV', { products: [productId] });
  expect(await asked(id, 'dana.deckel', 'anna.ahorn')).toEqual([null, null]);

  await office.endContracts();
  // told at once, before anybody put it to rest
  expect(await asked(id, 'dana.deckel', 'anna.ahorn', 'carl.tonne', 'eva.bach')).toEqual([
    'RESTS',
    'RESTS',
    'RESTS',
    null,
  ]);
});
