// The register of duties on the screens: who reads it, who keeps it, and where the form offers what it names.
import { newId } from '#lib/kernel';
import { aPortal, type PortalBrowser, type TestPortal } from '../../../../../../test/support/portal';

let portal: TestPortal;
let rosa: PortalBrowser;
let eva: PortalBrowser;
beforeAll(async () => {
  portal = await aPortal();
  rosa = await portal.signedIn('rosa.mond');
  eva = await portal.signedIn('eva.bach');
}, 120_000);
afterAll(() => portal?.close());

const text = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const unit = async (key: string): Promise<string> =>
  (await portal.db.owner.query<{ id: string }>('SELECT id FROM organisation.unit WHERE key = $1', [key])).rows[0]!.id;
const entry = async (more: Record<string, string> = {}) => ({
  _operation: newId(),
  unitId: await unit('umweltamt'),
  code: 'ALTLASTEN',
  name: 'Erfassung alter Ablagerungen',
  norm: '',
  validFrom: '2026-01-01',
  validTo: '',
  ...more,
});

test('everybody who takes part reads the register, the governance office alone keeps it', async () => {
  const [read, kept] = [await eva.page('/duties'), await rosa.page('/duties')];
  expect(text(read.html)).toContain('Überwachung von Boden, Wasser und Luft');
  expect([read.html, kept.html].map((html) => html.includes('Pflichtaufgabe eintragen'))).toEqual([false, true]);
  expect((await eva.send('/duties', await entry())).status).toBe(403);
});

test('a duty is entered with its faults told at the field, and ended', async () => {
  for (const [field, wrong] of Object.entries({ code: 'klein', name: 'kurz', unitId: '', validFrom: '' })) {
    const answer = await rosa.send('/duties', await entry({ [field]: wrong }));
    expect([field, answer.status]).toEqual([field, 422]);
    expect(await answer.text()).toContain(`href="#field-${field}"`);
  }
  expect((await rosa.send('/duties', await entry())).status).toBe(303);
  expect((await rosa.send('/duties', await entry())).status).toBe(409);
  expect(text((await eva.page('/duties')).html)).toContain('Erfassung alter Ablagerungen');
  const { rows } = await portal.db.owner.query<{ id: string }>(
    `SELECT id FROM organisation.duty WHERE code = 'ALTLASTEN'`,
  );
  expect((await rosa.send(`/duties/${rows[0]!.id}/end`, { _operation: newId() })).status).toBe(303);
  expect(text((await eva.page('/duties')).html)).not.toContain('Erfassung alter Ablagerungen');
});
