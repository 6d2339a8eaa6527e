import { kernelProblems } from '#lib/kernel';
import { aPortal, PortalBrowser, type TestPortal } from '../../../../test/support/portal';
import { SessionStore } from './session-store';

let portal: TestPortal;
beforeAll(async () => {
  portal = await aPortal();
}, 60_000);
afterAll(() => portal?.close());

const nameOn = (html: string): string | undefined => /Angemeldet als <\/span>([^<]+)</.exec(html)?.[1];
const cookieOf = (response: Response): string => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';

test('a person signs in, sees their name, and signs out at both places', async () => {
  const anna = await portal.signedIn('anna.ahorn');
  expect(nameOn((await anna.page('/')).html)).toContain('Ahorn');

  const out = await anna.send('/sign-out', {});
  const html = await out.text();
  expect(out.status).toBe(200);
  expect(html).toContain('id_token_hint');
  expect(html).toContain(`${portal.provider.issuer}/protocol/openid-connect/logout`);
  expect(nameOn((await anna.page('/')).html)).toBeUndefined();
});

test('who opens a page without being signed in comes to it after signing in', async () => {
  const browser = new PortalBrowser(portal.url);
  const asked = await browser.fetch(`${portal.url}/audit?page=2`);
  expect(asked.status).toBe(303);
  expect(asked.headers.get('location')).toBe('/sign-in?returnTo=%2Faudit%3Fpage%3D2');
  const back = await browser.signIn('willi.pruefer', '/audit?page=2');
  expect(back.headers.get('location')).toBe('/audit?page=2');
});

test('a cookie from before signing in is worth nothing afterwards', async () => {
  const browser = new PortalBrowser(portal.url);
  const before = cookieOf(await browser.fetch(`${portal.url}/sign-in`));
  expect(before).toContain('=');
  const signedIn = await browser.signIn('eva.bach');
  const after = cookieOf(signedIn);
  expect(after).not.toBe(before);
  const attacker = await fetch(`${portal.url}/`, { headers: { cookie: before } });
  expect(nameOn(await attacker.text())).toBeUndefined();
  const person = await fetch(`${portal.url}/`, { headers: { cookie: after } });
  expect(nameOn(await person.text())).toContain('Bach');
});

