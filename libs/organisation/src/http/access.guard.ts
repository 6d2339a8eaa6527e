import { createHash } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Principal } from '#lib/identity';
import { type Acting, anonymousActing, canonicalJson, Problem, RateLimits } from '#lib/kernel';
import { type Actor, permits } from '../actor';
import { organisationProblems as problems } from '../organisation.problems';
import { OrganisationService } from '../organisation.service';
import { ACCESS, type AccessDeclaration } from './access';
import { type ActorCall, AUTHENTICATOR, type Authenticator } from './authenticator';

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const KEY = /^[\w.:-]{8,200}$/;

/**
 * The one guard: no declaration, no access. It reads the actor from the database at every request, because a token
 * says who somebody was when it was issued and not what they may do now.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly organisation: OrganisationService,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    private readonly rates: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const call = context.switchToHttp().getRequest<ActorCall>();
    call.call = { acting: anonymousActing };
    const access = this.reflector.getAllAndOverride<AccessDeclaration | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access) throw problems.access_not_declared();

    const principal = await this.principal(call, access.may === 'public');
    if (!principal) {
      this.rates.unidentified(call);
      if (access.may !== 'public') throw problems.sign_in_required();
      return true;
    }
    // before the database is asked: who floods us is stopped here
    this.rates.identified(call, callerOf(principal));
    const actor = await this.organisation.actorFor(principal).catch((problem: unknown) => {
      // on a public page a person without rights is simply anybody
      if (access.may === 'public' && problem instanceof Problem && problem.status === 403) return null;
      throw problem;
    });
    if (!actor) return true;
    actor.acting = withIdempotency(actor.acting, call);
    call.call = { acting: actor.acting, actor, principal };
    if (access.may !== 'public' && access.may !== 'signed-in' && !permits(actor, access.may)) throw lacking(actor);
    return true;
  }

  private async principal(call: ActorCall, mayBeAnybody: boolean): Promise<Principal | null> {
    try {
      return await this.authenticator.authenticate(call);
    } catch (problem) {
      if (mayBeAnybody && problem instanceof Problem && problem.status === 401) return null;
      throw problem;
    }
  }
}

/** The Revisionsamt hears why: its order is missing, or over. */
const lacking = ({ acting }: Actor): Problem =>
  acting.mandates?.length === 0 ? problems.audit_mandate_missing() : problems.not_permitted();

const callerOf = ({ kind, iss, sub, clientId }: Principal): string =>
  kind === 'client' ? `client ${clientId}` : `person ${iss} ${sub}`;

/** The key counts together with what was asked: another body under the same key is another request. */
function withIdempotency(acting: Acting, call: ActorCall): Acting {
  const key = call.headers['idempotency-key'];
  if (key === undefined || !CHANGES.has(call.method)) return acting;
  if (typeof key !== 'string' || !KEY.test(key)) throw problems.idempotency_key_malformed();
  const fingerprint = createHash('sha256')
    .update(`${call.method}\n${call.url}\n${call.body === undefined ? '' : body(call.body)}`)
    .digest('hex');
  return { ...acting, idempotency: { key, fingerprint } };
}

/** Bodies may hold what canonical JSON refuses (fractions); then their plain text is as good a fingerprint. */
function body(value: unknown): string {
  try {
    return canonicalJson(value);
  } catch {
    return JSON.stringify(value);
  }
}
