import { type Principal, SignIn } from '#lib/identity';
import { Problem } from '#lib/kernel';
import type { Authenticator, HttpRequest } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import { signedInSession } from './signed-in-session';
import { ABSOLUTE_MS, sessionOf, type SignedInSession } from './session';

/** An access token this close to its end is renewed before it is relied on. */
const RENEW_MS = 30_000;
/** How exactly the last use is kept: not every request should write. */
const SEEN_MS = 60_000;

/** Finds out who uses this browser: by the session, never by a header. */
@Injectable()
export class SessionAuthenticator implements Authenticator {
  constructor(private readonly signIn: SignIn) {}

  async authenticate(request: HttpRequest): Promise<Principal | null> {
    const session = sessionOf(request);
    if (!session?.signedIn) return null;
    const now = Date.now();
    if (now - Date.parse(session.signedIn.startedAt) > ABSOLUTE_MS) {
      await session.destroy();
      return null;
    }
    if (Date.parse(session.signedIn.expiresAt) - now < RENEW_MS) {
      const renewed = await this.renewed(session.signedIn, now);
      if (!renewed) {
        // the provider ended the session: a person without a valid token is not signed in
        await session.destroy();
        return null;
      }
      session.signedIn = renewed;
    }
    if (now - Date.parse(session.signedIn.seenAt) > SEEN_MS)
      session.signedIn = { ...session.signedIn, seenAt: new Date(now).toISOString() };
    return principalOf(session.signedIn);
  }

  /** Null when the provider refuses. While it is down, a session goes on until its access token ends. */
  private async renewed(old: SignedInSession, now: number): Promise<SignedInSession | null> {
    try {
      const next = signedInSession(await this.signIn.renew(old.refreshToken), old.startedAt);
      // new tokens for somebody else are not a renewal
      return next.principal.sub === old.principal.sub && next.principal.iss === old.principal.iss ? next : null;
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 401) return null;
      if (problem instanceof Problem && problem.status === 503 && Date.parse(old.expiresAt) > now) return old;
      throw problem;
    }
  }
}

function principalOf({ principal, expiresAt }: SignedInSession): Principal {
  const { authTime, ...rest } = principal;
  return { ...rest, expiresAt: new Date(expiresAt), ...(authTime ? { authTime: new Date(authTime) } : {}) };
}
