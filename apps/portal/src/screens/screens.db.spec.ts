// One file: the screens over HTTP, against people who do not behave: hostile text, foreign ids, forms sent
// twice or changed.
import { newId } from '#lib/kernel';
import { REQUEST_FIELDS, type RequestField } from '#lib/requests';
import { aPortal, PortalBrowser, type TestPortal } from '../../../../test/support/portal';
import { today as day } from '../../../../test/support/day';

let portal: TestPortal;
let eva: PortalBrowser;
let clara: PortalBrowser;
beforeAll(async () => {
  portal = await aPortal({}, { products: 'all' });
  // row-level security holds for the owner of the tables too; this test looks behind it
  await portal.db.owner.query(`SELECT set_config('app.system', 'on', false)`);
  [eva, clara] = await Promise.all([portal.signedIn('eva.bach'), portal.signedIn('clara.linde')]);
}, 120_000);
afterAll(() => portal?.close());

const rows = async <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await portal.db.owner.query(sql, values)).rows as T[];
const productId = async (key: string): Promise<string> =>
  (await rows<{ id: string }>('SELECT id FROM catalogue.product WHERE key = $1', [key]))[0]?.id ?? '';
const unitId = async (key: string): Promise<string> =>
  (await rows<{ id: string }>('SELECT id FROM organisation.unit WHERE key = $1', [key]))[0]?.id ?? '';
const requests = async (): Promise<number> =>
  (await rows<{ n: number }>('SELECT count(*)::int AS n FROM requests.access_request'))[0]?.n ?? -1;
