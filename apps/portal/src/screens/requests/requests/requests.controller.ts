import { newId } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest } from '#lib/organisation';
import { Explanations, RequestService } from '#lib/requests';
import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import { type FormBody, once, one, wholeNumber } from '../../../layout/form-body';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { ExplanationView } from './explanation';
import { RequestsPresenter } from './requests.presenter';
import { type RequestProps, RequestsView, RequestView } from './requests.view';

const CRUMBS = [{ text: 'Anträge', href: '/requests' }];

@Controller('requests')
export class RequestsController {
  constructor(
    private readonly presenter: RequestsPresenter,
    private readonly requests: RequestService,
    private readonly explanations: Explanations,
  ) {}

  @Screen({ path: '', may: 'request.read', audit: 'none: own requests and requests to the own unit', title: 'Anträge' })
  async list(@CurrentActor() actor: Actor, @Query() query: { side?: string; page?: string }): Promise<ScreenResult> {
    return render(RequestsView, await this.presenter.list(actor, query));
  }

  @Screen({ path: ':id', may: 'request.read', audit: 'none: the two sides read their own record', title: 'Antrag' })
  async request(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Screen({
    path: ':id/explanation',
    may: 'request.read',
    audit: 'none: the two sides read their own record',
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

  @Action({ path: ':id/answer', may: 'request.submit', audit: 'request.answered.v1', title: 'Antwort' })
  async answer(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      await this.requests.answer(once(actor, call.url, body), id, {
        revision: wholeNumber(body, 'revision') ?? 0,
        text: one(body, 'text'),
      });
      notify(call, { kind: 'success', title: 'Ihre Antwort ist gesendet' });
      return redirect(`/requests/${id}`);
    };
    return withFormErrors(call, 'Antrag', work, (problem) =>
      this.shown(actor, id, { problem, answer: one(body, 'text') }),
    );
  }

  @Action({ path: ':id/withdraw', may: 'request.submit', audit: 'request.withdrawn.v1', title: 'Antrag zurückziehen' })
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      await this.requests.withdraw(once(actor, call.url, body), id, { revision: wholeNumber(body, 'revision') ?? 0 });
      notify(call, { kind: 'info', title: 'Der Antrag ist zurückgezogen' });
      return redirect(`/requests/${id}`);
    };
    return withFormErrors(call, 'Antrag', work, (problem) => this.shown(actor, id, { problem }));
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
