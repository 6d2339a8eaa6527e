import { EmergencyReads } from '#lib/agreements';
import { ApprovalReads, NoticeReads } from '#lib/approvals';
import { LoweringService, ReleaseQueries } from '#lib/catalogue';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Handovers } from '#lib/requests';
import { Controller } from '@nestjs/common';
import { type ScreenResult, render } from '../../../layout/page';
import { Screen } from '../../../layout/screen';
import { InboxView } from './inbox.view';

@Controller()
export class InboxController {
  constructor(
    private readonly approvals: ApprovalReads,
    private readonly notices: NoticeReads,
    private readonly emergencies: EmergencyReads,
    private readonly handovers: Handovers,
    private readonly lowerings: LoweringService,
    private readonly releases: ReleaseQueries,
  ) {}

  @Screen({ path: 'inbox', may: 'task.decide', audit: 'none: own open tasks', title: 'Aufgaben' })
  async inbox(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    const notices = this.notices.isFor(actor) ? await this.notices.notices(actor) : null;
    const resting = await this.handovers.resting(actor);
    return render(InboxView, {
      tasks: await this.approvals.inbox(actor),
      notices,
      resting,
      releases: await this.releases.waiting(actor, actor),
      opinions: await this.lowerings.waiting(actor, actor),
      emergencies: await this.emergencies.notices(actor),
    });
  }
}
