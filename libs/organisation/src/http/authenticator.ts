import type { Principal } from '#lib/identity';
import type { Call, CallContext } from '#lib/kernel';
import type { Actor } from '../actor';

/** What the guard leaves on a call for handlers and for the filter that records refused attempts. */
export type ActorCall = Call & { call?: CallContext & { actor?: Actor; principal?: Principal } };
export type HttpRequest = Call;

/**
 * How an app finds out who calls: a bearer token in api and gateway, a session in the portal. Gives null when nobody
 * claims to be anybody; throws a Problem when the claim does not hold.
 */
export interface Authenticator {
  authenticate(request: HttpRequest): Promise<Principal | null>;
}

/** Nest token; every app provides one. */
export const AUTHENTICATOR = Symbol('authenticator');
