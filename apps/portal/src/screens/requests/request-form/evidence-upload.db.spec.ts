import { newId } from '#lib/kernel';
import { A_PDF } from '../../../../../../test/support/evidence';
import { aPortal, type PortalBrowser, type TestPortal } from '../../../../../../test/support/portal';
import { today as day } from '../../../../../../test/support/day';

let portal: TestPortal;
let eva: PortalBrowser;
let id: string;
let unit: string;
beforeAll(async () => {
  portal = await aPortal({}, { products: 'all' });
  await portal.db.owner.query(`SELECT set_config('app.system', 'on', false)`);
  eva = await portal.signedIn('eva.bach');
  id = await one('SELECT id FROM catalogue.product WHERE key = $1', 'baumkataster');
  unit = await one('SELECT id FROM organisation.unit WHERE key = $1', 'umweltamt');
}, 120_000);
afterAll(() => portal?.close());

const one = async (sql: string, value: string): Promise<string> =>
  ((await portal.db.owner.query(sql, [value])).rows as { id: string }[])[0]!.id;
const plain = (html: string): string => html.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const form = (more: Record<string, string | string[]> = {}) => ({
  _operation: newId(),
  consumerUnitId: unit,
  project: 'Klimaanpassung „Süd“',
  purposeCode: 'KLIMA_UMWELT',
  purposeText: 'Wir planen Schatten für Schulwege.',
  legalBasis: 'KEIN_PERSONENBEZUG',
  from: day(0),
  until: day(60),
  fields: ['baum_id', 'baumart'],
  form: 'ROWLEVEL',
  retentionDays: '30',
  'declarations-usesAi': 'nein',
  declarations: 'thirdCountry',
  ...more,
});
/** Sends the page of the upload as a browser does: its hidden fields, what was filled in, the file last. */
async function upload(page: string, said: Record<string, string>, file: { name: string; bytes: Buffer } | null) {
  const carried = /name="form" value="([^"]*)"/.exec(page)![1]!;
  const body = new FormData();
  body.set('_csrf', await eva.csrf());
  body.set('form', plain(carried));
  for (const [name, value] of Object.entries(said)) body.set(name, value);
  body.set('file', new Blob(file ? [new Uint8Array(file.bytes)] : []), file?.name ?? '');
  return eva.fetch(`${portal.url}/products/${id}/request/evidence`, {
    method: 'POST',
    body,
    headers: { origin: portal.url },
  });
}
const said = {
  kind: 'GARANTIEN_DRITTLAND',
  title: 'Standardvertragsklauseln',
  reference: 'Akte 4',
  issuer: 'Muster GmbH',
  validFrom: '',
  validUntil: '',
};

test('from the form to the upload and back, nothing is lost, and the request is asked for with it; without a script', async () => {
  const refused = await (await eva.send(`/products/${id}/request`, form({ step: 'check' }))).text();
  expect(refused).toContain('Nicht zulässig');
  const page = await (await eva.send(`/products/${id}/request`, form({ step: 'evidence' }))).text();
  expect(page).toContain('<h1 class="kern-heading-large">Nachweis hochladen</h1>');
  // nobody scans here, and the product says so
  expect(page).toContain('kein Virenscanner eingerichtet');

  const without = await upload(page, { ...said, unitId: unit }, null);
  expect(without.status).toBe(422);
  const again = await without.text();
  expect(again).toContain('Bitte wählen Sie eine Datei aus.');
  expect(again).toContain('value="Standardvertragsklauseln"');

  const program = await upload(
    again,
    { ...said, unitId: unit },
    { name: 'klauseln.pdf', bytes: Buffer.from('4d5a90', 'hex') },
  );
  expect(program.status).toBe(422);
  const wrong = await program.text();
  expect(wrong).toContain('Diese Art von Datei wird nicht angenommen');

  const done = await upload(wrong, { ...said, unitId: unit }, { name: 'klauseln.pdf', bytes: A_PDF });
  expect(done.status).toBe(200);
  const back = await done.text();
  expect(back).toContain('Der Nachweis ist hochgeladen');
  expect(plain(back)).toContain('value="Klimaanpassung „Süd“"');
  const [, evidenceId] =
    /name="evidenceFiles"[^>]*value="([0-9a-f-]{36})"[^>]*checked|value="([0-9a-f-]{36})"[^>]*name="evidenceFiles"[^>]*checked|checked[^>]*value="([0-9a-f-]{36})"/
      .exec(back)!
      .filter(Boolean);
  const asked = await eva.send(`/products/${id}/request`, form({ step: 'submit', evidenceFiles: [evidenceId!] }));
  expect(asked.status).toBe(303);
  const request = (await eva.page(asked.headers.get('location')!)).html;
  expect(request).toContain('Standardvertragsklauseln');
  expect(request).toContain('nicht auf Schadsoftware geprüft');
  const file = await eva.fetch(`${portal.url}/evidence/${evidenceId}/file`);
  expect(file.headers.get('content-disposition')).toBe('attachment; filename=klauseln.pdf');
  expect(file.headers.get('content-security-policy')).toMatch(/^sandbox/);
  expect(Buffer.from(await file.arrayBuffer()).equals(A_PDF)).toBe(true);
  const stranger = await (await portal.signedIn('zoe.plan')).fetch(`${portal.url}/evidence/${evidenceId}/file`);
  expect(stranger.status).toBe(404);
});

