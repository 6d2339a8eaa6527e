import type { SignedIn } from '#lib/identity';
import type { SignedInSession } from './session';

/** What the session keeps of a sign-in or a renewal. */
export function signedInSession(
  { principal, accessToken, refreshToken, idToken, expiresAt }: SignedIn,
  startedAt?: string,
): SignedInSession {
  const { iss, sub, clientId, kind, sessionId, authTime } = principal;
  const now = new Date().toISOString();
  return {
    principal: {
      iss,
      sub,
      clientId,
      kind,
      ...(sessionId ? { sessionId } : {}),
      ...(authTime ? { authTime: authTime.toISOString() } : {}),
    },
    accessToken,
    refreshToken,
    idToken,
    expiresAt: expiresAt.toISOString(),
    startedAt: startedAt ?? now,
    seenAt: now,
  };
}
