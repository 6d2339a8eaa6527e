import { ApprovalReads, ApprovalService, Committee, taskUseCases } from '#lib/approvals';
import { newId, type Problem } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import type { ConditionsInput } from '#lib/requests';
import { Controller, Param } from '@nestjs/common';
import { all, type FormBody, given, one } from '../../../layout/form-body';
import { subjectOf } from '../../../layout/contracts/subject';
import { berlinMidnight } from '../../../layout/format';
import { Download, type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { conditionsOf } from './conditions';
import { TaskPresenter } from './task.presenter';
import { DecisionPage } from './task.view';

const TITLE = 'Aufgabe';

@Controller('tasks/:id')
export class TaskController {
  constructor(
    private readonly presenter: TaskPresenter,
    private readonly reads: ApprovalReads,
    private readonly approvals: ApprovalService,
    private readonly committee: Committee,
  ) {}

  @Screen({ path: '', may: 'request.read', audit: 'none: those who take part read their case', title: TITLE })
  async task(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Action({ path: 'approve', useCase: taskUseCases.approve, title: TITLE })
  approve(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: taskUseCases.approve,
      fields: { 'conditions/*': '$1' },
      more: async () => ({ conditions: await this.conditions(form, id) }),
      done: 'Sie haben zugestimmt',
      run: (by, input) => this.approvals.approve(by, id, input),
    });
  }

  @Action({ path: 'opinion', useCase: taskUseCases.giveOpinion, title: TITLE })
  opinion(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: taskUseCases.giveOpinion,
      fields: { text: 'opinionText' },
      done: 'Ihre Stellungnahme ist abgegeben',
      run: (by, input) => this.approvals.giveOpinion(by, id, input),
    });
  }

  @Action({ path: 'ask', useCase: taskUseCases.ask, title: TITLE })
  ask(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: taskUseCases.ask,
      fields: { text: 'question' },
      done: 'Ihre Rückfrage ist gesendet',
      run: (by, input) => this.approvals.askBack(by, id, input),
    });
  }

  @Action({ path: 'refuse', useCase: taskUseCases.refuse, title: TITLE })
  refuse(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: taskUseCases.refuse,
      fields: { text: 'refusalText' },
      done: 'Der Antrag ist abgelehnt',
      run: (by, input) => this.approvals.refuse(by, id, input),
    });
  }

  @Action({ path: 'contract', useCase: taskUseCases.confirmContract, title: TITLE })
  contract(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: taskUseCases.confirmContract,
      fields: { 'contract/subject/*': '$1', 'contract/*': '$1' },
      more: () => ({ contract: contractOf(form.body) }),
      done: 'Der Vertrag ist bestätigt',
      run: (by, input) => this.approvals.confirmContract(by, id, input),
    });
  }

  @Action({ path: 'evidence', useCase: taskUseCases.confirmEvidence, title: TITLE })
  evidence(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: taskUseCases.confirmEvidence,
      fields: { 'evidence/*': 'evidence_$1' },
      more: () => ({ evidence: evidenceOf(form.body) }),
      done: 'Die Nachweise sind bestätigt',
      run: (by, input) => this.approvals.confirmEvidence(by, id, input),
    });
  }

  @Screen({ path: 'documents/:evidenceId', useCase: taskUseCases.openEvidence, title: 'Nachweis' })
  async document(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('evidenceId') evidenceId: string,
  ): Promise<ScreenResult> {
    return new Download(await this.approvals.openEvidence(actor, id, evidenceId));
  }

  @Action({ path: 'admission', useCase: taskUseCases.admit, title: TITLE })
  admission(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: taskUseCases.admit,
      done: 'Der Abruf ist zugelassen',
      run: (by, input) => this.approvals.admit(by, id, input),
    });
  }

  @Action({ path: 'vote', useCase: taskUseCases.vote, title: TITLE })
  vote(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: taskUseCases.vote,
      fields: { text: 'voteText' },
      done: 'Die Stimme Ihrer Stelle ist abgegeben',
      run: (by, input) => this.committee.vote(by, id, input),
    });
  }

  @Action({ path: 'veto', useCase: taskUseCases.veto, title: TITLE })
  veto(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: taskUseCases.veto,
      fields: { text: 'vetoText' },
      done: 'Ihr Veto ist eingelegt, der Antrag ist abgelehnt',
      run: (by, input) => this.approvals.veto(by, id, input),
    });
  }

  /** One act, then back to the inbox; when it can not be done, the same page with everything filled in. */
  private pageOf({ actor, body }: SubmittedForm, id: string) {
    return { next: '/inbox', again: (problem: Problem) => this.shown(actor, id, { problem, body }) };
  }

  private async shown(actor: Actor, id: string, more: { problem?: Problem; body?: FormBody } = {}): Promise<Page> {
    const model = await this.presenter.task(actor, id);
    return render(
      DecisionPage,
      { ...model, body: {}, once: newId(), ...more },
      {
        title: `Aufgabe zu Antrag ${model.task.requestNumber}`,
        crumbs: [{ text: 'Aufgaben', href: '/inbox' }],
      },
    );
  }

  private async conditions({ actor, body }: SubmittedForm, id: string): Promise<ConditionsInput | undefined> {
    if (one(body, 'step') !== 'narrower') return undefined;
    const { asked, request } = await this.reads.task(actor, id);
    return conditionsOf(body, { ...asked, retentionDays: request.form.retentionDays });
  }
}

/** What was ticked, each with the place that was filled in; what is missing there, the use case says. */
const evidenceOf = (body: FormBody) =>
  all(body, 'seen')
    .map((key) => {
      // a document by its id, its kind beside it; a kind without one by its name
      const kind = one(body, `kind_${key}`);
      return {
        kind: kind || key,
        reference: one(body, `evidence_${key}`).trim(),
        ...(kind && { evidenceId: key }),
      };
    })
    .filter(({ reference }) => reference !== '');

/** Nothing when a valid contract is in the register: then the form does not ask for one. */
const contractOf = (body: FormBody) =>
  given(body, 'kind') && {
    kind: one(body, 'kind'),
    reference: one(body, 'reference'),
    // nothing chosen: the product of the request
    ...(subjectOf(body) && { subject: subjectOf(body) }),
    // both days are included; validity is half-open
    validFrom: berlinMidnight(one(body, 'validFrom')),
    validTo: berlinMidnight(one(body, 'validTo'), 1),
  };
