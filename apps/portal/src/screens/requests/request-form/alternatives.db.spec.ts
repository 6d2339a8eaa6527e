import { newId } from '#lib/kernel';
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
const form = (more: Record<string, string | string[]> = {}) => ({
  _operation: newId(),
  consumerUnitId: unit,
  project: 'Klimaanpassung',
  purposeCode: 'KLIMA_UMWELT',
  purposeText: 'Wir planen Schatten für Schulwege.',
  legalBasis: 'KEIN_PERSONENBEZUG',
  from: day(0),
  until: day(60),
  fields: ['baum_id', 'baumart'],
  form: 'ROWLEVEL',
  retentionDays: '30',
  'declarations-usesAi': 'nein',
  ...more,
});
const text = (html: string): string => html.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const buttons = (html: string): string[] =>
  [...text(html).matchAll(/value="(\[.*?\])" form="request-form"[^>]* name="apply"/g)].map(([, value]) => value!);

test('a click on an alternative changes the form and shows what it means now, without a script and without a request', async () => {
  const before = await one('SELECT count(*)::text AS id FROM requests.access_request WHERE product_id = $1', id);
  const slow = await (
    await eva.send(`/products/${id}/request`, form({ step: 'check', declarations: ['thirdCountry'] }))
  ).text();
  expect(slow).toContain('Nicht zulässig');
  const ways = buttons(slow);
  expect(slow).toMatch(/<form[^>]* id="request-form"/);
  expect(ways).toContain('[{"kind":"NOT","what":"thirdCountry"}]');
  const changed = await (
    await eva.send(
      `/products/${id}/request`,
      form({ apply: '[{"kind":"NOT","what":"thirdCountry"}]', declarations: ['thirdCountry'] }),
    )
  ).text();
  expect(changed).toContain('Das Formular ist geändert. Jetzt gilt: Freigegeben');
  expect(changed).not.toMatch(/value="thirdCountry"[^>]*checked/);
  expect(changed).toMatch(/value="Klimaanpassung"/);
  expect(await one('SELECT count(*)::text AS id FROM requests.access_request WHERE product_id = $1', id)).toBe(before);
});

test('a shorter term is filled in', async () => {
  const changed = await (
    await eva.send(`/products/${id}/request`, form({ apply: '[{"kind":"PERIOD","months":12}]', until: day(800) }))
  ).text();
  const until = /name="until"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="until"/.exec(changed);
  expect(until?.[1] ?? until?.[2]).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect((until?.[1] ?? until?.[2])! < day(367)).toBe(true);
});

test('a coarser form is chosen from what the product declares, and nothing else is taken', async () => {
  const empty = (await eva.page(`/products/${id}/request`)).html;
  expect(empty).toContain('Genügen gröbere Angaben?');
  const at = /name="coarser-(\d+)"/.exec(empty)![1]!;
  const bad = await eva.send(
    `/products/${id}/request`,
    form({ step: 'check', fields: ['rechtswert', 'letzte_kontrolle'], [`coarser-${at}`]: '{"kind":"round","to":5}' }),
  );
  expect(bad.status).toBe(422);
  expect(await bad.text()).toContain('bietet das Datenprodukt diese Vergröberung nicht an');
});

test.each([
  'no json',
  '{}',
  '[]',
  '[{"kind":"PRODUCT","id":"0190a000-0000-7000-8000-000000000001","title":"x"}]',
  '[{"kind":"NOT","what":"__proto__"}]',
])('a change nobody offered is refused: %s', async (apply) => {
  const answer = await eva.send(`/products/${id}/request`, form({ apply }));
  expect([404, 409, 422]).toContain(answer.status);
});
