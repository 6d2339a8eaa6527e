import { RulesetDrafts } from '#lib/rulebook';
import { codeOf, Office } from '../../../../test/support/office';
import { RuleProposals } from './rule-proposals.service';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
}, 120_000);
afterAll(() => office.close());

/** A request to the Tiefbau- und Vermessungsamt that people refused. */
async function refused(): Promise<string> {
  const { id: productId } = await office.aProduct({ unit: 'tiefbau-vermessungsamt', openness: 'RESTRICTED' });
  const zoe = await office.as('zoe.plan');
  const { id } = await office.requests.submit(zoe, await office.aForm(productId, 'stadtplanungsamt'));
  await office.settle();
  const { id: taskId } = await office.task(id, 'REQ_HEAD');
  const input = { revision: await office.revision(id), reasonCode: 'SONSTIGES' as const, text: 'Das geht so nicht.' };
  await office.approvals.refuse(await office.as('ron.rinne'), taskId, input);
  await office.settle();
  return id;
}
const propose = async (key: string, id: string) => office.app.get(RuleProposals).propose(await office.as(key), id);

test('the owner gets a rule and its case, and the law book takes both as a draft', async () => {
  const id = await refused();
  const { rules, cases } = await propose('lars.pfad', id);
  const files = [rules, cases].map(({ file, text }) => ({ file, text }));
  expect(await office.system((tx) => office.app.get(RulesetDrafts).tryOut(tx, { files }))).toMatchObject({
    faults: [],
  });
  const view = await office.views.view(await office.as('lars.pfad'), id);
  expect(view.may.proposeRule).toBe(true);
});

test('who answers for this product alone gets it too', async () => {
  const id = await refused();
  const { productId } = (
    await office.rows<{ productId: string }>(
      'SELECT product_id AS "productId" FROM requests.access_request WHERE id = $1',
      [id],
    )
  )[0]!;
  await office.rows(
    `INSERT INTO organisation.appointment (id, person_id, role, unit_id, scope_kind, scope_id, valid_from, state, origin)
     VALUES (gen_random_uuid(), $1, 'OWNER', $2, 'PRODUCT', $3, now(), 'IN_FORCE', 'SETUP')`,
    [await office.person('ansgar.achse'), await office.unit('tiefbau-vermessungsamt'), productId],
  );
  expect((await propose('ansgar.achse', id)).rules.text).toContain('because');
  expect(await codeOf(propose('ansgar.achse', await refused()))).toBe('not_entitled');
});

test('nobody else gets it, and what the rules decided alone or nobody decided gives none', async () => {
  const id = await refused();
  expect(await codeOf(propose('zoe.plan', id))).toBe('not_entitled');
  // who speaks for statistical secrecy in the whole city answers for no other office's data
  expect(await codeOf(propose('yara.zahl', id))).toMatch(/^(?:not_entitled|request_not_found)$/);
  expect(await codeOf(propose('ida.stein', id))).toBe('request_not_found');
  const { id: productId } = await office.aProduct({ unit: 'gruenflaechenamt' });
  const eva = await office.as('eva.bach');
  const { id: permitted } = await office.requests.submit(eva, await office.aForm(productId, 'umweltamt'));
  expect(await codeOf(propose('anna.ahorn', permitted))).toBe('no_case_for_a_rule');
});
