import { createHash, type KeyObject } from 'node:crypto';
import GrantManager from 'keycloak-connect/middleware/auth-utils/grant-manager';
import { z } from 'zod';
import { problems } from './identity.problems';
import type { Principal } from './principal';
import type { SigningKeys } from './signing-keys.service';

export interface TokenVerifierSettings {
  issuer: string;
  audience: string;
  allowedClients: readonly string[];
}

const LARGEST_TOKEN = 8_192;
const SKEW_SECONDS = 30;
const REMEMBERED_MS = 30_000;
const MOST_REMEMBERED = 10_000;

// Only these fields of a header are ever read: an embedded `jwk`, `jku`, `x5u` or `x5c` chooses nothing.
const headerOf = z.object({
  alg: z.literal('RS256'),
  typ: z.enum(['JWT', 'at+jwt']).optional(),
  kid: z.string().min(1).max(255),
  crit: z.undefined().optional(),
});

const seconds = z.number().min(0).max(8.64e12);
const claimsOf = z.object({
  sub: z.string().min(1).max(255),
  azp: z.string(),
  exp: seconds,
  iat: seconds,
  nbf: seconds.optional(),
  sid: z.string().min(1).max(255).optional(),
  client_id: z.string().optional(),
  auth_time: seconds.optional(),
});
type Claims = z.infer<typeof claimsOf>;

/**
 * Turns an access token into a Principal, or refuses it.
 *
 * keycloak-connect's GrantManager checks signature, issuer, audience, expiry and kind of token. What it leaves out
 * is checked here: presence of `exp` and `sub`, `nbf` and `iat`, `azp`, the algorithm, the size, and the keys' age.
 */
export class TokenVerifier {
  private readonly remembered = new Map<string, { principal: Principal; until: number; edition: number }>();

  constructor(
    private readonly settings: TokenVerifierSettings,
    private readonly keys: SigningKeys,
  ) {}

  /**
   * @param bearer the access token, or the whole value of an `Authorization` header
   * @returns who is asking; never longer valid than `expiresAt`
   * @throws Problem `token_missing` (401), `token_invalid` (401, whatever the reason; the reason is in `cause`),
   *   `identity_unavailable` (503, the keys are too old and the provider does not answer)
   */
  async verify(bearer: string | undefined): Promise<Principal> {
    const token = (bearer ?? '').replace(/^bearer +/i, '');
    if (token === '') throw problems.token_missing();
    if (token.length > LARGEST_TOKEN) throw refused('longer than any token we issue');

    const digest = createHash('sha256').update(token).digest('base64');
    const known = this.recall(digest);
    if (known) return known;

    const { kid, claims } = readToken(token);
    this.checkLeftOut(claims);
    const edition = await this.checkGrant(token, kid);
    const principal = principalOf(this.settings.issuer, claims);
    this.remember(digest, principal, edition);
    return principal;
  }

  private checkLeftOut(claims: Claims): void {
    const now = Date.now() / 1000;
    if (claims.iat > now + SKEW_SECONDS) throw refused('issued in the future');
    if (claims.nbf !== undefined && claims.nbf > now + SKEW_SECONDS) throw refused('not valid yet');
    if (!this.settings.allowedClients.includes(claims.azp)) throw refused('issued to a client that is not allowed');
  }

  /** @returns the edition of the key set that vouched for the token */
  private async checkGrant(token: string, kid: string): Promise<number> {
    const { issuer, audience } = this.settings;
    const manager = new GrantManager({
      realmUrl: issuer,
      clientId: audience,
      bearerOnly: true, // never renews, never reads an ID token
      verifyTokenAudience: true,
    });
    // The manager asks for a key only after its own checks, so a foreign token causes no request. It wraps every
    // error into a new one: ours is kept aside, or a provider that is down would look like a wrong token.
    let failure: unknown;
    let edition = -1;
    manager.rotation = {
      getJWK: async (): Promise<KeyObject> => {
        edition = this.keys.edition; // before, not after: then a set that arrives meanwhile only costs the memory
        try {
          const key = await this.keys.find(kid);
          if (key) return key;
        } catch (err) {
          failure = err;
        }
        throw new Error('no such key');
      },
    };
    try {
      await manager.createGrant({ access_token: token });
    } catch (cause) {
      if (failure) throw failure;
      throw problems.token_invalid({ cause });
    }
    return edition;
  }

  private recall(digest: string): Principal | undefined {
    const entry = this.remembered.get(digest);
    if (!entry) return undefined;
    if (entry.until > Date.now() && entry.edition === this.keys.edition && this.keys.usable) return entry.principal;
    this.remembered.delete(digest);
    return undefined;
  }

  private remember(digest: string, principal: Principal, edition: number): void {
    if (this.remembered.size >= MOST_REMEMBERED) {
      const oldest = this.remembered.keys().next().value;
      if (oldest !== undefined) this.remembered.delete(oldest);
    }
    const until = Math.min(principal.expiresAt.getTime(), Date.now() + REMEMBERED_MS);
    this.remembered.set(digest, { principal, until, edition });
  }
}

function readToken(token: string): { kid: string; claims: Claims } {
  const parts = /^([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(token);
  if (!parts) throw refused('not a signed token in compact form');
  try {
    const header = headerOf.parse(json(parts[1] ?? ''));
    return { kid: header.kid, claims: claimsOf.parse(json(parts[2] ?? '')) };
  } catch (cause) {
    throw problems.token_invalid({ cause });
  }
}

function json(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
}

/**
 * A person's token carries the session at the provider; a machine's carries its own client id and no session.
 * A token that is neither is refused, so that a change of the realm can not turn one into the other unnoticed.
 */
function principalOf(iss: string, claims: Claims): Principal {
  const base = { iss, sub: claims.sub, clientId: claims.azp, expiresAt: new Date(claims.exp * 1000) };
  if (claims.sid !== undefined) {
    const authTime = claims.auth_time === undefined ? {} : { authTime: new Date(claims.auth_time * 1000) };
    return Object.freeze({ ...base, kind: 'person' as const, sessionId: claims.sid, ...authTime });
  }
  if (claims.client_id === claims.azp) return Object.freeze({ ...base, kind: 'client' as const });
  throw refused('neither of a person nor of a machine');
}

function refused(reason: string): Error {
  return problems.token_invalid({ cause: new Error(reason) });
}
