import { timingSafeEqual } from 'node:crypto';
import { CONFIG, type Config } from '#lib/kernel';
import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { HttpRequest } from '#lib/organisation';
import { sessionOf } from './session';
import { portalProblems } from './session.problems';

export const CSRF_FIELD = '_csrf';
const WITHOUT_BROWSER = 'portal:without-browser';
const UPLOAD = 'portal:upload';

/** A route that no browser calls and that proves its caller by other means. */
export const WithoutBrowser = () => SetMetadata(WITHOUT_BROWSER, true);
/** A route that reads a multipart body; it checks the token itself, with the first part (`readUpload`). */
export const Upload = () => SetMetadata(UPLOAD, true);

/**
 * Lets a change pass only when it comes from one of our own forms: the browser says it is from this origin, and the
 * form carries the token of this session. Either alone would do; together one mistake does not open the door.
 */
@Injectable()
export class FormGuard implements CanActivate {
  private readonly origin: string;

  constructor(
    private readonly reflector: Reflector,
    @Inject(CONFIG) config: Config,
  ) {
    this.origin = new URL(config.portal.url).origin;
  }

  canActivate(context: ExecutionContext): boolean {
    const call = context.switchToHttp().getRequest<HttpRequest>();
    if (call.method === 'GET' || call.method === 'HEAD') return true;
    if (this.reflector.get<boolean | undefined>(WITHOUT_BROWSER, context.getHandler())) return true;
    const { origin, 'sec-fetch-site': site } = call.headers;
    // every browser sends Origin with a POST; one that does not is not one we can check
    if (origin !== this.origin || (site !== undefined && site !== 'same-origin')) throw portalProblems.form_not_ours();
    const type = (call.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
    if (type === 'multipart/form-data' && this.reflector.get<boolean | undefined>(UPLOAD, context.getHandler()))
      return true;
    if (type !== 'application/x-www-form-urlencoded') throw portalProblems.form_not_ours();
    requireToken(call, (call.body as Record<string, unknown> | undefined)?.[CSRF_FIELD]);
    return true;
  }
}

/** Throws `form_not_ours` unless the value is the token of this session. */
export function requireToken(call: HttpRequest, given: unknown): void {
  const expected = sessionOf(call)?.csrf;
  if (!expected || typeof given !== 'string') throw portalProblems.form_not_ours();
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) throw portalProblems.form_not_ours();
}
