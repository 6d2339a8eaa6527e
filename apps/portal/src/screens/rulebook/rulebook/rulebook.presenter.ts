import { UnitOfWork } from '#lib/kernel';
import { type Actor, permits } from '#lib/organisation';
import { type RuleUse, RuleUseReads } from '#lib/requests';
import { Proofs, type ProofView, RulebookReads, type VersionLine } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';

type Law = Awaited<ReturnType<RulebookReads['law']>>;

@Injectable()
export class RulebookPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: RulebookReads,
    private readonly use: RuleUseReads,
    private readonly proofs: Proofs,
  ) {}

  overview(actor: Actor): Promise<{ law: Law; versions: VersionLine[]; proof: ProofView }> {
    return this.uow.read(actor.acting, async (tx) => {
      const law = await this.reads.law(tx, null);
      return {
        law,
        versions: await this.reads.versions(tx),
        proof: await this.proofs.view(tx, actor, law.version.id),
      };
    });
  }

  /** The law with what a rule of it decided; `use` is null for those who read no requests. */
  withUse(actor: Actor, version: string | null, rule: string): Promise<{ law: Law; use: RuleUse | null }> {
    return this.uow.read(actor.acting, async (tx) => ({
      law: await this.reads.law(tx, version),
      use: permits(actor, 'request.read') ? await this.use.of(tx, rule) : null,
    }));
  }
}
