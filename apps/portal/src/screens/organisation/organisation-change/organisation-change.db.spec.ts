// Changes of the organisation over HTTP: prepared by one administrator, confirmed by another, by nobody else.
import { newId } from '#lib/kernel';
import { aPortal, type PortalBrowser, type TestPortal } from '../../../../../../test/support/portal';

let portal: TestPortal;
let xenia: PortalBrowser;
let nina: PortalBrowser;
beforeAll(async () => {
  portal = await aPortal();
  await portal.db.owner.query(`SELECT set_config('app.system', 'on', false)`);
  [xenia, nina] = await Promise.all([portal.signedIn('xenia.konto'), portal.signedIn('nina.notiz')]);
}, 120_000);
afterAll(() => portal?.close());

const rows = async <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await portal.db.owner.query(sql, values)).rows as T[];
const unit = async (key: string): Promise<string> =>
  (await rows<{ id: string }>('SELECT id FROM organisation.unit WHERE key = $1', [key]))[0]?.id ?? '';
const text = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const changes = async (): Promise<number> =>
  (await rows<{ n: number }>('SELECT count(*)::int AS n FROM organisation.unit_change'))[0]?.n ?? -1;
const basis = 'OV 7/2026';
const prepare = async (who: PortalBrowser, fields: Record<string, string | string[]>) =>
  who.send('/organisation-changes', { _operation: newId(), basis, ...fields });
const place = (answer: Response): string => answer.headers.get('location') ?? '';

test('a new name holds once a second administrator confirms, and the old one stays as history', async () => {
  const made = await prepare(xenia, {
    kind: 'RENAME',
    unitId: await unit('schulamt'),
    name: 'Amt für Schule und Bildung',
  });
  expect(made.status).toBe(303);
  const path = place(made);
  const own = await xenia.send(`${path}/confirm`, { _operation: newId() });
  expect([own.status, text(await own.text())]).toEqual([
    403,
    expect.stringMatching(/Eine zweite Person muss bestätigen.*wenden Sie sich an eine zweite Person/),
  ]);
  expect(text((await xenia.page(path)).html)).not.toContain('Änderung bestätigen');
  expect(text((await nina.page(path)).html)).toMatch(
    /Schulamt heißt künftig Amt für Schule und Bildung.*Änderung bestätigen/,
  );
  expect((await nina.send(`${path}/confirm`, { _operation: newId() })).status).toBe(303);
  const anna = await portal.signedIn('anna.ahorn');
  const page = text((await anna.page(`/organisation/units/${await unit('schulamt')}`)).html);
  expect(page).toContain('Amt für Schule und Bildung');
  expect(page).toMatch(/Hieß vom 01.01.2026 bis \d\d\.\d\d\.\d{4}: Schulamt/);
  const again = await nina.send(`${path}/cancel`, { _operation: newId() });
  expect([again.status, text(await again.text())]).toEqual([
    409,
    expect.stringContaining('Dieser Schritt ist nicht mehr möglich'),
  ]);
});

test('a new unit is seen by nobody before its change is confirmed, and a dropped change leaves none', async () => {
  const made = await prepare(xenia, {
    kind: 'MERGE',
    unitIds: [await unit('hochbauamt'), await unit('stadtplanungsamt')],
    'into-0-name': 'Bauamt',
    'into-0-kind': 'AMT',
    'into-0-parentId': await unit('stadt'),
  });
  expect(made.status).toBe(303);
  const anna = await portal.signedIn('anna.ahorn');
  expect((await anna.page('/organisation')).html).not.toContain('Bauamt<');
  expect((await anna.page(`/organisation/units/${await unit('bauamt')}`)).status).toBe(404);
  expect((await nina.send(`${place(made)}/cancel`, { _operation: newId() })).status).toBe(303);
  expect(text((await xenia.page('/organisation-changes')).html)).toMatch(
    /Zusammenlegung: Hochbauamt und Stadtplanungsamt gehen auf in Bauamt Verworfen/,
  );
});

test('a form with faults prepares nothing, names every fault and keeps what was typed', async () => {
  const before = await changes();
  const answer = await prepare(xenia, {
    kind: 'MERGE',
    unitIds: [await unit('hochbauamt')],
    'into-0-unitId': '',
    'into-0-name': '',
    orderedFor: '2027-01-01',
  });
  const html = await answer.text();
  expect(answer.status).toBe(422);
  expect(html).toContain('href="#field-into-0-unitId"');
  expect(html).toContain('value="2027-01-01"');
  expect(html).toMatch(new RegExp(`name="unitIds" checked="" value="${await unit('hochbauamt')}"`));
  const unfit = await prepare(xenia, {
    kind: 'MERGE',
    unitIds: [await unit('statistikstelle')],
    'into-0-unitId': await unit('umweltamt'),
  });
  expect([unfit.status, text(await unfit.text())]).toEqual([
    422,
    expect.stringContaining('Diese Stellen passen nicht zu diesem Vorgang'),
  ]);
  expect(await changes()).toBe(before);
});

