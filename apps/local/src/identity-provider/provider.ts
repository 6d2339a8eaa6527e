import './without-runtime-warning';
import { interactionPolicy, Provider, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { audienceOf, clientMetadata } from './clients';
import { escaped, logoutPage, page, PAGE_HEADERS } from './pages';
import type { Realm } from './realm';
import type { Records } from './records';
import type { Secrets } from './secrets';

// One resource stands for "our API" inside oidc-provider, which issues JWT access tokens for resources only.
const RESOURCE = 'urn:datenraum:api';
const PATHS = '/protocol/openid-connect';

/** oidc-provider with Keycloak's paths, claims and lifetimes, fed by the realm file. */
export function makeProvider(issuer: string, realm: Realm, secrets: Secrets, records: Records): Provider {
  const provider = new Provider(issuer, configurationOf(realm, secrets, records));
  provider.on('server_error', (_, err) => console.error('development identity provider:', err));
  provider.use(signOutWithoutQuestion);
  return provider;
}

function configurationOf(realm: Realm, secrets: Secrets, records: Records): Configuration {
  const audiences = new Map(realm.clients.map((client) => [client.clientId, audienceOf(client)]));
  const accounts = new Map(realm.users.filter(({ enabled }) => enabled).map((user) => [user.id, user]));
  const serviceAccounts = new Map(realm.users.map((user) => [user.serviceAccountClientId, user.id]));
  const base = `/realms/${realm.realm}/`;
  const policy = interactionPolicy.base();
  policy.remove('consent'); // nobody is asked for consent: all clients are the city's own
  return {
    adapter: records.adapter(),
    clients: realm.clients.filter(({ enabled }) => enabled).map(clientMetadata),
    jwks: secrets.jwks,
    routes: {
      authorization: `${PATHS}/auth`,
      token: `${PATHS}/token`,
      jwks: `${PATHS}/certs`,
      end_session: `${PATHS}/logout`,
      revocation: `${PATHS}/revoke`,
    },
    scopes: ['openid'],
    responseTypes: ['code'],
    pkce: { required: () => true },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    enabledJWA: {
      idTokenSigningAlgValues: ['RS256'],
      clientAuthSigningAlgValues: ['RS256'],
    },
    conformIdTokenClaims: false,
    findAccount: (_, sub) => {
      const account = accounts.get(sub);
      if (!account) return undefined;
      return { accountId: sub, claims: () => ({ sub, preferred_username: account.username }) };
    },
    interactions: { policy, url: (_, { uid }) => `${base}login/${uid}` },
    cookies: {
      keys: secrets.cookieKeys,
      long: { path: base, httpOnly: true, sameSite: 'lax' },
      short: { path: base, httpOnly: true, sameSite: 'lax' },
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      revocation: { enabled: true },
      clientCredentials: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => sendHtml(ctx, 'Abmelden', logoutPage(form)),
        postLogoutSuccessSource: (ctx) => sendHtml(ctx, 'Abgemeldet', '<p>Sie sind abgemeldet.</p>'),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, __, client) => ({
          scope: '',
          audience: audiences.get(client.clientId) ?? '',
          accessTokenFormat: 'jwt',
          accessTokenTTL: realm.accessTokenLifespan,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    formats: {
      customizers: {
        // what Keycloak writes into an access token, so that a token of either is checked by the same rules
        jwt: (ctx, token, jwt) => {
          const { clientId } = token;
          const { AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc.entities;
          jwt.header = { ...jwt.header, typ: 'JWT' };
          jwt.payload.typ = 'Bearer';
          jwt.payload.azp = clientId;
          if ('accountId' in token) {
            delete jwt.payload.client_id;
            jwt.payload.sid = token.sid ?? token.sessionUid;
            jwt.payload.auth_time = code?.authTime ?? refresh?.authTime;
          } else {
            jwt.payload.sub = serviceAccounts.get(clientId) ?? clientId;
          }
        },
      },
    },
    issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: realm.revokeRefreshToken,
    expiresWithSession: () => true,
    loadExistingGrant: async ({ oidc }) => {
      const { client, session } = oidc;
      if (!client || !session?.accountId) return undefined;
      const known = session.grantIdFor(client.clientId);
      const grant =
        (known ? await oidc.provider.Grant.find(known) : undefined) ??
        new oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
    ttl: {
      AccessToken: realm.accessTokenLifespan,
      ClientCredentials: realm.accessTokenLifespan,
      IdToken: realm.accessTokenLifespan,
      AuthorizationCode: realm.accessCodeLifespan,
      RefreshToken: realm.ssoSessionIdleTimeout,
      Session: realm.ssoSessionMaxLifespan,
      Grant: realm.ssoSessionMaxLifespan,
      Interaction: 600,
    },
    renderError: (ctx, out) =>
      sendHtml(
        ctx,
        'Das hat nicht funktioniert',
        `<p class="error" role="alert">Die Anfrage an den Anmeldedienst ist nicht gültig. Beginnen Sie die Anmeldung im Portal neu.</p>
<p>Technische Angabe: <code>${escaped(out.error)}</code> ${escaped(out.error_description ?? '')}</p>`,
      ),
  };
}

function sendHtml(ctx: KoaContextWithOIDC, title: string, body: string): void {
  ctx.set(PAGE_HEADERS);
  ctx.body = page(title, body);
}

/**
 * Keycloak ends the session at once when the ID token comes along; oidc-provider asks the person once more. So we give
 * the answer ourselves: the confirmation is sent with the cookies of this request, and its redirect becomes our answer.
 */
async function signOutWithoutQuestion(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  if (ctx.oidc?.route !== 'end_session' || !ctx.oidc.entities.IdTokenHint || typeof ctx.body !== 'string') return;
  const xsrf = /name="xsrf" value="(\w+)"/.exec(ctx.body)?.[1];
  if (!xsrf) return;
  const made = [ctx.response.headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split(';', 1)[0] ?? '');
  const names = new Set(made.map((cookie) => cookie.split('=', 1)[0]));
  const sent = (ctx.get('cookie') || '').split(/; */).filter((cookie) => cookie && !names.has(cookie.split('=', 1)[0]));
  const answer = await fetch(ctx.oidc.urlFor('end_session_confirm'), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: [...sent, ...made].join('; ') },
    body: new URLSearchParams({ xsrf, logout: 'yes' }),
  });
  if (answer.status !== 303) return;
  ctx.set('set-cookie', answer.headers.getSetCookie());
  ctx.body = '';
  ctx.status = 303;
  ctx.set('location', answer.headers.get('location') ?? '');
}
