import { AuditReads } from '#lib/audit';
import { UnitOfWork } from '#lib/kernel';
import type { Actor } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { RevealInput } from './audit-reveal.use-cases';
import type { RevealLine } from './audit-reveal.view';
import { AuditReveals } from './audit-reveals';

/** What controllers call of `AuditReveals`, each in a transaction of its own. */
@Injectable()
export class AuditRevealService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditReads,
    private readonly reveals: AuditReveals,
  ) {}

  list(actor: Actor): Promise<RevealLine[]> {
    return this.uow.read(actor.acting, (tx) => this.reveals.list(tx, actor));
  }

  /** What is out of sight of the mandate can not be asked for either (`audit_entry_not_found`). Else as `AuditReveals.ask`. */
  async ask(actor: Actor, entryId: string, input: RevealInput): Promise<{ revealId: string }> {
    await this.audit.entry(actor.acting, entryId);
    // if we die here a look at the entry is on record, as after any other
    return this.uow.run(actor.acting, (tx) => this.reveals.ask(tx, actor, entryId, input));
  }

  answer(actor: Actor, id: string, consent: boolean): Promise<void> {
    return this.uow.run(actor.acting, (tx) => this.reveals.answer(tx, actor, id, consent));
  }

  /** Asked again it is another look and another event: an Idempotency-Key is not honoured, for it would keep the name. */
  person(actor: Actor, id: string): Promise<{ personName: string }> {
    return this.uow.run({ ...actor.acting, idempotency: undefined }, (tx) => this.reveals.person(tx, actor, id));
  }
}
