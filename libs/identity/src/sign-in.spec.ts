import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aKey, signed } from '../../../test/support/key-server';
import { SignIn, type SavedSignIn } from './sign-in.service';
import { SigningKeys } from './signing-keys.service';
import { TokenVerifier } from './token-verifier.service';

// A provider that says whatever a test wants: a certified one would never send a wrong nonce.
const key = aKey('key-1');
const stranger = aKey('key-1');
const EVA = '00000000-0000-4000-8000-000000000004';
const now = (): number => Math.floor(Date.now() / 1000);

let server: Server;
let origin: string;
let issuer: string;
let state: 'well' | 'error' | 'silent';
let metadata: Record<string, unknown>;
let idClaims: Record<string, unknown>;
let accessClaims: Record<string, unknown>;
let signer = key;
let leaveOut: string[];
let asked: { form: URLSearchParams; authorization: string | undefined }[];

const read = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
};

beforeEach(async () => {
  state = 'well';
  signer = key;
  leaveOut = [];
  asked = [];
  server = createServer((request, response) => {
    if (state === 'silent') return;
    if (state === 'error') return void response.writeHead(502).end();
    response.setHeader('content-type', 'application/json');
    if (request.url?.endsWith('/.well-known/openid-configuration')) return void response.end(JSON.stringify(metadata));
    if (request.url?.endsWith('/certs')) {
      return void response.end(
        JSON.stringify({
          keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: 'key-1', use: 'sig', alg: 'RS256' }],
        }),
      );
    }
    void read(request).then((text) => {
      asked.push({ form: new URLSearchParams(text), authorization: request.headers.authorization });
      const header = { alg: 'RS256', kid: 'key-1' };
      const granted: Record<string, unknown> = {
        access_token: signed(header, accessClaims, key.privateKey),
        id_token: signed(header, idClaims, signer.privateKey),
        refresh_token: `refresh-${asked.length}`,
        token_type: 'Bearer',
        expires_in: 300,
      };
      for (const name of leaveOut) delete granted[name];
      response.end(JSON.stringify(granted));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  issuer = `${origin}/realms/datenraum`;
  metadata = {
    issuer,
    authorization_endpoint: `${issuer}/protocol/openid-connect/auth`,
    token_endpoint: `${issuer}/protocol/openid-connect/token`,
    jwks_uri: `${issuer}/protocol/openid-connect/certs`,
    response_types_supported: ['code'],
  };
  idClaims = { iss: issuer, sub: EVA, aud: 'datenraum-portal', iat: now(), exp: now() + 300, nonce: 'the-nonce' };
  accessClaims = {
    iss: issuer,
    sub: EVA,
    aud: 'datenraum-api',
    azp: 'datenraum-portal',
    typ: 'Bearer',
    sid: 's',
    iat: now(),
    exp: now() + 300,
  };
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const saved: SavedSignIn = { state: 'the-state', nonce: 'the-nonce', verifier: 'v'.repeat(43) };
const signing = (production = false): SignIn => {
  const keys = new SigningKeys({ url: `${issuer}/protocol/openid-connect/certs`, maxAgeSeconds: 600 });
  const tokens = new TokenVerifier(
    { issuer, audience: 'datenraum-api', allowedClients: ['datenraum-portal', 'datenraum-cli'] },
    keys,
  );
  const portalUrl = 'https://portal.example/';
  return new SignIn(
    { issuer, clientId: 'datenraum-portal', clientSecret: 'geheim', portalUrl, production, timeoutSeconds: 1 },
    tokens,
  );
};
const back = (more: Record<string, string> = {}): string =>
  `http://attacker.example/elsewhere?${new URLSearchParams({ code: 'the-code', state: 'the-state', iss: issuer, ...more })}`;
const fails = (promise: Promise<unknown>, code: string, status: number): Promise<void> =>
  expect(promise).rejects.toMatchObject({ name: 'Problem', code, status });

it('a sign-in begins with fresh random values, S256 and the registered address', async () => {
  const service = signing();
  const [one, two] = [await service.begin(), await service.begin()];
  for (const name of ['state', 'nonce', 'verifier'] as const) {
    expect(one[name]).not.toBe(two[name]);
    expect(one[name].length).toBeGreaterThanOrEqual(43);
  }
  const query = new URL(one.url).searchParams;
  expect(query.get('redirect_uri')).toBe('https://portal.example/sign-in/callback');
  expect(query.get('code_challenge_method')).toBe('S256');
  expect(query.get('state')).toBe(one.state);
  expect(query.get('nonce')).toBe(one.nonce);
  expect(one.url).not.toContain(one.verifier);
});

it('a right answer signs in; the secret, the verifier and the registered address go to the provider only', async () => {
  await expect(signing().finish(back(), saved)).resolves.toMatchObject({
    principal: { sub: EVA, kind: 'person' },
    refreshToken: 'refresh-1',
  });
  expect(asked[0]?.form.get('redirect_uri')).toBe('https://portal.example/sign-in/callback');
  expect(asked[0]?.form.get('code_verifier')).toBe(saved.verifier);
  const secret = Buffer.from(asked[0]?.authorization?.replace('Basic ', '') ?? '', 'base64').toString();
  expect(decodeURIComponent(secret)).toBe('datenraum-portal:geheim');
});

it('the answer must name our issuer, although the metadata do not promise it', async () => {
  await fails(signing().finish(back({ iss: `${issuer}/` }), saved), 'sign_in_failed', 400);
  await fails(signing().finish(back({ iss: '' }), saved), 'sign_in_failed', 400);
  await fails(signing().finish('/x?code=the-code&state=the-state', saved), 'sign_in_failed', 400);
  expect(asked).toHaveLength(0);
});

it('a wrong state is refused before the code is sent anywhere', async () => {
  await fails(signing().finish(back({ state: 'another' }), saved), 'sign_in_failed', 400);
  expect(asked).toHaveLength(0);
});

it.each([
  ['without a nonce', { nonce: undefined }],
  ['with another nonce', { nonce: 'another' }],
  ['of another issuer', { iss: 'https://evil.example' }],
  ['for another client', { aud: 'datenraum-cli' }],
  ['that has expired', { exp: 1 }],
  ['of another person than the access token', { sub: 'somebody-else' }],
])('an ID token %s is no sign-in', async (_, wrong) => {
  idClaims = { ...idClaims, ...wrong };
  await fails(signing().finish(back(), saved), 'sign_in_failed', 400);
});

it('an ID token that somebody else signed is no sign-in', async () => {
  signer = stranger;
  await fails(signing().finish(back(), saved), 'sign_in_failed', 400);
});

it.each([
  ['for another audience', { aud: 'account' }],
  ['of another client', { azp: 'datenraum-cli' }],
  ['of a machine', { sid: undefined, client_id: 'datenraum-portal' }],
])('an access token %s is no sign-in', async (_, wrong) => {
  accessClaims = { ...accessClaims, ...wrong };
  await fails(signing().finish(back(), saved), 'sign_in_failed', 400);
});

it.each(['id_token', 'refresh_token', 'access_token'])('an answer without %s is no sign-in', async (name) => {
  leaveOut = [name];
  await fails(signing().finish(back(), saved), 'sign_in_failed', 400);
});

it.each(['', 'x', '//', 'http://[', 'javascript:alert(1)'])(
  'the callback address `%s` is no sign-in',
  async (address) => {
    await fails(signing().finish(address, saved), 'sign_in_failed', 400);
  },
);

it('metadata that name another issuer are not used', async () => {
  metadata = { ...metadata, issuer: `${issuer}/` };
  await fails(signing().begin(), 'identity_unavailable', 503);
});

it.each(['error', 'silent'] as const)(
  'a provider that is down (%s) is said so, and asked again by the next person',
  async (how) => {
    const service = signing();
    state = how;
    await fails(service.begin(), 'identity_unavailable', 503);
    state = 'well';
    await service.begin();
    state = how;
    await fails(service.finish(back(), saved), 'identity_unavailable', 503);
    await fails(service.renew('refresh'), 'identity_unavailable', 503);
  },
);

it('in production nothing is sent over http', async () => {
  await fails(signing(true).begin(), 'identity_unavailable', 503);
  expect(asked).toHaveLength(0);
});

it('requests that renew at the same moment share one renewal', async () => {
  idClaims = { ...idClaims, nonce: undefined };
  const service = signing();
  const [one, two] = await Promise.all([service.renew('old'), service.renew('old')]);
  expect(one).toBe(two);
  expect(asked).toHaveLength(1);
  await service.renew('another');
  expect(asked).toHaveLength(2);
});

it('signing out is a form, not an address with a token in it', () => {
  expect(signing().endSession('the-id-token')).toEqual({
    action: `${issuer}/protocol/openid-connect/logout`,
    fields: {
      id_token_hint: 'the-id-token',
      client_id: 'datenraum-portal',
      post_logout_redirect_uri: 'https://portal.example/signed-out',
    },
  });
});
