import { newId } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Explanations, RequestService, requestUseCases } from '#lib/requests';
import { Controller, Param, Query } from '@nestjs/common';
import { one } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { ExplanationView } from './explanation';
import { RequestsPresenter } from './requests.presenter';
import { type RequestProps, RequestView } from './requests.view';
import { RequestsView } from './requests-list.view';

const CRUMBS = [{ text: 'Anträge', href: '/requests' }];

@Controller('requests')
export class RequestsController {
  constructor(
    private readonly presenter: RequestsPresenter,
    private readonly requests: RequestService,
    private readonly explanations: Explanations,
  ) {}

  @Screen({ path: '', useCase: requestUseCases.list, title: 'Anträge' })
  async list(@CurrentActor() actor: Actor, @Query() query: { side?: string; page?: string }): Promise<ScreenResult> {
    return render(RequestsView, await this.presenter.list(actor, query));
  }

  @Screen({ path: ':id', useCase: requestUseCases.view, title: 'Antrag' })
  async request(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Screen({
    path: ':id/explanation',
    useCase: requestUseCases.explain,
    title: 'Erklärung der Entscheidung',
  })
  async explanation(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query('decision') decision?: string,
  ): Promise<ScreenResult> {
    const explained = await this.explanations.of(actor, id, decision || undefined);
    const crumbs = [...CRUMBS, { text: `Antrag ${explained.number}`, href: `/requests/${id}` }];
    return render(ExplanationView, explained, { crumbs });
  }

  @Action({ path: ':id/answer', useCase: requestUseCases.answer, title: 'Antwort' })
  answer(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const text = one(form.body, 'text');
    return submitForm(form, {
      useCase: requestUseCases.answer,
      run: (by, input) => this.requests.answer(by, id, input),
      done: 'Ihre Antwort ist gesendet',
      next: `/requests/${id}`,
      again: (problem) => this.shown(form.actor, id, { problem, answer: text }),
    });
  }

  @Action({ path: ':id/withdraw', useCase: requestUseCases.withdraw, title: 'Antrag zurückziehen' })
  withdraw(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      useCase: requestUseCases.withdraw,
      run: (by, input) => this.requests.withdraw(by, id, input),
      done: { kind: 'info', title: 'Der Antrag ist zurückgezogen' },
      next: `/requests/${id}`,
      again: (problem) => this.shown(form.actor, id, { problem }),
    });
  }

  private async shown(actor: Actor, id: string, more: Pick<RequestProps, 'problem' | 'answer'> = {}): Promise<Page> {
    const model = await this.presenter.request(actor, id);
    return render(
      RequestView,
      { model: { ...model, once: newId() }, ...more },
      { title: `Antrag ${model.request.number}`, crumbs: CRUMBS },
    );
  }
}
