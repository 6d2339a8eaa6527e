import { codeOf, Office } from '../../../test/support/office';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office.close());

test('a harmless internal request is permitted at once, with a number and its reasons', async () => {
  const product = await office.aProduct({ unit: 'gruenflaechenamt' });
  const receipt = await office.requests.submit(await office.as('eva.bach'), await office.aForm(product.id, 'umweltamt'));
  expect(receipt).toMatchObject({ state: 'PERMITTED', decision: { outcome: 'PERMIT_OBL' } });
  expect(receipt.number).toMatch(/^\d{4}-\d{6}$/);
  console.log(JSON.stringify(receipt, null, 1));
  expect(await codeOf(Promise.resolve())).toBe('none');
});
