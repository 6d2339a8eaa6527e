import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Actor } from '../actor';
import { organisationProblems } from '../organisation.problems';
import type { ActorCall } from './authenticator';

const actorOf = (context: ExecutionContext): Actor | null =>
  context.switchToHttp().getRequest<ActorCall>().call?.actor ?? null;

/** The actor of this request. On a public route without one: `sign_in_required`. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const actor = actorOf(context);
  if (!actor) throw organisationProblems.sign_in_required();
  return actor;
});

/** The actor of this request, or null on a public route that nobody signed in to. */
export const AnyActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor | null => actorOf(context));
