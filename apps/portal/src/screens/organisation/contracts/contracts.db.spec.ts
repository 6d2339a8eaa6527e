// The register of contracts on the screens: who sees it, what is missing in it, and how it is completed.
import { newId } from '#lib/kernel';
import { aPortal, type PortalBrowser, type TestPortal } from '../../../../../../test/support/portal';
import { today as day } from '../../../../../../test/support/day';

let portal: TestPortal;
let theo: PortalBrowser;
beforeAll(async () => {
  portal = await aPortal();
  theo = await portal.signedIn('theo.satz');
}, 120_000);
afterAll(() => portal?.close());

const text = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const unit = async (key: string): Promise<string> =>
  (await portal.db.owner.query<{ id: string }>('SELECT id FROM organisation.unit WHERE key = $1', [key])).rows[0]!.id;
const entry = async (more: Record<string, string> = {}) => ({
  _operation: newId(),
  unitA: await unit('hochbauamt'),
  unitB: await unit('gebaeudedienste'),
  kind: 'DUV',
  reference: 'DUV 7/2026',
  subjectKind: 'PROCESSING',
  text: 'Auswertung der Gebäudedaten für die Reinigung',
  validFrom: '2026-01-01',
  validTo: '2099-12-31',
  ...more,
});

test('only the Rechtsamt finds the register', async () => {
  expect((await theo.page('/contracts')).status).toBe(200);
  expect((await (await portal.signedIn('eva.bach')).page('/contracts')).status).toBe(403);
});

test('a contract without a subject is not taken, and says so at the field', async () => {
  for (const missing of [
    { subjectKind: '' },
    { subjectKind: 'PROCESSING', text: '' },
    { subjectKind: 'PRODUCTS' },
  ] as Record<string, string>[]) {
    const answer = await theo.send('/contracts', await entry(missing));
    expect([missing, answer.status]).toEqual([missing, 422]);
    expect(await answer.text()).toMatch(/href="#field-(?:subjectKind|text|productIds)"/);
  }
  expect((await theo.send('/contracts', await entry())).status).toBe(303);
  expect(text((await theo.page('/contracts')).html)).toContain('Auswertung der Gebäudedaten für die Reinigung');
});

test('a contract of before waits on the start page until its subject is added', async () => {
  const { rows } = await portal.db.owner.query<{ id: string }>(
    `INSERT INTO organisation.contract (id, party_a, party_b, kind, reference, valid_from, valid_to)
     VALUES (gen_random_uuid(), least($1::uuid, $2), greatest($1::uuid, $2), 'AVV', 'AVV alt', now() - interval '1 year', now() + interval '1 year') RETURNING id`,
    [await unit('umweltamt'), await unit('gebaeudedienste')],
  );
  expect(text((await theo.page('/')).html)).toContain('1 Vertrag nennt keinen Gegenstand');
  expect(text((await theo.page('/contracts')).html)).toContain('nicht genannt: trägt nur offene Daten');
  const complete = (body: Record<string, string>) =>
    theo.send(`/contracts/${rows[0]!.id}/subject`, { _operation: newId(), ...body });
  expect((await complete({ subjectKind: '' })).status).toBe(422);
  expect((await complete({ subjectKind: 'PARTIES' })).status).toBe(303);
  expect(text((await theo.page('/')).html)).not.toContain('nennt keinen Gegenstand');
});

test('a contract that ends soon is told, until the next one stands in the register', async () => {
  const parties = { unitA: await unit('tiefbau-vermessungsamt'), unitB: await unit('gebaeudedienste') };
  await theo.send('/contracts', await entry({ ...parties, validTo: day(61) }));
  expect(text((await theo.page('/')).html)).not.toContain('endet bald');
  await theo.send('/contracts', await entry({ ...parties, kind: 'AVV', reference: 'AVV 8', validTo: day(30) }));
  expect(text((await theo.page('/')).html)).toContain('1 Vertrag endet bald');
  expect(text((await theo.page('/contracts')).html)).toContain('Diese Verträge enden bald');
  await theo.send('/contracts', await entry({ ...parties, kind: 'AVV', reference: 'AVV 9', validFrom: day(31) }));
  expect(text((await theo.page('/')).html)).not.toContain('endet bald');
});