test('a new form has one place for documents, and its Enter key files nothing', async () => {
  const { html } = await eva.page(`/products/${id}/request`);
  expect(html.match(/Nachweis hochladen/g)).toHaveLength(1);
  expect(html).not.toMatch(/name="attachments-/);
  expect(html).not.toMatch(/name="evidence"/);
  const drawn = html.slice(html.indexOf('id="request-form"'));
  expect(/<button[^>]*>/.exec(drawn)![0]).toMatch(/(?=.*value="check")(?=.*hidden)/);
});

test('what was announced is asked for at the upload, and is there afterwards; references of before stay', async () => {
  const before = { evidence: 'DSFA', 'attachments-0-kind': 'DSFA', 'attachments-0-title': 'Akte', step: 'check' };
  const shown = await (await eva.send(`/products/${id}/request`, form(before))).text();
  expect(shown).toMatch(/Diese Nachweise fehlen noch.*name="evidence"/s);
  expect(shown).toMatch(/name="attachments-0-title"[^>]*value="Akte"/);
  expect(shown).not.toMatch(/name="attachments-1-title"/);
  const page = await (await eva.send(`/products/${id}/request`, form({ ...before, step: 'evidence' }))).text();
  expect(page).toMatch(/<option (?=[^>]*selected)[^>]*value="DSFA"/);
  const done = await upload(page, { ...said, kind: 'DSFA', unitId: unit }, { name: 'dsfa.pdf', bytes: A_PDF });
  const back = await done.text();
  expect(back).toContain('Der Nachweis ist hochgeladen');
  expect(back).not.toContain('Diese Nachweise fehlen noch');
  expect(back).toMatch(/name="attachments-0-title"[^>]*value="Akte"/);
});

test('back without a document, the form is as it was', async () => {
  const page = await (await eva.send(`/products/${id}/request`, form({ step: 'evidence' }))).text();
  expect(plain(page)).toMatch(/name="project" value="Klimaanpassung „Süd“"/);
  const back = await (await eva.send(`/products/${id}/request`, form({ step: 'back' }))).text();
  expect(plain(back)).toContain('value="Klimaanpassung „Süd“"');
});

test('a form that is none is an empty one, and a stranger’s token uploads nothing', async () => {
  const body = new FormData();
  body.set('_csrf', 'x'.repeat(43));
  body.set('file', new Blob([new Uint8Array(A_PDF)]), 'a.pdf');
  const forged = await eva.fetch(`${portal.url}/products/${id}/request/evidence`, {
    method: 'POST',
    body,
    headers: { origin: portal.url },
  });
  expect(forged.status).toBe(403);
  const odd = await upload('name="form" value="[1,2]"', { ...said, unitId: unit }, { name: 'a.pdf', bytes: A_PDF });
  expect(odd.status).toBe(200);
});
