import { newId, type Problem } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { RuleProposals, ruleProposalUseCases } from '#lib/requests';
import { Controller, Param } from '@nestjs/common';
import { type FormBody } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import type { Notice } from '../../../session/session';
import { ProposalsView, RuleProposalView } from './rule-proposal.view';

const TITLE = 'Als Regel vorschlagen';
const LIST = 'Vorschläge für Regeln';
const DRAFTED: Notice = {
  kind: 'success',
  title: 'Der Entwurf ist angelegt',
  text: 'Regel und Fall stehen darin.',
};

const HANDED_OVER: Notice = {
  kind: 'success',
  title: 'Ihr Vorschlag liegt bei der Geschäftsstelle',
  text: 'Hier sehen Sie, was daraus wird.',
};

/** A decided case on its way into the law book: handed over by the owner, taken up or answered by the Geschäftsstelle. */
@Controller()
export class RuleProposalController {
  constructor(private readonly proposals: RuleProposals) {}

  @Screen({
    path: 'requests/:id/rule',
    useCase: ruleProposalUseCases.propose,
    title: TITLE,
  })
  proposal(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Action({ path: 'requests/:id/rule', useCase: ruleProposalUseCases.handOver, title: TITLE })
  handOver(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { actor, body } = form;
    return submitForm(form, {
      useCase: ruleProposalUseCases.handOver,
      run: (by, input) => this.proposals.handOver(by, id, input),
      done: ({ versionId }) => (versionId ? DRAFTED : HANDED_OVER),
      next: ({ versionId }) => (versionId ? `/rulebook/versions/${versionId}` : '/rule-proposals'),
      again: (problem) => this.shown(actor, id, problem, body),
    });
  }

  @Screen({
    path: 'rule-proposals',
    useCase: ruleProposalUseCases.list,
    title: LIST,
  })
  list(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return this.listed(actor);
  }

  @Action({ path: 'rule-proposals/:id/draft', useCase: ruleProposalUseCases.draft, title: LIST })
  draft(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      run: (by) => this.proposals.draft(by, id),
      done: DRAFTED,
      next: ({ versionId }) => `/rulebook/versions/${versionId}`,
      again: (problem) => this.listed(form.actor, problem),
    });
  }

  @Action({ path: 'rule-proposals/:id/refusal', useCase: ruleProposalUseCases.decline, title: LIST })
  decline(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      useCase: ruleProposalUseCases.decline,
      run: (by, input) => this.proposals.decline(by, id, input),
      done: { kind: 'info', title: 'Der Vorschlag ist beantwortet' },
      next: '/rule-proposals',
      again: (problem) => this.listed(form.actor, problem),
    });
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
