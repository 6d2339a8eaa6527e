import { UnitOfWork } from '#lib/kernel';
import { type Actor, organisationProblems, UnitChangeEffect, UnitChanges } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import { UnitChangePreviews } from './unit-change-preview.reads';

/** Confirms a change of the organisation with everything in view that the stages know of it. */
@Injectable()
export class ConfirmUnitChange {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly changes: UnitChanges,
    private readonly effect: UnitChangeEffect,
    private readonly previews: UnitChangePreviews,
  ) {}

  /**
   * The second person's word. Throws `unit_change_obstacles` with every obstacle in `because`; what comes up between this
   * look and the commit is refused by triggers. Else as `UnitChanges.confirm`.
   */
  async confirm(actor: Actor, changeId: string): Promise<{ effectiveAt: string }> {
    const { obstacles } = await this.previews.of(actor, changeId);
    if (obstacles.length > 0) {
      throw organisationProblems.unit_change_obstacles({
        because: obstacles.slice(0, 50).map(({ text, clearedBy }) => `${text} ${clearedBy}`),
      });
    }
    const confirmed = await this.uow.run(actor.acting, (tx) => this.changes.confirm(tx, actor, changeId));
    // if we die here the units are shut until the schedule comes by, some seconds later
    await this.effect.due(this.uow);
    return confirmed;
  }
}
