import { Injectable } from '@nestjs/common';
import { type Principal, TokenVerifier } from '#lib/identity';
import type { Authenticator, HttpRequest } from '#lib/organisation';

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/** Who asks is in the access token; what they may do is asked of the database by the guard. */
@Injectable()
export class BearerAuthenticator implements Authenticator {
  constructor(private readonly tokens: TokenVerifier) {}

  async authenticate({ headers: { authorization } }: HttpRequest): Promise<Principal | null> {
    if (authorization === undefined) return null;
    return this.tokens.verify(BEARER.exec(authorization)?.[1] ?? '');
  }
}
