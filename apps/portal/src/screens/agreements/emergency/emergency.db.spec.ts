// An emergency access on the screens, without a script: opened, confirmed, followed, ended and reviewed.
import { newId } from '#lib/kernel';
import { aPortal, type PortalBrowser, type TestPortal } from '../../../../../../test/support/portal';

let portal: TestPortal;
const people: Record<string, PortalBrowser> = {};
beforeAll(async () => {
  portal = await aPortal({}, { products: 'all' });
  await portal.db.owner.query(`SELECT set_config('app.system', 'on', false)`);
  for (const name of ['eva.bach', 'falk.quelle', 'ida.stein', 'uma.schild', 'nils.halle'])
    people[name] = await portal.signedIn(name);
}, 120_000);
afterAll(() => portal?.close());

const as = (name: string): PortalBrowser => people[name]!;
const one = async (sql: string, values: unknown[] = []): Promise<string> =>
  ((await portal.db.owner.query(sql, values)).rows as { id: string }[])[0]!.id;
const text = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const product = () => one(`SELECT id FROM catalogue.product WHERE key = 'gebaeudedatenkataster'`);
const opening = async (more: Record<string, string | string[]> = {}) => ({
  _operation: newId(),
  consumerUnitId: await one(`SELECT id FROM organisation.unit WHERE key = 'umweltamt'`),
  danger: 'LEBEN',
  reason: 'Ein Haus droht einzustürzen, Menschen sind darin.',
  caseNumber: 'KatS 1',
  fields: 'nutzung',
  ...more,
});

test('what is missing is named at its field, with everything else kept', async () => {
  const path = `/products/${await product()}/emergency`;
  const answer = await as('eva.bach').send(path, await opening({ danger: '', reason: '', fields: [] }));
  const html = await answer.text();
  expect(answer.status).toBe(422);
  for (const field of ['danger', 'reason', 'fields']) expect(html).toContain(`href="#field-${field}"`);
  expect(html).toContain('value="KatS 1"');
  expect((await as('ida.stein').page(path)).status).toBe(403);
});

test('two people open it, owner and data protection officer find it in their tasks, and it is reviewed when it is over', async () => {
  const path = `/products/${await product()}/emergency`;
  expect(text((await as('eva.bach').page(`/products/${await product()}`)).html)).toContain(
    'Ausnahmezugriff bei Gefahr',
  );
  const form = await opening();
  const opened = await as('eva.bach').send(path, form);
  const at = opened.headers.get('location')!;
  expect([opened.status, (await as('eva.bach').send(path, form)).headers.get('location')]).toEqual([303, at]);

  const waiting = text((await as('falk.quelle').page('/inbox')).html);
  expect(waiting).toContain('Bitte bestätigen oder beenden');
  expect(text((await as('eva.bach').page(at)).html)).not.toContain('Für 24 Stunden öffnen');
  expect((await as('eva.bach').send(`${at}/confirm`, { _operation: newId() })).status).toBe(403);
  expect((await as('falk.quelle').send(`${at}/confirm`, { _operation: newId() })).status).toBe(303);
  expect(text((await as('eva.bach').page(at)).html)).toContain('Daten herunterladen');
  for (const name of ['ida.stein', 'uma.schild'])
    expect([name, text((await as(name).page('/inbox')).html)]).toEqual([name, expect.stringContaining('Läuft')]);
  expect((await as('nils.halle').page(at)).status).toBe(404);

  expect((await as('ida.stein').send(`${at}/end`, { _operation: newId(), reason: '' })).status).toBe(422);
  expect(
    (await as('ida.stein').send(`${at}/end`, { _operation: newId(), reason: 'Die Lage ist vorbei.' })).status,
  ).toBe(303);
  expect(text((await as('uma.schild').page('/inbox')).html)).toContain('Ihre Stellungnahme');
  expect(
    (await as('uma.schild').send(`${at}/opinion`, { _operation: newId(), opinion: 'POSITIVE', text: 'Es war nötig.' }))
      .status,
  ).toBe(303);
  expect(text((await as('ida.stein').page('/inbox')).html)).toContain('Ihre Nachprüfung');
  expect(
    (await as('ida.stein').send(`${at}/review`, { _operation: newId(), finding: 'LAWFUL', text: 'Es war nötig.' }))
      .status,
  ).toBe(303);
  expect(text((await as('eva.bach').page(at)).html)).toContain('Es war nötig.');
  expect(text((await as('ida.stein').page('/inbox')).html)).not.toContain('Ihre Nachprüfung');
});
