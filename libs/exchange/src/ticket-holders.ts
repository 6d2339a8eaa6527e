import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#lib/identity';
import { CONFIG, type Config, systemActing, UnitOfWork } from '#lib/kernel';
import { Account } from '#lib/organisation';
import { exchangeProblems } from './exchange.problems';
import { TicketRepository } from './ticket.repository';

/** Whom a ticket names: the gateway's guard reads their rights anew, as for a bearer token. */
@Injectable()
export class TicketHolders {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tickets: TicketRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Uses nothing up: a used or expired ticket still names its holder, and the delivery then says what is wrong with it. */
  async principal(token: string): Promise<Principal> {
    const { issuer: iss } = this.config.oidc;
    return this.uow.run(systemActing('gateway'), async (tx) => {
      const holder = await this.tickets.holder(tx, token);
      const account = holder && (await tx.em.findOneBy(Account, { iss, personId: holder.personId }));
      if (!account) throw exchangeProblems.ticket_unknown();
      return {
        iss,
        sub: account.sub,
        clientId: this.config.portal.clientId,
        kind: 'person',
        expiresAt: new Date(tx.now.getTime() + 1000),
      };
    });
  }
}
