import { type Actor, CurrentActor } from '#lib/organisation';
import { RuleProposals } from '#lib/requests';
import { Controller, Inject, Param } from '@nestjs/common';
import { type Answer, page } from '../../layout/page';
import { Screen } from '../../layout/screen';
import { RuleProposalView } from './view';

@Controller('requests/:id/rule')
export class RuleProposalController {
  constructor(@Inject(RuleProposals) private readonly proposals: RuleProposals) {}

  @Screen({ path: '', may: 'task.decide', audit: 'none: a text made of the own decision', title: 'Als Regel vorschlagen' })
  async proposal(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Answer> {
    const proposal = await this.proposals.propose(actor, id);
    const crumbs = [
      { text: 'Anträge', href: '/requests' },
      { text: 'Antrag', href: `/requests/${id}` },
    ];
    return page(RuleProposalView, { proposal, mayDraft: actor.permissions.has('rulebook.draft') }, { crumbs });
  }
}