test('another row of a split is a form again and no change', async () => {
  const before = await changes();
  const answer = await prepare(xenia, { kind: 'SPLIT', rows: '2', step: 'more', 'into-1-name': 'Zweites Amt' });
  const html = await answer.text();
  expect([answer.status, html.includes('name="into-2-name"'), html.includes('value="Zweites Amt"')]).toEqual([
    200,
    true,
    true,
  ]);
  expect(await changes()).toBe(before);
});

test('a split says what nobody takes over yet; only who prepared it assigns that; then it can be confirmed', async () => {
  const [office, department] = [await unit('jugendamt'), await unit('jugendhilfeplanung')];
  const made = await prepare(xenia, {
    kind: 'SPLIT',
    unitId: office,
    rows: '2',
    'into-0-name': 'Jugendamt Nord',
    'into-0-kind': 'AMT',
    'into-1-name': 'Jugendamt Süd',
    'into-1-kind': 'AMT',
    records: '0',
  });
  const path = place(made);
  expect(text((await xenia.page(path)).html)).toMatch(
    /ist nicht bestimmt, wohin sie kommt.*Wer übernimmt was\? Abteilung:/,
  );
  const early = await nina.send(`${path}/confirm`, { _operation: newId() });
  expect([early.status, text(await early.text())]).toEqual([
    409,
    expect.stringMatching(/Die Änderung kann noch nicht bestätigt werden.*ist nicht bestimmt, wohin sie kommt/),
  ]);
  const [{ id: south } = { id: '' }] = await rows<{ id: string }>(
    `SELECT id FROM organisation.unit WHERE name = 'Jugendamt Süd'`,
  );
  const plan = { items: '1', 'kind-0': 'UNIT', 'item-0': department, 'to-0': south };
  const other = await nina.send(`${path}/items`, { _operation: newId(), ...plan });
  expect([other.status, text(await other.text())]).toEqual([
    403,
    expect.stringContaining('Diesen Plan hat eine andere Person vorbereitet'),
  ]);
  expect((await xenia.send(`${path}/items`, { _operation: newId(), ...plan })).status).toBe(303);
  expect((await xenia.page(path)).html).toMatch(new RegExp(`<option value="${south}" selected="">`));
  // who answers for the new office is appointed before there is one
  const emil = (await rows<{ id: string }>(`SELECT id FROM organisation.person WHERE key = 'emil.fach'`))[0]?.id;
  expect((await xenia.page(`/administration/people/${emil}`)).html).toContain('Jugendamt Süd (entsteht neu)');
  expect((await nina.send(`${path}/confirm`, { _operation: newId() })).status).toBe(303);
  expect(text((await nina.page(path)).html)).toContain('In Kraft');
  expect(text((await nina.page(`/organisation/units/${office}`)).html)).toContain('Diese Stelle bestand bis');
  expect(text((await nina.page(`/organisation/units/${department}`)).html)).toContain('Gehört zu Jugendamt Süd');
});

test('everybody may know of a change, but not what it touches; nobody else prepares, plans, confirms or drops one', async () => {
  const anna = await portal.signedIn('anna.ahorn');
  const made = await prepare(xenia, { kind: 'RENAME', unitId: await unit('umweltamt'), name: 'Klimaamt' });
  const seen = text((await anna.page(place(made))).html);
  expect(seen).toContain('Umweltamt heißt künftig Klimaamt');
  expect(seen).not.toMatch(/Was wird berührt|Änderung verwerfen/);
  expect(text((await anna.page('/organisation-changes')).html)).not.toContain('Änderung vorbereiten');
  expect((await anna.page('/organisation-changes/new')).status).toBe(403);
  for (const path of [
    '/organisation-changes',
    ...['items', 'confirm', 'cancel'].map((step) => `${place(made)}/${step}`),
  ]) {
    expect([path, (await anna.send(path, { _operation: newId(), kind: 'RENAME' })).status]).toEqual([path, 403]);
  }
  for (const path of [`/organisation-changes/${newId()}`, '/organisation-changes/x'])
    expect([path, (await xenia.page(path)).status]).toEqual([path, 404]);
});
