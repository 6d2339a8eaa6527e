import { newId } from '#lib/kernel';
import { Office } from '../../../../../../test/support/office';
import { aPortal, type TestPortal } from '../../../../../../test/support/portal';

let portal: TestPortal;
let office: Office;
let id: string;
let decisionId: string;
beforeAll(async () => {
  portal = await aPortal({}, { products: 'all' });
  office = await Office.behind(portal.db, portal.app, portal.provider.issuer);
  const { id: productId } = await office.aProduct({ unit: 'tiefbau-vermessungsamt', openness: 'RESTRICTED' });
  const zoe = await office.as('zoe.plan');
  const receipt = await office.requests.submit(zoe, await office.aForm(productId, 'stadtplanungsamt'));
  [id, decisionId] = [receipt.id, receipt.decision.id!];
  await office.settle();
  const { id: taskId } = await office.task(id, 'REQ_HEAD');
  await office.approvals.refuse(await office.as('ron.rinne'), taskId, {
    revision: await office.revision(id),
    reasonCode: 'SONSTIGES',
    text: 'Das geht so nicht.',
  });
  await office.settle();
}, 120_000);
afterAll(() => portal?.close());

const act = () => ({ _operation: newId() });

test('who audits runs a decision again, and a decision somebody changed is an incident on the list', async () => {
  const uma = await portal.signedIn('uma.schild');
  expect((await uma.page(`/replays/${decisionId}`)).html).toContain('kommt genau so wieder heraus');
  expect((await uma.page('/replays')).html).toContain('Keine Vorfälle');
  await uma.send(`/replays/${decisionId}`, act());
  expect((await uma.page(`/replays/${decisionId}`)).html).not.toContain('Noch keine festgehalten');
  await office.rows('ALTER TABLE requests.decision DISABLE TRIGGER USER');
  await office.rows(`UPDATE requests.decision SET because = jsonb_set(because, '{0,text}', '"anders"') WHERE id = $1`, [
    decisionId,
  ]);
  await office.rows('ALTER TABLE requests.decision ENABLE TRIGGER USER');
  await uma.send(`/replays/${decisionId}`, act());
  const { html } = await uma.page('/replays');
  expect(html).toContain(`/replays/${decisionId}`);
  expect(html).toContain('die Begründung');
});

test('nobody else reaches the replay, not even both sides', async () => {
  for (const name of ['zoe.plan', 'lars.pfad', 'quirin.stern']) {
    const browser = await portal.signedIn(name);
    expect([
      name,
      (await browser.page('/replays')).status,
      (await browser.page(`/replays/${decisionId}`)).status,
      (await browser.send(`/replays/${decisionId}`, act())).status,
    ]).toEqual([name, 403, 403, 403]);
  }
});

test('the explanation shows each side its part', async () => {
  const seen = async (name: string) => (await (await portal.signedIn(name)).page(`/requests/${id}/explanation`)).html;
  const [clerk, owner] = [await seen('zoe.plan'), await seen('lars.pfad')];
  expect(clerk).not.toContain('Welche Regeln haben entschieden?');
  expect(owner).toContain('technisch durchgesetzt');
  expect(owner).not.toContain('Welche Regeln wurden erwogen?');
  expect((await (await portal.signedIn('eva.bach')).page(`/requests/${id}/explanation`)).status).toBe(404);
});

test('an owner hands the case over in one step, and the Geschäftsstelle makes a draft of it in one', async () => {
  const lars = await portal.signedIn('lars.pfad');
  const empty = await lars.send(`/requests/${id}/rule`, act());
  expect(empty.status).toBe(422);
  const handed = await lars.send(`/requests/${id}/rule`, {
    ...act(),
    because: 'Solche Anträge lehnen wir ab.',
    source: 'Beschluss 12/2026',
  });
  expect(handed.headers.get('location')).toContain('/rule-proposals');
  expect((await lars.page('/rule-proposals')).html).toContain('bei der Geschäftsstelle');
  const quirin = await portal.signedIn('quirin.stern');
  const proposalId = /\/rule-proposals\/([\w-]+)\/draft/.exec((await quirin.page('/rule-proposals')).html)![1]!;
  expect((await lars.send(`/rule-proposals/${proposalId}/draft`, act())).status).toBe(403);
  const drafted = await quirin.send(`/rule-proposals/${proposalId}/draft`, act());
  expect(drafted.headers.get('location')).toContain('/rulebook/versions/');
  expect((await quirin.page(new URL(drafted.headers.get('location')!, portal.url).pathname)).html).toContain(
    'Beschluss 12/2026',
  );
});
