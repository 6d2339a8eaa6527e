// The register of audit orders on the screens: registered, confirmed by somebody else, seen on the page of the log, ended.
import { newId } from '#lib/kernel';
import { aPortal, type PortalBrowser, type TestPortal } from '../../../../../../test/support/portal';
import { today as day } from '../../../../../../test/support/day';

let portal: TestPortal;
let willi: PortalBrowser;
let sten: PortalBrowser;
beforeAll(async () => {
  portal = await aPortal({ PERSON_LEVEL_LOG_REVEAL: 'true' });
  [willi, sten] = [await portal.signedIn('willi.pruefer'), await portal.signedIn('sten.rat')];
  await portal.db.owner.query('UPDATE organisation.audit_mandate SET ended_at = now(), ended_by = registered_by');
}, 120_000);
afterAll(() => portal?.close());

const text = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const order = (more: Record<string, string> = {}) => ({
  _operation: newId(),
  reference: 'Rev 7/2026',
  basis: 'HGO_130_2',
  subject: 'Weitergaben der ganzen Stadt im laufenden Jahr.',
  wholeCity: 'ja',
  validFrom: day(-1),
  validUntil: day(60),
  ...more,
});

test('what is missing is named at its field, and a longer time than allowed is refused', async () => {
  const answer = await willi.send('/audit-mandates', order({ reference: '', subject: '' }));
  const html = await answer.text();
  expect(answer.status).toBe(422);
  for (const field of ['reference', 'subject']) expect(html).toContain(`href="#field-${field}"`);
  const long = await willi.send('/audit-mandates', order({ validUntil: day(300) }));
  expect([long.status, text(await long.text())]).toEqual([422, expect.stringContaining('höchstens 6 Monate')]);
});

test('the log is closed until a second person has confirmed, shows the order then, and is closed with its end', async () => {
  expect(text((await willi.page('/audit')).html)).toContain('Es ist kein Prüfauftrag in Kraft');
  expect((await willi.send('/audit-mandates', order())).status).toBe(303);
  const { rows } = await portal.db.owner.query<{ id: string }>(
    'SELECT id FROM organisation.audit_mandate WHERE ended_at IS NULL',
  );
  const id = rows[0]!.id;
  expect((await willi.send(`/audit-mandates/${id}/confirm`, {})).status).toBe(403);
  expect((await willi.page('/audit')).status).toBe(403);
  expect(text((await sten.page('/audit-mandates')).html)).toContain('Bestätigen');
  expect((await sten.send(`/audit-mandates/${id}/confirm`, {})).status).toBe(303);
  const open = await willi.page('/audit');
  expect([open.status, text(open.html)]).toEqual([200, expect.stringContaining('Ihr Prüfauftrag')]);
  expect((await sten.send(`/audit-mandates/${id}/end`, {})).status).toBe(303);
  expect((await willi.page('/audit')).status).toBe(403);
});

test('the person behind an entry is named when data protection and Geschäftsstelle have consented', async () => {
  await willi.send('/audit-mandates', order());
  const id = (
    await portal.db.owner.query<{ id: string }>('SELECT id FROM organisation.audit_mandate WHERE ended_at IS NULL')
  ).rows[0]!.id;
  await sten.send(`/audit-mandates/${id}/confirm`, {});
  const entry = (
    await portal.db.owner.query<{ id: string }>(
      `SELECT event_id AS id FROM kernel.audit_event WHERE type = 'audit-mandate.confirmed.v1' ORDER BY created_at DESC LIMIT 1`,
    )
  ).rows[0]!.id;
  const at = `/audit/entries/${entry}`;
  expect(text((await willi.page(at)).html)).toContain('Wer war es?');
  expect((await willi.send(`${at}/person`, {})).status).toBe(404);
  expect((await willi.send(`${at}/reveal`, { reasonCode: 'PRUEFAUFTRAG', reason: '' })).status).toBe(422);
  expect(
    (await willi.send(`${at}/reveal`, { reasonCode: 'PRUEFAUFTRAG', reason: 'Die Bestätigung kam zu schnell.' }))
      .status,
  ).toBe(303);
  const { rows } = await portal.db.owner.query<{ id: string }>('SELECT id FROM assurance.audit_reveal');
  expect(text((await (await portal.signedIn('gesa.gremium')).page('/audit-mandates')).html)).toContain(
    'wartet auf Zustimmung',
  );
  for (const name of ['uma.schild', 'quirin.stern']) {
    const someone = await portal.signedIn(name);
    expect([name, text((await someone.page('/audit-mandates')).html)]).toEqual([
      name,
      expect.stringContaining('Zustimmen'),
    ]);
    expect([name, (await someone.send(`/audit-mandates/reveals/${rows[0]!.id}/consent`, {})).status]).toEqual([
      name,
      303,
    ]);
  }
  expect(text((await willi.page(at)).html)).not.toContain('Sten Rat');
  expect(text(await (await willi.send(`${at}/person`, {})).text())).toContain('Sten Rat');
});
