import { Office } from '../../../../test/support/office';
import { monthsOf } from '../decision/facts-assembly';
import type { RequestFormInput } from './request-form';
import { RequestRepository } from '../request/requests.repository';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office.close());

const YEAR = { kind: 'year' as const };
/** A register with the day of a pruning, which names nobody once only its year is left. */
async function aRegister(): Promise<{ id: string; versionId: string }> {
  const made = await office.aProduct({
    unit: 'gruenflaechenamt',
    fields: [{ name: 'art' }, { name: 'schnitt_am', type: 'DATE', class: 'SECRET' }, { name: 'code', class: 'SECRET' }],
  });
  await office.rows('ALTER TABLE catalogue.field DISABLE TRIGGER USER');
  await office.rows('UPDATE catalogue.field SET generalisations = $2 WHERE version_id = $1 AND name = $3', [
    made.versionId,
    JSON.stringify([{ ...YEAR, class: 'NONE', name: 'nur das Jahr des Schnitts' }]),
    'schnitt_am',
  ]);
  await office.rows('ALTER TABLE catalogue.field ENABLE TRIGGER USER');
  return made;
}
const asked = async (id: string, more: Partial<RequestFormInput> = {}) =>
  office.aForm(id, 'umweltamt', { fields: ['art', 'schnitt_am'], insistsOnFields: true, ...more });

test('the pre-check offers the coarser form the product declares, and the form it leads to passes at once', async () => {
  const { id } = await aRegister();
  const eva = await office.as('eva.bach');
  const slow = await office.requests.check(eva, await asked(id));
  expect(slow.outcome).toBe('APPROVAL');
  const way = slow.alternatives.find(({ changes }) => changes.some(({ kind }) => kind === 'COARSEN_FIELDS'))!;
  expect(way.text).toBe('So ginge es sofort: mit gröberen Angaben: „schnitt_am“ (nur das Jahr des Schnitts).');
  expect(way.form.coarser).toEqual([{ field: 'schnitt_am', mask: YEAR }]);
  expect(await office.requests.applied(eva, await asked(id), way.changes)).toEqual(way.form);
  const receipt = await office.requests.submit(eva, way.form as RequestFormInput);
  expect(receipt).toMatchObject({ state: 'PERMITTED' });
  const [stored] = await office.rows<{ facts: { fields: object[] } }>(
    'SELECT facts FROM requests.decision WHERE id = $1',
    [receipt.decision.id],
  );
  expect(stored!.facts.fields).toContainEqual({
    ...{ name: 'schnitt_am', class: 'NONE', coarse: true },
    ...{ needed: true, maskable: false },
  });
});

test('what was asked for coarser is agreed coarser, in the terms and in the text', async () => {
  const { id } = await aRegister();
  const { id: requestId } = await office.requests.submit(
    await office.as('eva.bach'),
    await asked(id, { coarser: [{ field: 'schnitt_am', mask: YEAR }] }),
  );
  await office.settle();
  const [agreement] = await office.rows<{ terms: { masks: object }; terms_text: string }>(
    'SELECT terms, terms_text FROM agreements.agreement WHERE request_id = $1',
    [requestId],
  );
  expect(agreement!.terms.masks).toEqual({ schnitt_am: YEAR });
  expect(agreement!.terms_text).toContain('schnitt_am („Bedeutung von schnitt_am“): nur das Jahr');
});

test.each([
  [
    'a form the product does not declare',
    [{ field: 'schnitt_am', mask: { kind: 'null' as const } }],
    'form_not_declared',
  ],
  ['a field that is not asked for', [{ field: 'code', mask: YEAR }], 'field_not_asked'],
  ['a field twice', [YEAR, YEAR].map((mask) => ({ field: 'schnitt_am', mask })), 'field_twice'],
])('%s is refused, at the check and at the submit', async (_, coarser, code) => {
  const { id } = await aRegister();
  const eva = await office.as('eva.bach');
  const form = await asked(id, { coarser });
  for (const act of [office.requests.check(eva, form), office.requests.submit(eva, form)]) {
    await expect(act).rejects.toMatchObject({ errors: expect.arrayContaining([expect.objectContaining({ code })]) });
  }
});

test('a use of more months than the rules allow is red in the pre-check, with the last day that would do', async () => {
  const { id } = await office.aProduct({ unit: 'gruenflaechenamt' });
  const eva = await office.as('eva.bach');
  const checked = await office.requests.check(
    eva,
    await office.aForm(id, 'umweltamt', { from: office.day(0), until: office.day(700) }),
  );
  expect(checked).toMatchObject({ outcome: 'FORBID', rules: ['R-GEN-19', 'R-LIM-05'] });
  const way = checked.alternatives[0]!;
  expect(way.text).toBe('So ginge es sofort: für höchstens 12 Monate.');
  expect(await office.requests.submit(eva, way.form as RequestFormInput)).toMatchObject({ state: 'PERMITTED' });
});

test('months are counted as the database adds them, whatever the first day', async () => {
  const repository = office.app.get(RequestRepository);
  for (const from of ['2027-01-01', '2027-01-31', '2028-02-29', '2027-08-31', '2027-12-30', '2027-02-28']) {
    for (const months of [1, 6, 12, 13]) {
      const { latest } = await office.system((tx) => repository.period(tx, from, from, months));
      expect([from, months, monthsOf(from, latest)]).toEqual([from, months, months]);
      const next = new Date(Date.parse(latest) + 86_400_000).toISOString().slice(0, 10);
      expect([from, months, monthsOf(from, next)]).toEqual([from, months, months + 1]);
    }
  }
});

test('a processor and joint control reach the rules', async () => {
  const { id } = await office.aProduct({ unit: 'gruenflaechenamt' });
  const eva = await office.as('eva.bach');
  const behalf = await office.requests.check(
    eva,
    await office.aForm(id, 'umweltamt', { onBehalfOfUnitId: await office.unit('stadtplanungsamt') }),
  );
  expect(behalf).toMatchObject({ outcome: 'FORBID', rules: expect.arrayContaining(['R-AVV-01']) });
  const joint = await office.requests.check(
    eva,
    await office.aForm(id, 'umweltamt', { declarations: { jointControl: true } }),
  );
  expect(joint.rules).toContain('R-JCA-01');
});
