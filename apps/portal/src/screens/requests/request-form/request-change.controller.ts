import { type Actor, CurrentActor } from '#lib/organisation';
import { evidenceUseCases, requestProblems, RequestService, requestUseCases, RequestViews } from '#lib/requests';
import { Controller, Param } from '@nestjs/common';
import { type FormBody, one, wholeNumber } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { Upload } from '../../../session/form-guard';
import { EvidenceUpload, type WantsEvidence } from './evidence-upload';
import { RequestFormPresenter } from './request-form.presenter';
import { RequestChangeView, type RequestChangeProps } from './request-change.view';

const TITLE = 'Antrag ändern und antworten';

/** Answering a question with a changed form: the same form as for asking, filled in with what was asked. */
@Controller('requests/:id/change')
export class RequestChangeController {
  constructor(
    private readonly presenter: RequestFormPresenter,
    private readonly requests: RequestService,
    private readonly views: RequestViews,
    private readonly evidence: EvidenceUpload,
  ) {}

  @Screen({ path: '', may: 'request.submit', audit: 'none: the own request, filled in', title: TITLE })
  change(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id, null);
  }

  /** Sends the answer with the form, or shows what it would change: the two buttons of one form. */
  @Action({ path: '', useCase: requestUseCases.answer, title: TITLE })
  send(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { actor, body } = form;
    return submitForm(form, {
      fields: { 'declarations/*': 'declarations-$1', 'form/declarations/*': 'declarations-$1', 'form/*': '$1' },
      run: async (by) => {
        if (one(body, 'step') === 'evidence')
          return this.evidence.page(await this.wantsEvidence(actor, id, body), body, {});
        if (one(body, 'step') === 'back') return this.shown(actor, id, body);
        const request = await this.views.view(actor, id);
        const { productId, consumerUnitId } = request.form;
        const input = await this.presenter.input(actor, productId, body, { requestId: id, consumerUnitId });
        if (one(body, 'step') === 'look')
          return this.shown(actor, id, body, { compared: await this.views.compared(actor, id, input) });
        const revision = wholeNumber(body, 'revision') ?? request.revision;
        return this.requests.answer(by, id, { revision, text: one(body, 'text'), form: input });
      },
      done: ({ decision }) => ({ kind: 'success', title: 'Ihre Antwort ist gesendet', text: decision.summary }),
      next: `/requests/${id}`,
      again: (problem) => this.shown(actor, id, body, { problem, status: problem.status }),
    });
  }

  /** Keeps a document, and shows the form again with it ticked. */
  @Upload()
  @Action({ path: 'evidence', useCase: evidenceUseCases.upload, title: 'Nachweis hochladen' })
  upload(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return this.evidence.receive(
      form,
      (body) => this.shown(form.actor, id, body, { uploaded: true }),
      (body) => this.wantsEvidence(form.actor, id, body),
    );
  }

  private async wantsEvidence(actor: Actor, id: string, body: FormBody): Promise<WantsEvidence> {
    const { model, crumbs } = await this.model(actor, id, body);
    return { action: `/requests/${id}/change`, crumbs, model };
  }

  private async shown(
    actor: Actor,
    id: string,
    body: FormBody | null,
    { status, ...more }: Pick<RequestChangeProps, 'compared' | 'problem' | 'uploaded'> & { status?: number } = {},
  ): Promise<Page> {
    const { model, request, crumbs } = await this.model(actor, id, body);
    return render(RequestChangeView, { model, request, ...more }, { title: TITLE, crumbs, status });
  }

  private async model(actor: Actor, id: string, body: FormBody | null) {
    const request = await this.views.view(actor, id);
    if (!request.may.answer) throw requestProblems.request_state();
    const { form } = request;
    const about = { requestId: id, consumerUnitId: form.consumerUnitId };
    const filled = await this.presenter.filled(actor, form.productId, form, about);
    const model = await this.presenter.form(actor, form.productId, body ?? filled, body ? undefined : form, about);
    const crumbs = [
      { text: 'Anträge', href: '/requests' },
      { text: `Antrag ${request.number}`, href: `/requests/${id}` },
    ];
    return { request, model, crumbs };
  }
}