test('a callback with a wrong state, without state, with another issuer or a used code is an error page and leaves the session as it was', async () => {
  const eva = await portal.signedIn('eva.bach');
  const rows = () =>
    portal.db.owner.query(
      'SELECT encode(sealed, $1) AS sealed FROM identity.session WHERE subject IS NOT NULL ORDER BY id_hash',
      ['hex'],
    );
  const before = (await rows()).rows;
  for (const query of [
    '',
    '?code=abc&state=wrong',
    `?code=abc&state=x&iss=${encodeURIComponent(portal.provider.issuer)}`,
    '?error=access_denied',
  ]) {
    const answer = await eva.fetch(`${portal.url}/sign-in/callback${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Anmeldung fehlgeschlagen');
  }
  expect((await rows()).rows).toEqual(before);
  expect(nameOn((await eva.page('/')).html)).toContain('Bach');
});

test('an answer for another sign-in, another issuer or a code used twice signs nobody in', async () => {
  const attacker = new PortalBrowser(portal.url);
  const begun = await attacker.fetch(`${portal.url}/sign-in`);
  const stolen = await attacker.authorize(
    begun.headers.get('location') ?? '',
    `${portal.url}/sign-in/callback`,
    'gero.wolke',
  );

  // login CSRF: the victim's browser has begun a sign-in of its own and is led to the attacker's answer
  const victim = new PortalBrowser(portal.url);
  await victim.fetch(`${portal.url}/sign-in`);
  expect((await victim.fetch(stolen)).status).toBe(400);
  expect(nameOn((await victim.page('/')).html)).toBeUndefined();

  const otherIssuer = new URL(stolen);
  otherIssuer.searchParams.set('iss', 'https://evil.example/realms/datenraum');
  expect((await attacker.fetch(otherIssuer.href)).status).toBe(400);
  expect(nameOn((await attacker.page('/')).html)).toBeUndefined();

  expect((await attacker.fetch(stolen)).status).toBe(303);
  expect((await attacker.fetch(stolen)).status).toBe(400);
  expect(nameOn((await attacker.page('/')).html)).toContain('Wolke');
});

test('a form from another page, without token, with a foreign token or of another type changes nothing', async () => {
  const eva = await portal.signedIn('eva.bach');
  const csrf = await eva.csrf();
  const foreign = await (await portal.signedIn('falk.quelle')).csrf();
  const url = `${portal.url}/sign-out`;
  const form = 'application/x-www-form-urlencoded';
  const attempts: [string, RequestInit][] = [
    ['no origin', { headers: { 'content-type': form }, body: `_csrf=${csrf}` }],
    ['other origin', { headers: { 'content-type': form, origin: 'https://evil.example' }, body: `_csrf=${csrf}` }],
    ['null origin', { headers: { 'content-type': form, origin: 'null' }, body: `_csrf=${csrf}` }],
    ['other port', { headers: { 'content-type': form, origin: 'http://127.0.0.1:1' }, body: `_csrf=${csrf}` }],
    [
      'cross-site',
      { headers: { 'content-type': form, origin: portal.url, 'sec-fetch-site': 'cross-site' }, body: `_csrf=${csrf}` },
    ],
    [
      'same-site only',
      { headers: { 'content-type': form, origin: portal.url, 'sec-fetch-site': 'same-site' }, body: `_csrf=${csrf}` },
    ],
    ['no token', { headers: { 'content-type': form, origin: portal.url }, body: 'a=b' }],
    ['token of somebody else', { headers: { 'content-type': form, origin: portal.url }, body: `_csrf=${foreign}` }],
    ['two tokens', { headers: { 'content-type': form, origin: portal.url }, body: `_csrf=${csrf}&_csrf=${csrf}` }],
    [
      'JSON',
      { headers: { 'content-type': 'application/json', origin: portal.url }, body: JSON.stringify({ _csrf: csrf }) },
    ],
    [
      'multipart',
      {
        headers: { 'content-type': 'multipart/form-data; boundary=x', origin: portal.url },
        body: `--x\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\n${csrf}\r\n--x--\r\n`,
      },
    ],
  ];
  for (const [what, init] of attempts) {
    const answer = await eva.fetch(url, { method: 'POST', ...init });
    expect([what, answer.status]).toEqual([what, 403]);
  }
  // text/plain is a type a foreign form may send; there is no reader for it at all
  expect(
    (
      await eva.fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'text/plain', origin: portal.url },
        body: `_csrf=${csrf}`,
      })
    ).status,
  ).toBeGreaterThanOrEqual(400);
  expect(nameOn((await eva.page('/')).html)).toContain('Bach');
  const { rows } = await portal.db.owner.query(
    `SELECT count(*)::int AS n FROM kernel.audit_event WHERE type = 'attempt.refused.v1' AND facts->>'code' = 'form_not_ours'`,
  );
  expect(rows[0].n).toBeGreaterThanOrEqual(attempts.length);
});

test('a request that was under way while somebody signed out does not bring the session back', async () => {
  const store = portal.app.get(SessionStore);
  const set = (id: string, session: object) => new Promise((done) => store.set(id, session, done));
  const get = (id: string) =>
    new Promise((done, fail) => store.get(id, (error, session) => (error ? fail(error) : done(session))));
  await set('a-session', { csrf: 'x' });
  expect(await get('a-session')).toEqual({ csrf: 'x' });
  await new Promise((done) => store.destroy('a-session', done));
  // quietly: the person whose request it was is not troubled with it
  expect(await set('a-session', { csrf: 'x' })).toBeUndefined();
  expect(await get('a-session')).toBeNull();
});

test('a copy of the session table signs nobody in', async () => {
  await portal.signedIn('anna.ahorn');
  const { rows } = await portal.db.owner.query(
    `SELECT encode(id_hash, 'escape') || encode(sealed, 'escape') AS row FROM identity.session WHERE sealed IS NOT NULL`,
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { row } of rows) expect(row).not.toMatch(/accessToken|refreshToken|eyJ/);
});

test('an idle session ends by the clock of the database', async () => {
  const eva = await portal.signedIn('eva.bach');
  await portal.db.owner.query(`UPDATE identity.session SET expires_at = now() - interval '1 second' WHERE NOT ended`);
  expect(nameOn((await eva.page('/')).html)).toBeUndefined();
});

test('a disabled person is out with the next click', async () => {
  const zoe = await portal.signedIn('zoe.plan');
  await portal.db.owner.query(`UPDATE organisation.person SET disabled_at = now() WHERE family_name LIKE 'Plan%'`);
  const refused = await zoe.page('/catalogue');
  expect([403, 404]).toContain(refused.status);
  expect(nameOn((await zoe.page('/')).html)).toBeUndefined();
});

test('a logout message that is not from the identity provider ends nothing', async () => {
  const eva = await portal.signedIn('eva.bach');
  for (const body of ['', 'logout_token=abc', `logout_token=${'e30.'.repeat(3)}`]) {
    const answer = await fetch(`${portal.url}/sign-in/back-channel-logout`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
    expect(answer.status).toBe(400);
  }
  expect(nameOn((await eva.page('/')).html)).toContain('Bach');
});

test('a session the identity provider ended is over here too, and no other', async () => {
  const [eva, again, karla] = [
    await portal.signedIn('eva.bach'),
    await portal.signedIn('eva.bach'),
    await portal.signedIn('karla.mauer'),
  ];
  const { rows } = await portal.db.owner.query(
    `SELECT provider_session FROM identity.session WHERE subject = '00000000-0000-4000-8000-000000000010' AND NOT ended`,
  );
  expect(rows[0].provider_session).toEqual(expect.any(String));
  expect(await portal.app.get(SessionStore).endWhere({ sessionId: rows[0].provider_session })).toBe(1);
  expect(nameOn((await karla.page('/')).html)).toBeUndefined();
  expect(nameOn((await eva.page('/')).html)).toContain('Bach');
  await portal.app.get(SessionStore).endWhere({ sub: '00000000-0000-4000-8000-000000000004' });
  for (const browser of [eva, again]) expect(nameOn((await browser.page('/')).html)).toBeUndefined();
  expect(await portal.app.get(SessionStore).endWhere({})).toBe(0);
});

test('every page says what may run and that nothing is kept', async () => {
  const answer = await fetch(`${portal.url}/about`);
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  // `no-referrer` would make browsers hide where a form comes from, and every form would be refused
  expect(answer.headers.get('referrer-policy')).toBe('same-origin');
  const html = await answer.text();
  expect(html).not.toMatch(/\son\w+=|style="|<style|<script>/);
  expect(html).toMatch(/<html lang="de">/);
});

test('an unknown address is a page in German with a number to name', async () => {
  const answer = await fetch(`${portal.url}/gibt-es-nicht`);
  const html = await answer.text();
  expect(answer.status).toBe(404);
  expect(html).toContain(kernelProblems.page_not_found().title);
  expect(html).toContain('Vorgangsnummer');
});
