import { newId, type Problem } from '#lib/kernel';
import { type Actor, type ContractInput, ContractService, contractUseCases, CurrentActor } from '#lib/organisation';
import { Controller, Param } from '@nestjs/common';
import { type FormBody, one } from '../../../layout/form-body';
import { berlinMidnight } from '../../../layout/format';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { Action, Screen } from '../../../layout/screen';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { subjectOf } from '../../../layout/contracts/subject';
import { ContractsPresenter } from './contracts.presenter';
import { ContractsView } from './contracts.view';

const TITLE = 'Vertragsregister';

/** The register of contracts: what is signed between whom, what it is about, and how long it holds. */
@Controller('contracts')
export class ContractsController {
  constructor(
    private readonly presenter: ContractsPresenter,
    private readonly contracts: ContractService,
  ) {}

  @Screen({ path: '', useCase: contractUseCases.list, title: TITLE })
  list(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return this.shown(actor);
  }

  @Action({ path: '', useCase: contractUseCases.register, title: TITLE })
  register(@Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { body } = form;
    const input = {
      unitA: one(body, 'unitA'),
      unitB: one(body, 'unitB'),
      kind: one(body, 'kind'),
      reference: one(body, 'reference'),
      subject: subjectOf(body),
      validFrom: berlinMidnight(one(body, 'validFrom')),
      // the last day counts
      validTo: berlinMidnight(one(body, 'validTo'), 1),
    } as ContractInput;
    return submitForm(form, {
      ...this.pageOf(form),
      fields: { 'subject/*': '$1', subject: 'subjectKind' },
      done: 'Der Vertrag steht im Register',
      run: (by) => this.contracts.registerContract(by, input),
    });
  }

  @Action({ path: ':id/subject', useCase: contractUseCases.complete, title: TITLE })
  complete(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      fields: { 'subject/*': '$1', subject: 'subjectKind' },
      done: 'Der Gegenstand ist nachgetragen',
      run: (by) => this.contracts.completeContract(by, id, { subject: subjectOf(form.body)! }),
    });
  }

  @Action({ path: ':id/end', useCase: contractUseCases.end, title: TITLE })
  end(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Der Vertrag ist beendet',
      run: (by) => this.contracts.endContract(by, id),
    });
  }

  private pageOf({ actor, body }: SubmittedForm) {
    return { next: '/contracts', again: (problem: Problem) => this.shown(actor, { problem, body }) };
  }

  private async shown(actor: Actor, more: { problem?: Problem; body?: FormBody } = {}): Promise<Page> {
    return render(ContractsView, { ...(await this.presenter.list(actor)), once: newId(), body: {}, ...more });
  }
}