const refused = async (code: string): Promise<number> =>
  (
    await rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM kernel.audit_event WHERE type = 'attempt.refused.v1' AND facts->>'code' = $1`,
      [code],
    )
  )[0]?.n ?? -1;

const form = async (more: Record<string, string | string[]> = {}) => ({
  _operation: newId(),
  step: 'submit',
  consumerUnitId: await unitId('umweltamt'),
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

/** Text that has broken systems before: markup, quotes, control and direction characters, other alphabets, length. */
const NAUGHTY = [
  '"><script>alert(1)</script>',
  "'; DROP TABLE requests.access_request; --",
  '</textarea><img src=x onerror=alert(1)>',
  '${7*7} {{7*7}} <%= 7*7 %>',
  'javascript:alert(1)',
  'Ω≈ç√∫ 田中さん Ⱥ 👩‍👩‍👧 ﷽ Ä\u0308',
  '\u202Etxt.exe \u200b\ufeff',
  '../../../../etc/passwd',
  '=cmd|calc!A1',
];

test('a form sent twice has one effect, and both answers lead to the same page', async () => {
  const path = `/products/${await productId('baumkataster')}/request`;
  const [body, before] = [await form(), await requests()];
  const first = await eva.send(path, body);
  const second = await eva.send(path, body);
  expect([first.status, second.status]).toEqual([303, 303]);
  expect(second.headers.get('location')).toBe(first.headers.get('location'));
  expect(await requests()).toBe(before + 1);
});

test('the same form with another text under the same key is refused and has no effect', async () => {
  const path = `/products/${await productId('baumkataster')}/request`;
  const body = await form();
  await eva.send(path, body);
  const before = await requests();
  const other = await eva.send(path, { ...body, project: 'Etwas anderes' });
  expect(other.status).toBe(422);
  expect(await requests()).toBe(before);
});

test('a form with faults comes back filled in, with every fault named, nothing stored and the attempt on record', async () => {
  const path = `/products/${await productId('baumkataster')}/request`;
  const [before, attempts] = [await requests(), await refused('validation_failed')];
  const answer = await eva.send(
    path,
    await form({
      project: 'x',
      until: day(900),
      fields: ['baum_id', 'gibt_es_nicht'],
      purposeText: 'Wir planen Schatten & <Wege>.',
    }),
  );
  const html = await answer.text();
  expect(answer.status).toBe(422);
  expect(html).toContain('href="#field-project"');
  expect(html).toContain('Wir planen Schatten &amp; &lt;Wege&gt;.');
  expect(html.includes('name="fields" checked="" value="baum_id"')).toBe(true);
  expect(await requests()).toBe(before);
  expect(await refused('validation_failed')).toBe(attempts + 1);
});

test.each(NAUGHTY)('%j in every text field is text: shown, stored and never run', async (naughty) => {
  const path = `/products/${await productId('baumkataster')}/request`;
  const long = `${naughty} und noch mehr Text`;
  const answer = await eva.send(
    path,
    await form({ project: long, purposeText: long, caseNumber: naughty, necessity: long, recipients: long }),
  );
  expect([303, 422]).toContain(answer.status);
  const html =
    answer.status === 303 ? (await eva.page(answer.headers.get('location') ?? '')).html : await answer.text();
  expect(html).not.toMatch(/<script>|<img src=x|onerror=alert\(1\)>/);
  expect(html).toContain('Klima');
  const search = await eva.page(`/catalogue?q=${encodeURIComponent(naughty)}`);
  expect(search.status).toBe(200);
  expect(search.html).not.toMatch(/<script>|<img src=x/);
});

test('zero bytes, lone surrogates and members nobody asked for are a defined answer, and nothing is stored', async () => {
  const path = `/products/${await productId('baumkataster')}/request`;
  const before = await requests();
  const wrong: Record<string, string | string[]>[] = [
    { project: 'a\u0000b und mehr' },
    { fields: ['__proto__'] },
    { consumerUnitId: 'nicht-da' },
    { consumerUnitId: newId() },
    { purposeCode: 'drop table' },
    { form: 'ALLES' },
    { from: '2026-13-45' },
    { retentionDays: '1e9' },
  ];
  for (const bad of wrong) {
    const answer = await eva.send(path, await form(bad));
    expect([bad, answer.status]).toEqual([bad, answer.status >= 400 && answer.status < 500 ? answer.status : '4xx']);
  }
  expect(await requests()).toBe(before);
});

/** Members whose values are ids of units or documents, by the table; an unknown id and a text that is none. */
const NO_IDS = Object.entries<RequestField>(REQUEST_FIELDS)
  .filter(([, { choices }]) => ['ownUnits', 'otherUnits', 'evidenceFiles'].includes(String(choices)))
  .flatMap(([name]) => ['nicht-da', newId()].map((value) => [name, value] as const));

test.each(NO_IDS)('%s = %s has a defined answer at every button of the form', async (name, value) => {
  const path = `/products/${await productId('baumkataster')}/request`;
  const before = await requests();
  for (const step of ['submit', 'check', 'evidence', 'back']) {
    const answer = await eva.send(path, await form({ step, [name]: value }));
    expect([step, answer.status < 500]).toEqual([step, true]);
  }
  const applied = await eva.send(path, await form({ [name]: value, apply: '[]' }));
  expect(applied.status).toBeLessThan(500);
  expect((await eva.send(`${path}/check`, await form({ [name]: value }))).status).toBeLessThan(500);
  expect((await eva.page(`${path}?copy=${value}`)).status).toBe(404);
  expect(await requests()).toBe(before);
});

test('nobody asks in the name of another office', async () => {
  const path = `/products/${await productId('baumkataster')}/request`;
  const before = await requests();
  const answer = await eva.send(path, await form({ consumerUnitId: await unitId('hochbauamt') }));
  expect(answer.status).toBe(403);
  expect(await requests()).toBe(before);
});

test('ids that are none, or of another office, are not found and tell nothing', async () => {
  const stranger = await portal.signedIn('zoe.plan');
  const [own] = await rows<{ id: string }>('SELECT id FROM requests.access_request LIMIT 1');
  for (const path of [
    '/requests/abc',
    `/requests/${newId()}`,
    `/requests/${own?.id}`,
    '/tasks/%00',
    `/tasks/${newId()}`,
    '/agreements/1',
    `/agreements/${newId()}`,
    '/products/..%2f..',
    `/products/${newId()}`,
    `/products/${newId()}/request`,
  ]) {
    const { status, html } = await stranger.page(path);
    expect([path, status]).toEqual([path, 404]);
    expect(html).not.toContain('Klimaanpassung');
  }
});

test('who does not care for a product can not edit it, whatever address they know', async () => {
  const id = await productId('gebaeudedatenkataster');
  const title = async () =>
    (await rows<{ title: string }>('SELECT title FROM catalogue.product WHERE id = $1', [id]))[0]?.title;
  const before = await title();
  const card = await clara.send(`/publish/${id}/card`, { revision: '1', title: 'Meins' });
  expect([403, 404, 409, 412, 422]).toContain(card.status);
  const step = await clara.send(`/publish/${id}/steps/withdraw`, { revision: '1' });
  expect([403, 404, 409, 412]).toContain(step.status);
  expect((await clara.send(`/publish/${id}/steps/constructor`, { revision: '1' })).status).toBe(404);
  expect(await title()).toBe(before);
});

describe('an upload', () => {
  const send = async (
    browser: PortalBrowser,
    id: string,
    parts: [name: string, value: string | File][],
    headers: Record<string, string> = {},
  ) => {
    const body = new FormData();
    for (const [name, value] of parts) body.append(name, value);
    return browser.fetch(`${portal.url}/publish/${id}/upload`, {
      method: 'POST',
      body,
      headers: { origin: portal.url, ...headers },
    });
  };
  const file = (text = 'a;b\n1;2\n') => new File([text], 'tabelle.csv', { type: 'text/csv' });
  const uploads = async (): Promise<number> =>
    (await rows<{ n: number }>('SELECT count(*)::int AS n FROM catalogue.pending_upload'))[0]?.n ?? -1;

  test('without the token of the session, with it after the file, or from elsewhere keeps nothing', async () => {
    const [id, csrf, before] = [await productId('baumkataster'), await clara.csrf(), await uploads()];
    expect((await send(clara, id, [['file', file()]])).status).toBe(403);
    expect(
      (
        await send(clara, id, [
          ['_csrf', 'wrong'],
          ['file', file()],
        ])
      ).status,
    ).toBe(403);
    expect(
      (
        await send(clara, id, [
          ['file', file()],
          ['_csrf', csrf],
        ])
      ).status,
    ).toBe(403);
    expect(
      (
        await send(
          clara,
          id,
          [
            ['_csrf', csrf],
            ['file', file()],
          ],
          { origin: 'https://evil.example' },
        )
      ).status,
    ).toBe(403);
    expect(await uploads()).toBe(before);
  });

  test('of nothing, of what is no table, or by who may not comes back with a reason', async () => {
    const [id, csrf, before] = [await productId('baumkataster'), await clara.csrf(), await uploads()];
    const empty = await send(clara, id, [['_csrf', csrf]]);
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain('Keine Datei ausgewählt');
    expect(
      (
        await send(clara, id, [
          ['_csrf', csrf],
          ['file', file('')],
        ])
      ).status,
    ).toBe(422);
    expect(
      (
        await send(eva, id, [
          ['_csrf', await eva.csrf()],
          ['file', file()],
        ])
      ).status,
    ).toBe(403);
    expect(
      (
        await send(clara, await productId('gebaeudedatenkataster'), [
          ['_csrf', csrf],
          ['file', file()],
        ])
      ).status,
    ).toBe(403);
    expect(await uploads()).toBe(before);
  });

  test('with zero bytes and signs that hide is shown as what it is, or refused', async () => {
    const [id, csrf] = [await productId('baumkataster'), await clara.csrf()];
    for (const text of [
      '\u0000\u0001PK\u0003',
      'a;b\n1;x\u0000y\n',
      'na\u202eme;<b>b</b>\n1;<script>alert(1)</script>\n',
    ]) {
      const answer = await send(clara, id, [
        ['_csrf', csrf],
        ['file', file(text)],
      ]);
      expect([303, 422]).toContain(answer.status);
      if (answer.status !== 303) continue;
      const { status, html } = await clara.page(answer.headers.get('location') ?? '');
      expect(status).toBe(200);
      for (const raw of ['<script>alert', '<b>b', '\u202e', '\0']) expect(html.includes(raw)).toBe(false);
    }
  });
});

test('who loses the role between page and form changes nothing any more', async () => {
  const ron = await portal.signedIn('emil.fach');
  const path = `/products/${await productId('gebaeudedatenkataster')}/request`;
  expect((await ron.page(path)).status).toBe(200);
  const csrf = await ron.csrf();
  const before = await requests();
  await portal.db.owner.query('ALTER TABLE organisation.appointment DISABLE TRIGGER USER');
  await portal.db.owner.query(
    `UPDATE organisation.appointment SET valid_to = now() WHERE person_id = (SELECT id FROM organisation.person WHERE family_name LIKE 'Fach%')`,
  );
  const answer = await ron.fetch(`${portal.url}${path}`, {
    method: 'POST',
    headers: { origin: portal.url },
    body: new URLSearchParams({ _csrf: csrf, project: 'x' }),
  });
  expect(answer.status).toBe(403);
  expect(await requests()).toBe(before);
});

test('a parameter that stands twice in an address is refused', async () => {
  expect((await eva.page('/catalogue?q=a&q=b')).status).toBe(400);
});

test('no screen answers who is not signed in, and no form of theirs does anything', async () => {
  const nobody = new PortalBrowser(portal.url);
  for (const path of [
    '/catalogue',
    '/publish',
    '/requests',
    '/inbox',
    '/agreements',
    '/audit',
    `/products/${newId()}`,
  ]) {
    const answer = await nobody.fetch(portal.url + path);
    expect([path, answer.status, answer.headers.get('location')?.startsWith('/sign-in?')]).toEqual([path, 303, true]);
  }
  expect((await nobody.send(`/agreements/${newId()}/revoke`, { reason: 'weg damit' })).status).toBe(403);
});

test('files come from us, are kept by browsers, and change their address with their content', async () => {
  const { html } = await eva.page('/');
  const addresses = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, address]) => address ?? '');
  expect(addresses.length).toBeGreaterThanOrEqual(3);
  expect(html).not.toMatch(/(?:href|src)="https?:\/\//);
  for (const address of addresses) {
    const answer = await fetch(portal.url + address);
    expect([address, answer.status, answer.headers.get('cache-control')]).toEqual([
      address,
      200,
      'public, max-age=31536000, immutable',
    ]);
  }
  expect((await fetch(`${portal.url}/assets/x/..%2f..%2fmain.ts`)).status).toBe(404);
});

test('every page says when the session ends; opening one keeps it alive, and nobody else learns of it', async () => {
  const end = (html: string): number => Date.parse(/id="session"[^>]* data-ends="([^"]+)"/.exec(html)?.[1] ?? '');
  const { status, html } = await eva.page('/session');
  expect(status).toBe(200);
  const left = (end(html) - Date.now()) / 60_000;
  expect([left > 28, left <= 30]).toEqual([true, true]);
  expect(html).toMatch(/Ihre Sitzung endet um \d\d:\d\d Uhr/);
  const nobody = new PortalBrowser(portal.url);
  expect((await nobody.fetch(`${portal.url}/session`, { redirect: 'manual' })).status).toBe(303);
  expect((await nobody.page('/about')).html).not.toContain('Ihre Sitzung');
});
