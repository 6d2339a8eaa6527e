import { SetMetadata } from '@nestjs/common';
import type { UseCase } from '#lib/kernel';
import type { Permission } from '#lib/policy';

/** What a route asks of the caller: one permission, a role of whatever kind ('signed-in'), or nothing ('public'). */
export type May = Permission | 'signed-in' | 'public';

/** A use case a route can offer: the compiler knows its permission. */
export type PermittedUseCase = UseCase<May>;

/** What a route says about itself, so that the route file is the access matrix. */
export interface AccessDeclaration {
  may: May;
  /** the event this route leaves behind, or 'none: <reason>' */
  audit: string;
  /** title of the page (portal) */
  title?: string;
}

export const ACCESS = 'datenraum:access';

/** Declares permission and audit event of a route. A route without it answers 403 `access_not_declared`. */
export const Access = (declaration: AccessDeclaration) => SetMetadata(ACCESS, declaration);
