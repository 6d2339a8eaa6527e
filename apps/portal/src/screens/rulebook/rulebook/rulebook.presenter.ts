import { UnitOfWork } from '#lib/kernel';
import { type Actor, permits } from '#lib/organisation';
import { type RuleUse, RuleUseReads } from '#lib/requests';
import { RulebookReads, type VersionLine } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';

type Law = Awaited<ReturnType<RulebookReads['law']>>;

@Injectable()
export class RulebookPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: RulebookReads,
    private readonly use: RuleUseReads,
  ) {}

  overview(actor: Actor): Promise<{ law: Law; versions: VersionLine[] }> {
    return this.uow.read(actor.acting, async (tx) => ({
      law: await this.reads.law(tx, null),
      versions: await this.reads.versions(tx),
    }));
  }

  /** The law with what a rule of it decided; `use` is null for those who read no requests. */
  withUse(actor: Actor, version: string | null, rule: string): Promise<{ law: Law; use: RuleUse | null }> {
    return this.uow.read(actor.acting, async (tx) => ({
      law: await this.reads.law(tx, version),
      use: permits(actor, 'request.read') ? await this.use.of(tx, rule) : null,
    }));
  }
}
