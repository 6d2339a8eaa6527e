import './without-runtime-warning';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Provider } from 'oidc-provider';
import { errors } from 'oidc-provider';
import { loginPage, sendPage } from './pages';
import { makeProvider } from './provider';
import { readRealm, type Realm } from './realm';
import { Records } from './records';
import { readSecrets } from './secrets';

export interface IdentityProviderOptions {
  /** a Keycloak realm file; the same that real Keycloak imports */
  realmFile: string;
  /** 0 takes a free port */
  port: number;
  /** values for `${NAME}` in the realm file, not escaped */
  placeholders: Readonly<Record<string, string>>;
  /** folder for keys and sessions, so that people stay signed in over a restart; without it everything is forgotten */
  stateDir?: string;
  host?: string;
}

export interface RunningIdentityProvider {
  issuer: string;
  close(): Promise<void>;
}

const LARGEST_FORM = 10_240;

/**
 * Starts an identity provider for this machine only, at Keycloak's paths. Its passwords are printed for everybody, so
 * it refuses to run in production and on any address but loopback.
 * @throws Error with one sentence that says why it does not start
 */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<RunningIdentityProvider> {
  const { host = '127.0.0.1', port } = options;
  if (process.env.NODE_ENV === 'production' || process.env.DATENRAUM_ENV === 'production') {
    throw new Error(
      'the development identity provider does not run in production: use Keycloak with the same realm file',
    );
  }
  if (host !== '127.0.0.1')
    throw new Error(`the development identity provider listens on 127.0.0.1 only, not on \`${host}\``);
  const realm = readRealm(options.realmFile, options.placeholders);
  const secrets = readSecrets(options.stateDir);
  const records = new Records(options.stateDir);

  let answer = (_: IncomingMessage, response: ServerResponse): void => void response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response));
  server.keepAliveTimeout = 65_000; // longer than clients keep a connection: else one is closed just as it is used again
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const issuer = `${origin}/realms/${realm.realm}`;
  try {
    answer = router(makeProvider(issuer, realm, secrets, records), realm, new URL(origin).host);
  } catch (err) {
    server.close();
    throw err;
  }
  return {
    issuer,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      records.flush();
    },
  };
}

function router(provider: Provider, realm: Realm, host: string): typeof answer {
  const base = `/realms/${realm.realm}`;
  const oidc = provider.callback();
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = request.url ?? '/';
    // addresses in the metadata follow the Host header: a foreign name that leads here must not get an answer
    if (request.headers.host !== host)
      return sendPage(response, 421, 'Falsche Adresse', `<p>Benutzen Sie die Adresse ${host}.</p>`);
    if (!url.startsWith(`${base}/`))
      return sendPage(response, 404, 'Nicht gefunden', '<p>Diese Seite gibt es nicht.</p>');
    if (url.startsWith(`${base}/login/`)) {
      void login(provider, realm, request, response).catch((err: unknown) => failed(response, err));
      return;
    }
    const pass = (): void => {
      Object.assign(request, { originalUrl: request.url }); // oidc-provider finds its mount path by it
      request.url = (request.url ?? '').slice(base.length);
      void oidc(request, response);
    };
    if (request.method === 'POST' && url === `${base}/protocol/openid-connect/logout`) {
      void postedLogout(request).then(pass, (err: unknown) => failed(response, err));
    } else {
      pass();
    }
  };
  return answer;
}

/**
 * oidc-provider takes a posted logout only with cookies that browsers refuse without TLS. Inside this process we make
 * an ordinary request of it; in the browser's address line the ID token never was.
 */
async function postedLogout(request: IncomingMessage): Promise<void> {
  const form = await readForm(request);
  request.method = 'GET';
  request.url = `${request.url ?? ''}?${form}`;
}

async function login(
  provider: Provider,
  realm: Realm,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionDetails(request, response); // throws when this browser did not begin a sign-in
  const action = request.url ?? '';
  if (request.method !== 'POST') return sendPage(response, 200, 'Anmelden', loginPage(action, null));
  const form = await readForm(request);
  const username = (form.get('username') ?? '').trim();
  const password = form.get('password') ?? '';
  const user = realm.users.find((one) => one.enabled && one.username === username.toLowerCase());
  const matches = user?.credentials.some(({ value }) => value === password) ?? false;
  if (!user || !matches) return sendPage(response, 401, 'Anmelden', loginPage(action, username));
  await provider.interactionFinished(request, response, { login: { accountId: user.id } });
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const part of request) {
    text += String(part);
    if (text.length > LARGEST_FORM) throw new Error('the form is too large');
  }
  return new URLSearchParams(text);
}

function failed(response: ServerResponse, err: unknown): void {
  if (!(err instanceof errors.SessionNotFound)) console.error('development identity provider:', err);
  if (response.headersSent) return void response.end();
  sendPage(
    response,
    400,
    'Anmeldung abgelaufen',
    '<p class="error" role="alert">Bitte beginnen Sie die Anmeldung im Portal neu.</p>',
  );
}
