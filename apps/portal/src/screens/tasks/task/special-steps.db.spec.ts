import { EVERYTHING } from '#lib/policy';
import { A_PDF } from '../../../../../../test/support/evidence';
import { Office } from '../../../../../../test/support/office';
import { aPortal, type PortalBrowser, type TestPortal } from '../../../../../../test/support/portal';

let portal: TestPortal;
let office: Office;
beforeAll(async () => {
  // the steps of a law, whether or not the gate can carry out today what it allows
  portal = await aPortal({}, { can: EVERYTHING });
  office = await Office.behind(portal.db, portal.app, portal.provider.issuer);
}, 120_000);
afterAll(() => portal?.close());

/** The form as the page shows it, filled in as a person would; gives the page that follows. */
async function fill(
  browser: PortalBrowser,
  taskId: string,
  action: string,
  fields: Record<string, string | readonly string[]>,
): Promise<{ status: number; html: string }> {
  const { html } = await browser.page(`/tasks/${taskId}`);
  const [, form] = html.split(`action="/tasks/${taskId}/${action}"`);
  const hidden = Object.fromEntries(
    [...(form?.split('</form>')[0] ?? '').matchAll(/type="hidden" name="([\w-]+)" value="([^"]*)"/g)].map(
      ([, name, value]) => [name, value] as const,
    ),
  ) as Record<string, string>;
  const { _csrf: _, ...kept } = hidden;
  const response = await browser.send(`/tasks/${taskId}/${action}`, { ...kept, ...fields });
  return response.status === 303 ? browser.page('/inbox') : { status: response.status, html: await response.text() };
}
const taskOf = async (requestId: string, step: string) => (await office.task(requestId, step)).id;

