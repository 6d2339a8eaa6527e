import { systemActing, UnitOfWork } from '#lib/kernel';
import { Rulebook } from '#lib/rulebook';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aPortal, type PortalBrowser, type TestPortal } from '../../../../../../test/support/portal';

const GOVERNANCE = join(__dirname, '../../../../../../config/governance');
const GENERAL = readFileSync(join(GOVERNANCE, 'rules/general.yaml'), 'utf8');
const CHANGED = GENERAL.replace(
  'Der Antrag braucht einen beschriebenen Zweck',
  'Ein Antrag braucht einen beschriebenen Zweck',
);

let portal: TestPortal;
beforeAll(async () => {
  portal = await aPortal();
  await portal.app.get(UnitOfWork).run(systemActing('test'), (tx) => portal.app.get(Rulebook).install(tx, GOVERNANCE));
}, 60_000);
afterAll(() => portal?.close());

const draftOf = (text: string, step = 'save') => ({
  file: 'rules/general.yaml',
  title: 'Klarerer Satz',
  reason: 'Leichter zu lesen',
  text,
  revision: '0',
  step,
});

test('everybody who may read the law book reads it rule by rule and as one document', async () => {
  const eva = await portal.signedIn('eva.bach');
  const overview = await eva.page('/rulebook');
  expect(overview.status).toBe(200);
  expect(overview.html).toContain('Allgemeine Regeln');
  expect(overview.html).not.toContain('Änderung entwerfen');
  const rule = await eva.page('/rulebook/rules/R-GEN-02');
  expect(rule.html).toContain('Der Antrag braucht einen beschriebenen Zweck');
  expect(rule.html).toContain('Entscheidungen nach dieser Regel');
  const document = await eva.page('/rulebook/document');
  expect(document.html).toContain('Wege der Genehmigung');
  // contested sentences say so
  expect(document.html).toContain('Umstritten oder unsicher');
  expect((await eva.page('/rulebook/rules/R-GEO-01')).html).toContain('Ab wann Angaben zu einem Gebäude');
  const lists = await eva.page('/rulebook/vocabulary');
  for (const text of [
    'Kommunale Wärmeplanung',
    'WPG § 10',
    'Prüfverfahren nach HGO',
    'technisch durchgesetzt',
    'organisatorisch zugesagt',
    'kann Personen erkennen lassen',
  ])
    expect(lists.html).toContain(text);
  expect((await eva.page('/rulebook/rules/R-XXX-99')).status).toBe(404);
  expect((await eva.page('/rulebook/drafts/new')).status).toBe(403);
});

test('a draft is checked at once, goes to consultation and vote, and comes into force under its number', async () => {
  const quirin = await portal.signedIn('quirin.stern');
  expect((await quirin.page('/rulebook/drafts/new?file=rules/general.yaml')).html).toContain('R-GEN-01');
  const broken = await quirin.send(
    '/rulebook/drafts/new',
    draftOf(CHANGED.replace('product.hasOwner:', 'product.hasOwnr:'), 'check'),
  );
  const said = await broken.text();
  expect(broken.status).toBe(422);
  expect(said).toContain('product.hasOwnr');
  expect(said).toContain('Klarerer Satz'); // nothing written is lost
  const checked = await quirin.send('/rulebook/drafts/new', draftOf(CHANGED, 'check'));
  expect(await checked.text()).toContain('Der Text ist in Ordnung');
  expect((await portal.db.owner.query('SELECT 1 FROM law.version')).rowCount).toBe(1);

  const saved = await quirin.send('/rulebook/drafts/new', draftOf(CHANGED));
  expect(saved.status).toBe(303);
  const path = saved.headers.get('location')!;
  const does = async (browser: PortalBrowser, step: string, fields: Record<string, string> = {}) => {
    const answer = await browser.send(`${path}/${step}`, fields);
    expect([step, answer.status]).toEqual([step, 303]);
  };
  await does(quirin, 'consultation');
  const uma = await portal.signedIn('uma.schild');
  await does(uma, 'comments', { text: 'Einverstanden.', ruleId: 'R-GEN-02' });
  expect((await uma.page(`${path}/impact`)).html).toContain('0 von 0 wären anders');
  await does(quirin, 'ballot');
  const tilda = await portal.signedIn('tilda.trend');
  await does(tilda, 'votes', { vote: 'YES' });
  expect((await tilda.send(`${path}/adoption`, { decisionNumber: '1' })).status).toBe(409);
  await does(await portal.signedIn('ines.impuls'), 'votes', { vote: 'YES' });
  expect((await tilda.send(`${path}/adoption`, { decisionNumber: '' })).status).toBe(422);
  expect((await tilda.page(path)).html).toContain('In Kraft setzen');
  await does(tilda, 'adoption', { decisionNumber: '0112/2026' });
  const { html } = await tilda.page(path);
  expect(html).toContain('0112/2026');
  expect(html).toContain('Einverstanden.');
  // in words, no code of a role
  expect(html).toContain('(Datenschutzbeauftragte/r)');
  expect(html).toContain('beschlossen, noch nicht in Kraft');
});
