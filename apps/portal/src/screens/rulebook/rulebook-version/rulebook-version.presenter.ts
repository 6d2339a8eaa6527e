import { UnitOfWork } from '#lib/kernel';
import type { Actor } from '#lib/organisation';
import { RulebookReads } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import type { VersionProps } from './rulebook-version.props';

@Injectable()
export class RulebookVersionPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: RulebookReads,
  ) {}

  /** A version and what it changes, of one moment. Throws `ruleset_version_not_found`. */
  version(actor: Actor, id: string): Promise<Pick<VersionProps, 'version' | 'changes'>> {
    return this.uow.read(actor.acting, async (tx) => ({
      version: await this.reads.version(tx, actor, id),
      changes: await this.reads.changes(tx, id),
    }));
  }
}
