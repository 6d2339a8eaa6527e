import { newId } from '#lib/kernel';
import { Office } from '../../../../../../test/support/office';
import { aPortal, type TestPortal } from '../../../../../../test/support/portal';

let portal: TestPortal;
let office: Office;
beforeAll(async () => {
  portal = await aPortal();
  office = await Office.behind(portal.db, portal.app, portal.provider.issuer);
}, 120_000);
afterAll(() => portal?.close());

test('a question is asked where a rule looks, has to be answered, and its answer stands in the request', async () => {
  const plain = await office.aProduct({ unit: 'gruenflaechenamt', openness: 'OPEN' });
  const table = await office.aProduct({
    unit: 'statistikstelle',
    personalRef: 'AGGREGATED',
    secrecy: ['STATISTIK'],
    releasedCube: true,
  });
  const eva = await portal.signedIn('eva.bach');
  const harmless = (await eva.page(`/products/${plain.id}/request`)).html;
  expect(harmless).toContain('Trifft davon etwas zu?');
  // of every product, whoever allows it
  expect(harmless).toContain('Werden die Daten für künstliche Intelligenz genutzt?');
  expect(harmless).not.toMatch(/name="declarations-usesAi"[^>]*checked/);
  expect(harmless.replaceAll('name="declarations-usesAi', '')).not.toContain('name="declarations-');
  const empty = (await eva.page(`/products/${table.id}/request`)).html;
  expect(empty).toContain('Nutzen Sie die Daten für einzelne Verwaltungsfälle?');
  expect(empty).not.toMatch(/name="declarations-singleCase"[^>]*checked/);

  const {
    declarations: _,
    coarser: __,
    rows: ___,
    attachments: ____,
    ...asked
  } = await office.aForm(table.id, 'umweltamt', { form: 'TABLE_AGG', fields: ['art'] });
  const send = (answers: Record<string, string>) =>
    eva.send(`/products/${table.id}/request`, {
      ...(asked as unknown as Record<string, string>),
      retentionDays: '90',
      _operation: newId(),
      step: 'submit',
      'declarations-usesAi': 'nein',
      ...answers,
    });
  const open = await send({ 'declarations-reidentification': 'nein' });
  expect(open.status).toBe(422);
  expect(await open.text()).toMatch(
    /href="#field-declarations-singleCase[^>]*>Bitte beantworten Sie: Nutzen Sie die Daten für einzelne Verwaltungsfälle\?/,
  );
  const done = await send({ 'declarations-reidentification': 'nein', 'declarations-singleCase': 'ja' });
  expect(done.status).toBe(303);
  const shown = (await eva.page(done.headers.get('location')!)).html;
  expect(shown).toMatch(/einzelne Verwaltungsfälle\?<\/dt>[\s\S]{0,80}ja/);
  expect(shown).toContain('R-STA-09');
});
