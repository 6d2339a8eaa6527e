import * as oidc from 'openid-client';
import { problems } from './identity.problems';
import type { Principal } from './principal';
import type { TokenVerifier } from './token-verifier.service';

/** Paths of the portal that the identity provider knows: registered there exactly, so they are fixed here. */
export const CALLBACK_PATH = '/sign-in/callback';
export const SIGNED_OUT_PATH = '/signed-out';
export const BACK_CHANNEL_LOGOUT_PATH = '/sign-in/back-channel-logout';

export interface SignInSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** public address of the portal, from the configuration and never from a Host header */
  portalUrl: string;
  production: boolean;
  timeoutSeconds?: number;
}

/** What `begin` hands out and `finish` needs again; the portal keeps it in the session of this browser, used once. */
export interface SavedSignIn {
  state: string;
  nonce: string;
  verifier: string;
}

export interface SignedIn {
  principal: Principal;
  accessToken: string;
  refreshToken: string;
  idToken: string;
  /** when the access token ends and `renew` is due */
  expiresAt: Date;
}

const METADATA_MS = 3_600_000;
const RENEWAL_MS = 10_000;

/** Signs people in at the portal: authorization code flow with PKCE (S256), state, nonce and the issuer in the answer. */
export class SignIn {
  private readonly redirectUri: string;
  private metadata: { config: Promise<oidc.Configuration>; until: number } | null = null;
  private readonly renewals = new Map<string, Promise<SignedIn>>();

  constructor(
    private readonly settings: SignInSettings,
    private readonly tokens: TokenVerifier,
  ) {
    this.redirectUri = portalAddress(settings.portalUrl, CALLBACK_PATH);
  }

  /**
   * @returns the address to send the browser to, and what to keep for `finish`
   * @throws Problem `identity_unavailable` (503)
   */
  async begin(): Promise<SavedSignIn & { url: string }> {
    const config = await this.discover();
    const saved = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: this.redirectUri,
      response_type: 'code',
      scope: 'openid',
      state: saved.state,
      nonce: saved.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(saved.verifier),
      code_challenge_method: 'S256',
    });
    return { ...saved, url: url.href };
  }

  /**
   * @param callbackUrl the address the browser came back to; only its query is read
   * @throws Problem `sign_in_failed` (400) for whatever is wrong with the answer or the code, `identity_unavailable`
   */
  async finish(callbackUrl: string, saved: SavedSignIn): Promise<SignedIn> {
    const config = await this.discover();
    try {
      const answer = new URL(this.redirectUri);
      answer.search = new URL(callbackUrl, this.redirectUri).search;
      // openid-client demands `iss` only where the metadata promise it; both our providers send it, so we always do
      if (answer.searchParams.get('iss') !== this.settings.issuer) throw new Error('the answer names another issuer');
      const granted = await oidc.authorizationCodeGrant(config, answer, {
        expectedState: saved.state,
        expectedNonce: saved.nonce,
        pkceCodeVerifier: saved.verifier,
        idTokenExpected: true,
      });
      return await this.signedIn(granted);
    } catch (err) {
      throw asProblem(err, problems.sign_in_failed);
    }
  }

  /**
   * New tokens for a session that goes on. A refresh token is used once; requests of one browser that renew at the
   * same moment share one renewal.
   * @throws Problem `sign_in_expired` (401) when the provider ended the session, `identity_unavailable` (503: the
   *   session may go on until its access token ends)
   */
  async renew(refreshToken: string): Promise<SignedIn> {
    let renewal = this.renewals.get(refreshToken);
    if (!renewal) {
      renewal = this.renewOnce(refreshToken);
      this.renewals.set(refreshToken, renewal);
      const forget = (): boolean => this.renewals.delete(refreshToken);
      renewal.then(() => setTimeout(forget, RENEWAL_MS).unref(), forget);
    }
    return renewal;
  }

  /**
   * Form fields that end the session at the provider. They are posted by the browser: an ID token does not belong into
   * an address line. The provider then sends the browser to SIGNED_OUT_PATH.
   */
  endSession(idToken: string): { action: string; fields: Record<string, string> } {
    return {
      action: `${this.settings.issuer}/protocol/openid-connect/logout`,
      fields: {
        id_token_hint: idToken,
        client_id: this.settings.clientId,
        post_logout_redirect_uri: portalAddress(this.settings.portalUrl, SIGNED_OUT_PATH),
      },
    };
  }

  private async renewOnce(refreshToken: string): Promise<SignedIn> {
    const config = await this.discover();
    try {
      return await this.signedIn(await oidc.refreshTokenGrant(config, refreshToken));
    } catch (err) {
      throw asProblem(err, problems.sign_in_expired);
    }
  }

  private async signedIn(granted: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers): Promise<SignedIn> {
    const { access_token: accessToken, refresh_token: refreshToken, id_token: idToken } = granted;
    if (!refreshToken || !idToken) throw new Error('the provider sent no refresh token or no ID token');
    // the portal trusts an access token no more than the API does
    const principal = await this.tokens.verify(accessToken);
    if (principal.kind !== 'person' || principal.clientId !== this.settings.clientId) {
      throw new Error('the access token is not of a person at this portal');
    }
    if (granted.claims()?.sub !== principal.sub) throw new Error('access token and ID token name different subjects');
    return { principal, accessToken, refreshToken, idToken, expiresAt: principal.expiresAt };
  }

  private discover(): Promise<oidc.Configuration> {
    const { metadata } = this;
    if (metadata && metadata.until > Date.now()) return metadata.config;
    const config = this.fetchMetadata();
    this.metadata = { config, until: Date.now() + METADATA_MS };
    // a failure is forgotten at once: the next person to sign in asks again
    config.catch(() => (this.metadata = null));
    return config;
  }

  private async fetchMetadata(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret, production, timeoutSeconds } = this.settings;
    const server = new URL(issuer);
    const loopback = !production && ['127.0.0.1', '[::1]', 'localhost'].includes(server.hostname);
    try {
      return await oidc.discovery(
        server,
        clientId,
        { id_token_signed_response_alg: 'RS256', [oidc.clockTolerance]: 30 },
        oidc.ClientSecretBasic(clientSecret),
        {
          timeout: timeoutSeconds ?? 5,
          [oidc.customFetch]: fetchOrDown,
          // the signature of the ID token is checked although it comes straight from the provider
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that nobody uses it unawares: loopback in development only
          execute: [oidc.enableNonRepudiationChecks, ...(loopback ? [oidc.allowInsecureRequests] : [])],
        },
      );
    } catch (cause) {
      throw problems.identity_unavailable({ cause });
    }
  }
}

class ProviderDown extends Error {}

async function fetchOrDown(url: string, options: oidc.CustomFetchOptions): Promise<Response> {
  const init: RequestInit = { method: options.method, headers: options.headers, redirect: options.redirect };
  if (options.body !== undefined) init.body = options.body;
  if (options.signal) init.signal = options.signal;
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw new ProviderDown('no answer', { cause });
  });
  if (response.status >= 500) throw new ProviderDown(`the provider answered ${response.status}`);
  return response;
}

function asProblem(err: unknown, otherwise: (details: { cause: unknown }) => Error): Error {
  for (let cause = err; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ProviderDown) return problems.identity_unavailable({ cause: err });
    if ('code' in cause && cause.code === 'identity_unavailable') return cause;
  }
  return otherwise({ cause: err });
}

function portalAddress(portalUrl: string, path: string): string {
  return portalUrl.replace(/\/+$/, '') + path;
}
