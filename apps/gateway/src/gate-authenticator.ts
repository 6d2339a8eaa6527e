import { Injectable } from '@nestjs/common';
import { TicketHolders } from '#lib/exchange';
import { type Principal, TokenVerifier } from '#lib/identity';
import { kernelProblems } from '#lib/kernel';
import type { Authenticator, HttpRequest } from '#lib/organisation';

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/** A bearer token, or a ticket in the address; never both, or it would be unclear who is recorded. */
@Injectable()
export class GateAuthenticator implements Authenticator {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly tickets: TicketHolders,
  ) {}

  async authenticate(request: HttpRequest): Promise<Principal | null> {
    const { authorization } = request.headers;
    const { ticket } = request.query as Record<string, unknown>;
    if (ticket !== undefined) {
      if (authorization !== undefined || typeof ticket !== 'string') {
        throw kernelProblems.request_malformed({ detail: 'Abrufschein und Zugangstoken schließen einander aus.' });
      }
      return this.tickets.principal(ticket);
    }
    if (authorization === undefined) return null;
    return this.tokens.verify(BEARER.exec(authorization)?.[1] ?? '');
  }
}
