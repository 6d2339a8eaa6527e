import { systemActing, UnitOfWork } from '#lib/kernel';
import { type LawDifference, type ProvedPrinciple, Rulebook } from '#lib/rulebook';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { takenAsProved } from '../../../../../../test/support/proved';
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

const EXCHANGE = {
  name: 'Gegenbeispiel zu Leitsatz L-17',
  facts: ['Personenbezug: personenbezogen'],
  decided: 'zulässig; nach R-GEN-01',
  written: { case: 'Gegenbeispiel zu Leitsatz L-17', facts: {}, expect: { outcome: 'PERMIT', by: [] } },
};
const PROVED: ProvedPrinciple = {
  id: 'L-17',
  sentence: 'Anvertrautes bleibt, wo es ist.',
  source: 'Probe',
  verdict: 'HOLDS',
  milliseconds: 1,
  proof: { clauses: 1, steps: 1, sha256: '0'.repeat(64), accepted: true },
  counterexample: null,
  exceptions: [],
};
const REFUTED: ProvedPrinciple = {
  ...PROVED,
  verdict: 'REFUTED',
  proof: null,
  counterexample: { cases: [EXCHANGE], confirmed: true },
};
const DIFFERENCE: LawDifference = {
  equal: null,
  kinds: [
    {
      direction: 'OPENS',
      what: 'OUTCOME',
      was: 'FORBID',
      is: 'PERMIT',
      name: null,
      comes: false,
      told: 'vorher „nicht zulässig“, nachher „zulässig“',
      whom: ['anderes Amt der Stadt'],
      confirmed: true,
      example: EXCHANGE,
    },
  ],
};

test('everybody who may read the law book reads it rule by rule and as one document', async () => {
  const eva = await portal.signedIn('eva.bach');
  const overview = await eva.page('/rulebook');
  expect(overview.status).toBe(200);
  expect(overview.html).toContain('Allgemeine Regeln');
  expect(overview.html).not.toContain('Änderung entwerfen');
  const rule = await eva.page('/rulebook/rules/R-GEN-02');
  expect(rule.html).toContain('Der Antrag braucht einen beschriebenen Zweck');
  expect(rule.html).toContain('Entscheidungen nach dieser Regel');
  // what of its source was read, and how far that is checked
  expect(rule.html).toContain('Nicht gelesen: DSGVO Art. 5');
  const checked = await eva.page('/rulebook/rules/R-MEL-04');
  for (const text of [
    'Gelesen: BMG § 37',
    'Wortlaut von März 2022',
    'durch: Entwicklung',
    'Stand der Prüfung: am Quelltext geprüft',
  ])
    expect(checked.html).toContain(text);
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
  // not before its principles are proved; the page says why, and has them proved
  expect((await quirin.page(path)).html).toContain('So kommt der Entwurf nicht zur Abstimmung');
  expect((await quirin.page(path)).html).toContain('noch nicht bewiesen');
  expect((await quirin.send(`${path}/ballot`, {})).status).toBe(409);
  await does(quirin, 'proof');
  const id = path.split('/').at(-1)!;
  await takenAsProved(portal.db.owner, id, { report: { principles: [REFUTED], difference: DIFFERENCE }, holds: false });
  const refuted = (await uma.page(path)).html;
  for (const text of [
    'Leitsatz L-17 gilt nicht',
    'Kleinstes Gegenbeispiel',
    'Personenbezug: personenbezogen',
    'Was sich öffnet: bisher abgelehnt (1 Art)',
    'vorher „nicht zulässig“, nachher „zulässig“',
    'Für: anderes Amt der Stadt',
  ])
    expect(refuted).toContain(text);
  // only a draft is written into, only by those who write drafts
  expect(refuted).not.toContain('als Fall behalten');
  expect(refuted).not.toContain('Noch einmal beweisen');
  expect((await quirin.send(`${path}/ballot`, {})).status).toBe(409);
  await takenAsProved(portal.db.owner, id, { report: { principles: [PROVED] } });
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
}, 90_000);

test('the page of the law book says what is proved, and names what does nothing', async () => {
  const eva = await portal.signedIn('eva.bach');
  expect((await eva.page('/rulebook')).html).toMatch(/Nicht bewiesen\. Das Regelwerk enthält \d\d Leitsätze/);
  const { rows } = await portal.db.owner.query<{ id: string }>('SELECT id FROM law.version WHERE version = 1');
  const idle = { rules: ['R-OPN-02'], proven: true, never: [{ id: 'R-GEO-01', steps: ['STAT'] }] };
  await takenAsProved(portal.db.owner, rows[0]!.id, { report: { principles: [PROVED], idle } });
  const { html } = await eva.page('/rulebook');
  expect(html).toMatch(/Bewiesen am \d\d\.\d\d\.\d{4}[^<]*: 1 Leitsatz, jeder über alle Anfragen/);
  for (const text of [PROVED.sentence, 'R-OPN-02', 'R-GEO-01 mit dem Schritt STAT']) expect(html).toContain(text);
});

test('what breaks a principle is kept as a case of the draft by one click', async () => {
  const quirin = await portal.signedIn('quirin.stern');
  const saved = await quirin.send(
    '/rulebook/drafts/new',
    draftOf(CHANGED.replace('Ein Antrag braucht', 'Jeder Antrag braucht')),
  );
  const path = saved.headers.get('location')!;
  await takenAsProved(portal.db.owner, path.split('/').at(-1)!, { report: { principles: [REFUTED] }, holds: false });
  const page = (await quirin.page(path)).html;
  expect(page).toContain('Gegenbeispiel zu L-17 als Fall behalten');
  const revision = /name="principle" value="L-17"\/?>[\s\S]*?name="revision" value="(\d+)"/.exec(page)![1]!;
  const kept = await quirin.send(`${path}/cases`, { principle: 'L-17', revision });
  expect(kept.status).toBe(303);
  const { html } = await quirin.page(path);
  expect(html).toContain('Das Gegenbeispiel ist ein Fall des Entwurfs');
  expect(html).toContain('cases/counter-examples.yaml');
});
