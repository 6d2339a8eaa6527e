import { randomBytes } from 'node:crypto';
import type { SavedSignIn } from '#lib/identity';
import type { HttpRequest } from '#lib/organisation';

/** Who is signed in, as JSON: times are ISO strings. */
export interface SignedInSession {
  principal: {
    iss: string;
    sub: string;
    clientId: string;
    kind: 'person' | 'client';
    sessionId?: string;
    authTime?: string;
  };
  accessToken: string;
  refreshToken: string;
  idToken: string;
  /** end of the access token */
  expiresAt: string;
  startedAt: string;
  seenAt: string;
}

/** Something to say once. */
export interface Notice {
  kind: 'success' | 'info' | 'warning';
  title: string;
  text?: string;
}

/** What the portal remembers of a browser. */
export interface SessionData {
  /** anti-forgery token of all forms of this session */
  csrf?: string;
  /** a sign-in on its way: used once, together with the page to go to afterwards */
  signIn?: SavedSignIn & { returnTo: string };
  signedIn?: SignedInSession;
  /** shown once on the next page */
  notice?: Notice;
}

declare module 'fastify' {
  // the library keeps what we set as own properties of the session
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging is the only way to type it
  interface Session extends SessionData {}
}

/** No use for this long ends a session. */
export const IDLE_MS = 30 * 60_000;
/** A working day; then people sign in again, however busy they were. */
export const ABSOLUTE_MS = 10 * 3_600_000;

/**
 * When this session ends if nothing is done from now on, never later than the store ends it (it counts from the last
 * write, which is at least as late as `seenAt`). `final`: nothing prolongs it any more.
 */
export function sessionEnd({ signedIn }: SessionData): { at: Date; final: boolean } | null {
  if (!signedIn) return null;
  const [idle, absolute] = [Date.parse(signedIn.seenAt) + IDLE_MS, Date.parse(signedIn.startedAt) + ABSOLUTE_MS];
  return { at: new Date(Math.min(idle, absolute)), final: absolute <= idle };
}

export type PortalCall = HttpRequest & { session: SessionData & LibrarySession };
interface LibrarySession {
  regenerate(): Promise<void>;
  destroy(): Promise<void>;
  save(): Promise<void>;
}

/** The session of a call; null when it was just destroyed. */
export const sessionOf = (call: HttpRequest): (SessionData & LibrarySession) | null =>
  (call as Partial<PortalCall>).session ?? null;

/** The anti-forgery token of this session, made when first needed. */
export function csrfToken(session: SessionData): string {
  session.csrf ??= randomBytes(32).toString('base64url');
  return session.csrf;
}

/** Something to say on the next page. */
export function notify(call: HttpRequest, notice: Notice): void {
  const session = sessionOf(call);
  if (session) session.notice = notice;
}
