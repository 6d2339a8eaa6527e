import { kernelProblems, parse, type Problem } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { evidenceUseCases, lostWith, partialForm, RequestService, requestUseCases } from '#lib/requests';
import { Body, Controller, Param, Query } from '@nestjs/common';
import { type FormBody, one } from '../../../layout/form-body';
import { fragment, type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { Upload } from '../../../session/form-guard';
import { EvidenceUpload, type WantsEvidence } from './evidence-upload';
import { partialOf } from '../../../layout/requests/form-values';
import { type RequestFormModel, RequestFormPresenter } from './request-form.presenter';
import { PreCheck, RequestFormView, type RequestFormViewProps } from './request-form.view';

const TITLE = 'Zugang beantragen';

@Controller('products/:id/request')
export class RequestFormController {
  constructor(
    private readonly presenter: RequestFormPresenter,
    private readonly requests: RequestService,
    private readonly evidence: EvidenceUpload,
  ) {}

  @Screen({ path: '', may: 'request.submit', audit: 'none: an empty form', title: TITLE })
  async form(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query('copy') copy?: string,
  ): Promise<ScreenResult> {
    if (!copy) return this.shown(actor, id, null);
    const from = parse(partialForm, await this.requests.copy(actor, copy));
    // the days of before are over or used: they are asked anew
    return this.shown(actor, id, await this.presenter.filled(actor, id, from), { from, anew: ['from'] });
  }

  /** Puts the request on record, or shows what would be decided: the two buttons of one form. */
  @Action({ path: '', may: 'request.submit', audit: 'request.submitted.v1, request.checked.v1', title: TITLE })
  send(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { actor, body } = form;
    return submitForm(form, {
      // each question is a field of its own on the page
      fields: { 'declarations/*': 'declarations-$1' },
      run: async (by) => {
        const input = await this.presenter.input(actor, id, body);
        if (one(body, 'step') === 'evidence')
          return this.evidence.page(await this.wantsEvidence(actor, id, body), body, {});
        if (one(body, 'step') === 'back') return this.shown(actor, id, body);
        if (one(body, 'apply')) return this.changed(actor, id, body, input);
        if (one(body, 'step') === 'check')
          return this.shown(actor, id, body, { decision: await this.requests.check(actor, partialOf(input)) });
        return this.requests.submit(by, input);
      },
      done: ({ number, decision, overlaps }) => ({
        // a refusal is no success, though it is on record
        kind: decision.outcome === 'FORBID' ? 'warning' : 'success',
        title: `Antrag ${number} ist ${decision.outcome === 'FORBID' ? 'abgelehnt' : 'eingegangen'}`,
        text:
          overlaps.length > 0
            ? `${decision.summary} Für denselben Zweck gibt es schon: ${overlaps.map((one) => `Antrag ${one.number} (${one.stateName})`).join(', ')}.`
            : decision.summary,
      }),
      next: (receipt) => `/requests/${receipt.id}`,
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

  /** The pre-check for the script beside the form. What is not filled in yet is no fault here. */
  @Action({ path: 'check', useCase: requestUseCases.check, title: 'Vorprüfung' })
  async check(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: FormBody): Promise<ScreenResult> {
    const input = await this.presenter.input(actor, id, body);
    try {
      return fragment(PreCheck, { decision: await this.requests.check(actor, partialOf(input)), faults: [] });
    } catch (thrown) {
      const problem = thrown as Problem;
      if (problem.code !== kernelProblems.validation_failed().code) throw thrown;
      return fragment(PreCheck, { decision: null, faults: problem.errors ?? [] });
    }
  }

  /** One click on an alternative: the form with the change made, of the other product if it leads there, and what it means now. */
  private async changed(
    actor: Actor,
    id: string,
    body: FormBody,
    input: Awaited<ReturnType<RequestFormPresenter['input']>>,
  ): Promise<Page> {
    const form = await this.requests.applied(actor, partialOf(input), changesOf(one(body, 'apply')));
    const { productId } = form;
    const filled = await this.presenter.filled(actor, productId, form);
    const decision = await this.requests.check(actor, form);
    return this.shown(
      actor,
      productId,
      { ...(productId === id ? body : {}), ...withoutLines(body), ...filled },
      { decision, applied: true, from: form, anew: lostWith(partialOf(input), form) },
    );
  }

  private async wantsEvidence(actor: Actor, id: string, form: FormBody): Promise<WantsEvidence> {
    const model = await this.presenter.form(actor, id, form);
    return { action: `/products/${id}/request`, crumbs: crumbsOf(id, model), model };
  }

  private async shown(
    actor: Actor,
    id: string,
    body: FormBody | null,
    {
      from,
      anew,
      ...more
    }: Pick<RequestFormViewProps, 'decision' | 'problem' | 'applied' | 'uploaded'> & {
      status?: number;
      from?: object;
      anew?: readonly string[];
    } = {},
  ): Promise<Page> {
    const model = await this.presenter.form(actor, id, body, from, undefined, anew);
    const crumbs = crumbsOf(id, model);
    return render(
      RequestFormView,
      { model, ...more },
      { title: TITLE, crumbs, status: more.status, scripts: ['pre-check.js'] },
    );
  }
}

/** Choices of coarser forms as they came are not carried on: the changed form says which still hold. */
const withoutLines = (body: FormBody): FormBody =>
  Object.fromEntries(
    Object.keys(body)
      .filter((name) => /^(?:coarser|rows|attachments|onwardUnitIds)-|^declarations-/.test(name))
      .map((name) => [name, '']),
  );

const crumbsOf = (id: string, { productTitle }: RequestFormModel) => [
  { text: 'Datenkatalog', href: '/catalogue' },
  { text: productTitle, href: `/products/${id}` },
];

/** What the button says; anything else the use case refuses. */
function changesOf(text: string): Parameters<RequestService['applied']>[2] {
  try {
    return JSON.parse(text) as ReturnType<typeof changesOf>;
  } catch {
    return [];
  }
}
