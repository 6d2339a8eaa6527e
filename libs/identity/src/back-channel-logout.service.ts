import { jwtVerify } from 'jose';
import { z } from 'zod';
import { problems } from './identity.problems';
import type { SigningKeys } from './signing-keys.service';

/** Which sessions to end: one session of the provider, or all of an account when there is no session id. */
export interface LoggedOut {
  sub?: string;
  sessionId?: string;
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const LONGEST_AGE_SECONDS = 120;
const LARGEST_TOKEN = 8_192;

const claimsOf = z
  .object({
    jti: z.string().min(1).max(255),
    sub: z.string().min(1).max(255).optional(),
    sid: z.string().min(1).max(255).optional(),
    events: z.looseObject({ [EVENT]: z.looseObject({}) }),
    nonce: z.undefined().optional(),
  })
  .refine((claims) => claims.sub !== undefined || claims.sid !== undefined);

/** Reads the message by which the identity provider says that a session has ended (OpenID Connect Back-Channel Logout 1.0). */
export class BackChannelLogout {
  // Ending a session twice harms nobody, so it is enough that each process remembers for itself. A token is too old
  // long before its id is forgotten.
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly settings: { issuer: string; clientId: string },
    private readonly keys: SigningKeys,
  ) {}

  /** @throws Problem `logout_token_invalid` (400, also for a repeated message), `identity_unavailable` (503) */
  async read(logoutToken: string): Promise<LoggedOut> {
    if (logoutToken.length > LARGEST_TOKEN) throw problems.logout_token_invalid();
    let down: unknown;
    try {
      const { payload } = await jwtVerify(
        logoutToken,
        async ({ kid }) => {
          const key = await this.keys.find(kid ?? '').catch((err: unknown) => (down = err) && undefined);
          if (!key) throw new Error('no such key');
          return key;
        },
        {
          issuer: this.settings.issuer,
          audience: this.settings.clientId,
          algorithms: ['RS256'],
          typ: 'logout+jwt',
          requiredClaims: ['iat', 'exp', 'jti'],
          maxTokenAge: LONGEST_AGE_SECONDS,
          clockTolerance: 30,
        },
      );
      const claims = claimsOf.parse(payload);
      this.useOnce(claims.jti);
      return {
        ...(claims.sub === undefined ? {} : { sub: claims.sub }),
        ...(claims.sid === undefined ? {} : { sessionId: claims.sid }),
      };
    } catch (cause) {
      if (down) throw down;
      throw problems.logout_token_invalid({ cause });
    }
  }

  private useOnce(jti: string): void {
    const now = Date.now();
    for (const [id, until] of this.seen) {
      if (until > now) break; // in order of arrival, all kept for the same time
      this.seen.delete(id);
    }
    if (this.seen.has(jti)) throw new Error('this message was read before');
    this.seen.set(jti, now + 2 * LONGEST_AGE_SECONDS * 1000);
  }
}
