import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aDevelopmentProvider, REALM_FILE, realmSecrets } from '../../../../test/support/identity-provider';
import { Browser, renew, signIn } from '../../../../test/support/sign-in';
import { startIdentityProvider } from './identity-provider';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'idp-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (more: Partial<Parameters<typeof startIdentityProvider>[0]> = {}) =>
  startIdentityProvider({ realmFile: REALM_FILE, port: 0, placeholders: realmSecrets().placeholders, ...more });

it('does not start in production', async () => {
  for (const name of ['NODE_ENV', 'DATENRAUM_ENV'] as const) {
    const before = process.env[name];
    process.env[name] = 'production';
    try {
      await expect(start()).rejects.toThrow(/does not run in production/);
    } finally {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    }
  }
});

it.each(['0.0.0.0', '::', '192.0.2.1', 'localhost.example'])('does not listen on %s', async (host) => {
  await expect(start({ host })).rejects.toThrow(/127\.0\.0\.1 only/);
});

it('does not serve a portal that is on another machine', async () => {
  const { placeholders } = realmSecrets('https://portal.example');
  await expect(start({ placeholders })).rejects.toThrow(/not on this machine/);
});

it('names every placeholder without a value', async () => {
  await expect(start({ placeholders: {} })).rejects.toThrow(/PORTAL_CLIENT_SECRET, MACHINE_CLIENT_JWKS/);
});

it('does not answer under a foreign name that leads to this machine', async () => {
  const provider = await start();
  const { port } = new URL(provider.issuer);
  const status = await new Promise((resolve, reject) => {
    request(
      {
        host: '127.0.0.1',
        port,
        path: '/realms/datenraum/.well-known/openid-configuration',
        headers: { host: 'evil.example' },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    )
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
  await provider.close();
});

it('keeps people signed in over a restart, in files that only its owner reads', async () => {
  const first = await aDevelopmentProvider({ stateDir: folder });
  const port = Number(new URL(first.issuer).port);
  const { refreshToken } = await signIn(first.issuer, 'eva.bach');
  await first.close();
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
  const second = await aDevelopmentProvider({ stateDir: folder, port });
  await fetch(second.issuer).catch(() => undefined); // spends the connection to the first one that fetch keeps
  await expect(renew(second.issuer, refreshToken)).resolves.toMatchObject({
    accessToken: expect.any(String) as unknown,
  });
  await second.close();
});

it('starts although the file of sessions is broken', async () => {
  writeFileSync(join(folder, 'records.json'), '{"half');
  const provider = await aDevelopmentProvider({ stateDir: folder });
  await expect(signIn(provider.issuer, 'eva.bach')).resolves.toBeTruthy();
  await provider.close();
});

describe('its sign-in page', () => {
  const page = async (username: string, password: string) => {
    const provider = await start();
    const browser = new Browser();
    const url = new URL(`${provider.issuer}/protocol/openid-connect/auth`);
    url.search = new URLSearchParams({
      client_id: 'datenraum-cli',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: 'http://127.0.0.1/callback',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    }).toString();
    const form = new URL((await browser.fetch(url.href)).headers.get('location') ?? '', url).href;
    const shown = await browser.fetch(form);
    const answer = await browser.post(form, { username, password });
    const elsewhere = await new Browser().fetch(form);
    const result = { shown: await shown.text(), headers: shown.headers, answer, text: await answer.text(), elsewhere };
    await provider.close();
    return result;
  };

  it('is German, has labels, loads nothing from anywhere and says that it is not the real one', async () => {
    const { shown, headers } = await page('eva.bach', 'falsch');
    expect(shown).toContain('<html lang="de">');
    expect(shown).toContain('<label for="username">Benutzername</label>');
    expect(shown).toContain('<label for="password">Passwort</label>');
    expect(shown).toContain('Alle Personen sind erfunden');
    expect(shown).not.toMatch(/src=|@import|url\(|<script|<link/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('says what was wrong without saying which, and shows what was typed as text', async () => {
    const { answer, text } = await page('"><script>alert(1)</script>', 'x');
    expect(answer.status).toBe(401);
    expect(text).toContain('role="alert"');
    expect(text).toContain('Benutzername oder Passwort ist falsch');
    expect(text).not.toContain('<script>');
  });

  it('belongs to the browser that began the sign-in', async () => {
    const { elsewhere } = await page('eva.bach', 'nur-zur-probe');
    expect(elsewhere.status).toBe(400);
  });
});
