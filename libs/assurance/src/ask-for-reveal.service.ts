import { AuditReads } from '#lib/audit';
import { UnitOfWork } from '#lib/kernel';
import type { Actor } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { RevealInput } from './audit-reveal.use-cases';
import { AuditReveals } from './audit-reveals.service';

/** The Revisionsamt asks for the person behind one entry of the log. */
@Injectable()
export class AskForReveal {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly audit: AuditReads,
    private readonly reveals: AuditReveals,
  ) {}

  /**
   * What is out of sight of the mandate can not be asked for either (`entry_not_found`), and the look is on record. Else
   * as `AuditReveals.ask`.
   */
  async ask(actor: Actor, entryId: string, input: RevealInput): Promise<{ revealId: string }> {
    await this.audit.entry(actor.acting, entryId);
    // if we die here a look is on record, as after any look at the log
    return this.uow.run(actor.acting, (tx) => this.reveals.ask(tx, actor, entryId, input));
  }
}
