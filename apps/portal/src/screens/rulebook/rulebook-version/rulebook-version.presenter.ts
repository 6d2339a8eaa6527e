import { UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import type { Actor } from '#lib/organisation';
import { RulebookReads } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import type { VersionProps } from './rulebook-version.props';

@Injectable()
export class RulebookVersionPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: RulebookReads,
    private readonly laws: LawInForce,
  ) {}

  /** A version and what it changes, of one moment. Throws `ruleset_version_not_found`. */
  version(actor: Actor, id: string): Promise<Pick<VersionProps, 'version' | 'changes'>> {
    return this.uow.read(actor.acting, async (tx) => {
      const roles = await this.laws.roles(tx);
      const version = await this.reads.version(tx, actor, id);
      const comments = version.comments.map((comment) => ({
        ...comment,
        role: roles.has(comment.role) ? roles.role(comment.role).name : comment.role,
      }));
      return { version: { ...version, comments }, changes: await this.reads.changes(tx, id) };
    });
  }
}
