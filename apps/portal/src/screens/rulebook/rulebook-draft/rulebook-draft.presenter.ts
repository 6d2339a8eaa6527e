import { UnitOfWork } from '#lib/kernel';
import type { Actor } from '#lib/organisation';
import type { SourceText } from '#lib/law';
import { RulebookReads, type VersionView } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';

export interface DraftText {
  sources: SourceText[];
  /** null before the draft is first saved: its text is the law in force */
  draft: VersionView | null;
}

@Injectable()
export class RulebookDraftPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: RulebookReads,
  ) {}

  /** What somebody goes on writing: the draft, or the law in force without one. Throws `ruleset_version_not_found`. */
  text(actor: Actor, draftId: string | null): Promise<DraftText> {
    return this.uow.read(actor.acting, async (tx) => {
      if (draftId)
        return { sources: await this.reads.sources(tx, draftId), draft: await this.reads.version(tx, actor, draftId) };
      const inForce = (await this.reads.versions(tx)).find(({ state }) => state === 'IN_FORCE');
      return { sources: await this.reads.sources(tx, inForce!.id), draft: null };
    });
  }
}