test('A7 in the portal: evidence by kind and place, the owner, then the written admission', async () => {
  const product = await office.aProduct({
    unit: 'gruenflaechenamt',
    openness: 'RESTRICTED',
    personalRef: 'PERSONAL',
    secrecy: ['MELDE'],
    title: 'Einwohnerregister',
  });
  const form = await office.aForm(product.id, 'umweltamt', {
    legalBasis: ['DSGVO_6_1_E', 'BMG_37_1'],
    evidenceFiles: await office.evidence('eva.bach', 'umweltamt', ['RECHTSNORM'], {
      title: 'Satzung',
      reference: 'Az. 12',
    }),
    form: 'API_LIVE',
  });
  const { id } = await office.requests.submit(await office.as('eva.bach'), form);
  await office.settle();
  await office.approve('falk.quelle', id, 'REQ_HEAD');
  await office.approve('clara.linde', id, 'STEWARD');
  await office.advise('uma.schild', id, 'DSB', 'NEGATIVE');
  await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');

  const theo = await portal.signedIn('theo.satz');
  const legal = await taskOf(id, 'LEGAL');
  expect((await theo.page(`/tasks/${legal}`)).html).toContain('Zustimmen wie beantragt');
  await fill(theo, legal, 'approve', { step: 'asked' });
  const check = await taskOf(id, 'EVIDENCE');
  const shown = (await theo.page(`/tasks/${check}`)).html;
  expect(shown).toContain('Rechtsnorm, die die Übermittlung erlaubt');
  expect(shown).toContain('„Satzung“');
  expect(shown).toContain('value="Az. 12"');
  const unseen = await fill(theo, check, 'evidence', {});
  expect(unseen.status).toBe(422);
  expect(unseen.html).toContain('Bitte bestätigen Sie diesen Nachweis.');
  const [, evidenceId] = new RegExp(`href="/tasks/${check}/documents/([0-9a-f-]{36})"`).exec(shown)!;
  const confirmed = { seen: [evidenceId!], [`evidence_${evidenceId}`]: 'Az. 12' };
  expect((await fill(theo, check, 'evidence', confirmed)).html).toContain('Bitte öffnen Sie das Dokument');
  const opened = await theo.fetch(`${portal.url}/tasks/${check}/documents/${evidenceId}`);
  expect(opened.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
  expect(Buffer.from(await opened.arrayBuffer()).equals(A_PDF)).toBe(true);
  expect((await fill(theo, check, 'evidence', confirmed)).html).toContain('Die Nachweise sind bestätigt');

  await office.approve('anna.ahorn', id, 'OWNER_IN_PERSON', { reasons: 'Der Abruf ist auf den Einzelfall begrenzt.' });
  const leonore = await portal.signedIn('leonore.leit');
  const admission = await taskOf(id, 'LEITUNG_VERWALTUNG');
  expect((await leonore.page('/inbox')).html).toContain(`/tasks/${admission}`);
  expect((await fill(leonore, admission, 'admission', { reference: '' })).status).toBe(422);
  expect((await fill(leonore, admission, 'admission', { reference: 'Verfügung 3/2026' })).html).toContain(
    'Der Abruf ist zugelassen',
  );
  // the Steuerungskreis reads that the owner went on against the opinion of data protection
  const notices = (await (await portal.signedIn('tilda.trend')).page('/inbox')).html;
  expect(notices).toContain('Zur Kenntnis');
  expect(notices).toContain('Der Abruf ist auf den Einzelfall begrenzt.');
  expect((await (await portal.signedIn('anna.ahorn')).page('/inbox')).html).not.toContain('Zur Kenntnis');
});

test('A5 in the portal: an office votes once, against only with reasons, and everybody reads the votes', async () => {
  const product = await office.aProduct({ unit: 'hochbauamt', openness: 'RESTRICTED', personalRef: 'PSEUDONYMISED' });
  const form = await office.aForm(product.id, 'gebaeudedienste', {
    purposeCode: 'STADTFORSCHUNG',
    legalBasis: ['HDSIG_22_2'],
    evidenceFiles: await office.evidence('nils.halle', 'gebaeudedienste', ['ZWECKVERPFLICHTUNG', 'FORSCHUNGSKONZEPT']),
  });
  const { id } = await office.requests.submit(await office.as('nils.halle'), form);
  await office.settle();
  await office.approve('olga.dach', id, 'REQ_HEAD');
  await office.approve('karla.mauer', id, 'STEWARD');
  await office.advise('uma.schild', id, 'DSB', 'POSITIVE');
  await office.advise('vera.riegel', id, 'ISB', 'POSITIVE');
  await office.contract('gebaeudedienste', 'hochbauamt');
  await office.approvals.confirmContract(await office.as('theo.satz'), await taskOf(id, 'LEGAL'), {
    revision: await office.revision(id),
  });
  await office.confirmEvidence('theo.satz', id);
  await office.approve('ida.stein', id, 'OWNER');

  const task = await taskOf(id, 'SK');
  const tilda = await portal.signedIn('tilda.trend');
  const mute = await fill(tilda, task, 'vote', { vote: 'AGAINST' });
  expect([mute.status, mute.html.includes('Bitte begründen Sie Ihr Nein.')]).toEqual([422, true]);
  expect(
    (await fill(tilda, task, 'vote', { vote: 'AGAINST', voteText: 'Der Nutzen ist nicht belegt.' })).html,
  ).toContain('Die Stimme Ihrer Stelle ist abgegeben');
  const after = (await tilda.page(`/tasks/${task}`)).html;
  expect(after).toContain('Ihre Stelle hat schon abgestimmt');
  expect(after).toContain('Der Nutzen ist nicht belegt.');
  expect(after).not.toContain(`/tasks/${task}/vote`);
  expect((await fill(await portal.signedIn('ines.impuls'), task, 'vote', { vote: 'FOR' })).status).toBe(200);
  await fill(await portal.signedIn('selma.sensor'), task, 'vote', { vote: 'FOR' });
  expect(await office.task(id, 'SK')).toMatchObject({ state: 'APPROVED' });
});

test('A3 in the portal: the Statistikstelle puts in its veto', async () => {
  const product = await office.aProduct({ unit: 'hochbauamt', openness: 'RESTRICTED', personalRef: 'AGGREGATED' });
  const { id } = await office.requests.submit(
    await office.as('eva.bach'),
    await office.aForm(product.id, 'umweltamt', { form: 'TABLE_AGG', legalBasis: ['DSGVO_6_1_E'] }),
  );
  await office.settle();
  await office.approve('falk.quelle', id, 'REQ_HEAD');
  await office.approve('karla.mauer', id, 'STEWARD');
  const yara = await portal.signedIn('yara.zahl');
  const task = await taskOf(id, 'STAT');
  const page = (await yara.page(`/tasks/${task}`)).html;
  expect(page).toContain('Veto wegen statistischer Geheimhaltung');
  expect(page).not.toContain(`/tasks/${task}/refuse`);
  expect((await fill(yara, task, 'veto', { vetoText: '' })).status).toBe(422);
  expect((await fill(yara, task, 'veto', { vetoText: 'Einzelne Fälle wären erkennbar.' })).html).toContain(
    'Ihr Veto ist eingelegt',
  );
  expect(await office.task(id, 'STAT')).toMatchObject({ state: 'REFUSED' });
});
