import { newId, type Problem } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { RuleProposals } from '#lib/requests';
import { Controller, Param } from '@nestjs/common';
import { type FormBody, one } from '../../../layout/form-body';
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
    may: 'task.decide',
    audit: 'none: a text made of the own decision',
    title: TITLE,
  })
  proposal(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Action({ path: 'requests/:id/rule', may: 'task.decide', audit: 'rule.proposed.v1', title: TITLE })
  handOver(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { actor, body } = form;
    return submitForm(form, {
      run: (by) => this.proposals.handOver(by, id, { because: one(body, 'because'), source: one(body, 'source') }),
      done: ({ versionId }) => (versionId ? DRAFTED : HANDED_OVER),
      next: ({ versionId }) => (versionId ? `/rulebook/versions/${versionId}` : '/rule-proposals'),
      again: (problem) => this.shown(actor, id, problem, body),
    });
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
  draft(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      run: (by) => this.proposals.draft(by, id),
      done: DRAFTED,
      next: ({ versionId }) => `/rulebook/versions/${versionId}`,
      again: (problem) => this.listed(form.actor, problem),
    });
  }

  @Action({ path: 'rule-proposals/:id/refusal', may: 'rulebook.draft', audit: 'rule.declined.v1', title: LIST })
  decline(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      run: (by) => this.proposals.decline(by, id, { answer: one(form.body, 'answer') }),
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
