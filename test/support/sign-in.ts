import { createHash, createPrivateKey, randomBytes, randomUUID, sign, type JsonWebKey } from 'node:crypto';

/** The password of every fictional person of the realm file. */
export const PASSWORD = 'nur-zur-probe';
/** Where the command line client is sent back to; nobody listens there, the address is all we want. */
const CLI_REDIRECT = 'http://127.0.0.1/callback';

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  idToken: string;
}

const encoded = (value: string | Buffer): string => Buffer.from(value).toString('base64url');

/** A browser as small as can be: keeps cookies, follows redirects, fills in the sign-in form. */
export class Browser {
  private readonly cookies = new Map<string, { value: string; path: string }>();

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url);
    const cookie = [...this.cookies]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(cookie ? { cookie } : {}) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/; */);
      const name = pair.slice(0, pair.indexOf('='));
      const value = pair.slice(pair.indexOf('=') + 1);
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
      const gone = value === '' || attributes.some((one) => /^max-age=0$|^expires=Thu, 01[ -]Jan[ -]1970/i.test(one));
      if (gone) this.cookies.delete(name);
      else this.cookies.set(name, { value, path });
    }
    return response;
  }

  /** Posts a form as a browser does. */
  post(url: string, fields: Record<string, string>): Promise<Response> {
    return this.fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /**
   * Goes from an authorization address through the sign-in form to the redirect back to the client.
   * @returns the address the provider sends the browser to
   * @throws Error with the provider's words when it does not get there
   */
  async authorize(
    authorizationUrl: string,
    redirectUri: string,
    username: string,
    password = PASSWORD,
  ): Promise<string> {
    let url = authorizationUrl;
    let response = await this.fetch(url);
    let filled = false;
    for (let steps = 0; steps < 10; steps += 1) {
      const location = response.headers.get('location');
      if (location) {
        url = new URL(location, url).href;
        if (url.startsWith(`${redirectUri}?`)) return url;
        response = await this.fetch(url);
        continue;
      }
      const html = await response.text();
      const action = /<form[^>]*\saction="([^"]+)"/.exec(html)?.[1];
      if (filled || !action || !html.includes('name="password"')) {
        throw new Error(`sign-in of \`${username}\` ended at ${response.status}: ${plain(html)}`);
      }
      url = new URL(action.replaceAll('&amp;', '&'), url).href;
      response = await this.post(url, { username, password, credentialId: '' });
      filled = true;
    }
    throw new Error(`sign-in of \`${username}\` goes round in circles`);
  }
}

/**
 * Signs a person in as the command line does: authorization code with PKCE over HTTP, including the form.
 * The same on the development identity provider and on Keycloak.
 */
export async function signIn(issuer: string, username: string, browser = new Browser()): Promise<Tokens> {
  const verifier = encoded(randomBytes(32));
  const state = randomUUID();
  const authorization = new URL(`${issuer}/protocol/openid-connect/auth`);
  authorization.search = new URLSearchParams({
    client_id: 'datenraum-cli',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: CLI_REDIRECT,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const answer = new URL(await browser.authorize(authorization.href, CLI_REDIRECT, username)).searchParams;
  const code = answer.get('code');
  if (answer.get('state') !== state || !code) throw new Error(`sign-in of \`${username}\` came back with ${answer}`);
  return tokens(issuer, {
    grant_type: 'authorization_code',
    client_id: 'datenraum-cli',
    redirect_uri: CLI_REDIRECT,
    code,
    code_verifier: verifier,
  });
}

/** New tokens for a person that `signIn` signed in; the old refresh token is used up. */
export function renew(issuer: string, refreshToken: string): Promise<Tokens> {
  return tokens(issuer, { grant_type: 'refresh_token', client_id: 'datenraum-cli', refresh_token: refreshToken });
}

/** An access token of a machine client, which proves itself with its private key (private_key_jwt). */
export async function machineToken(
  issuer: string,
  clientId: string,
  privateJwk: JsonWebKey & { kid?: string },
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: 'RS256', typ: 'JWT', kid: privateJwk.kid };
  const claims = { iss: clientId, sub: clientId, aud: issuer, jti: randomUUID(), iat: now, exp: now + 60 };
  const text = `${encoded(JSON.stringify(header))}.${encoded(JSON.stringify(claims))}`;
  const signature = sign('RSA-SHA256', Buffer.from(text), createPrivateKey({ key: { ...privateJwk }, format: 'jwk' }));
  const granted = await tokens(issuer, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: `${text}.${encoded(signature)}`,
  });
  return granted.accessToken;
}

async function tokens(issuer: string, fields: Record<string, string>): Promise<Tokens> {
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  const answer = (await response.json()) as Record<string, string | undefined>;
  if (!response.ok)
    throw new Error(`token endpoint answered ${response.status}: ${answer.error} ${answer.error_description}`);
  return {
    accessToken: answer.access_token ?? '',
    refreshToken: answer.refresh_token ?? '',
    idToken: answer.id_token ?? '',
  };
}

function plain(html: string): string {
  return html
    .replace(/<style[\s\S]*?<\/style>|<script\b[\s\S]*?<\/script>|<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 300);
}
