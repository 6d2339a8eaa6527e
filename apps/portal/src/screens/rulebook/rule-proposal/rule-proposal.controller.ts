import { newId, type Problem } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest } from '#lib/organisation';
import { RuleProposals } from '#lib/requests';
import { Body, Controller, Param, Req } from '@nestjs/common';
import { type FormBody, once, one } from '../../../layout/form-body';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { ProposalsView, RuleProposalView } from './rule-proposal.view';

const TITLE = 'Als Regel vorschlagen';
const LIST = 'Vorschläge für Regeln';

/** A decided case on its way into the law book: handed over by the owner, taken up or answered by the Geschäftsstelle. */
@Controller()
export class RuleProposalController {
  constructor(private readonly proposals: RuleProposals) {}

  @Screen({
    path: 'requests/:id/rule',
    may: 'task.decide',
    audit: 'none: a text made of the own decision',
    title: TITLE,
  })
  proposal(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Action({ path: 'requests/:id/rule', may: 'task.decide', audit: 'rule.proposed.v1', title: TITLE })
  handOver(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      const { versionId } = await this.proposals.handOver(once(actor, call.url, body), id, {
        because: one(body, 'because'),
        source: one(body, 'source'),
      });
      if (versionId) {
        notify(call, { kind: 'success', title: 'Der Entwurf ist angelegt', text: 'Regel und Fall stehen darin.' });
        return redirect(`/rulebook/versions/${versionId}`);
      }
      notify(call, {
        kind: 'success',
        title: 'Ihr Vorschlag liegt bei der Geschäftsstelle',
        text: 'Hier sehen Sie, was daraus wird.',
      });
      return redirect('/rule-proposals');
    };
    return withFormErrors(call, TITLE, work, (problem) => this.shown(actor, id, problem, body));
  }

  @Screen({
    path: 'rule-proposals',
    may: 'request.read',
    audit: 'none: proposals of the own office; for the Geschäftsstelle all',
    title: LIST,
  })
  list(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return this.listed(actor);
  }

  @Action({ path: 'rule-proposals/:id/draft', may: 'rulebook.draft', audit: 'rule.drafted.v1', title: LIST })
  draft(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      const { versionId } = await this.proposals.draft(once(actor, call.url, body), id);
      notify(call, { kind: 'success', title: 'Der Entwurf ist angelegt', text: 'Regel und Fall stehen darin.' });
      return redirect(`/rulebook/versions/${versionId}`);
    };
    return withFormErrors(call, LIST, work, (problem) => this.listed(actor, problem));
  }

  @Action({ path: 'rule-proposals/:id/refusal', may: 'rulebook.draft', audit: 'rule.declined.v1', title: LIST })
  decline(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      await this.proposals.decline(once(actor, call.url, body), id, { answer: one(body, 'answer') });
      notify(call, { kind: 'info', title: 'Der Vorschlag ist beantwortet' });
      return redirect('/rule-proposals');
    };
    return withFormErrors(call, LIST, work, (problem) => this.listed(actor, problem));
  }

  private async shown(actor: Actor, id: string, problem?: Problem, body: FormBody = {}): Promise<Page> {
    const proposal = await this.proposals.propose(actor, id);
    const crumbs = [
      { text: 'Anträge', href: '/requests' },
      { text: 'Antrag', href: `/requests/${id}` },
    ];
    return render(
      RuleProposalView,
      { id, proposal, mayDraft: actor.permissions.has('rulebook.draft'), problem, body, once: newId() },
      { crumbs },
    );
  }

  private async listed(actor: Actor, problem?: Problem): Promise<Page> {
    return render(
      ProposalsView,
      { proposals: await this.proposals.list(actor), problem, once: newId() },
      { crumbs: [{ text: 'Anträge', href: '/requests' }] },
    );
  }
}
