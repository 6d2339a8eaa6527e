import { kernelProblems, parse, type Problem } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { EvidenceFiles, evidenceUseCases, lostWith, partialForm, RequestService, requestUseCases } from '#lib/requests';
import { Body, Controller, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { all, type FormBody, given, one, ONCE_FIELD } from '../../../layout/form-body';
import { fragment, type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { readUpload } from '../../../layout/upload';
import { Upload } from '../../../session/form-guard';
import { EvidenceUploadView } from './evidence-upload.view';
import { partialOf } from '../../../layout/requests/form-values';
import { RequestFormPresenter } from './request-form.presenter';
import { PreCheck, RequestFormView, type RequestFormViewProps } from './request-form.view';

const TITLE = 'Zugang beantragen';

@Controller('products/:id/request')
export class RequestFormController {
  constructor(
    private readonly presenter: RequestFormPresenter,
    private readonly requests: RequestService,
    private readonly files: EvidenceFiles,
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
        if (one(body, 'step') === 'evidence') return this.uploadPage(actor, id, body, {});
        if (one(body, 'step') === 'back') return this.shown(actor, id, body);
        if (one(body, 'apply')) return this.changed(actor, id, body, input);
        if (one(body, 'step') === 'check')
          return this.shown(actor, id, body, { decision: await this.requests.check(actor, partialOf(input)) });
        return this.requests.submit(by, input);
      },
      done: ({ number, decision, overlaps }) => ({
        kind: 'success',
        title: `Antrag ${number} ist eingegangen`,
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
    const { actor, call } = form;
    const said: Record<string, string> = {};
    return submitForm(form, {
      run: (by) =>
        readUpload(
          call,
          async (file, fields) => {
            const body = formIn(fields);
            const evidence = await this.files.upload(by, describedIn(fields), file);
            const evidenceFiles = [...all(body, 'evidenceFiles'), evidence.id];
            return this.shown(actor, id, { ...body, evidenceFiles }, { uploaded: true });
          },
          said,
        ),
      next: `/products/${id}/request`,
      again: (problem) => this.uploadPage(actor, id, formIn(said), said, problem),
    });
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

  private async uploadPage(actor: Actor, id: string, form: FormBody, body: FormBody, problem?: Problem): Promise<Page> {
    const { productTitle, choices } = await this.presenter.form(actor, id, form);
    const crumbs = [
      { text: 'Datenkatalog', href: '/catalogue' },
      { text: productTitle, href: `/products/${id}` },
    ];
    const { documentKinds: kinds = [], ownUnits: units = [] } = choices.options;
    const { _csrf, [ONCE_FIELD]: _once, step: _step, ...said } = form;
    const props = { productId: id, productTitle, kinds, units, body, form: said, scans: this.files.scans, problem };
    return render(EvidenceUploadView, props, { title: 'Nachweis hochladen', crumbs, status: problem?.status });
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
    const crumbs = [
      { text: 'Datenkatalog', href: '/catalogue' },
      { text: model.productTitle, href: `/products/${id}` },
    ];
    return render(RequestFormView, { model, ...more }, { crumbs, status: more.status, scripts: ['pre-check.js'] });
  }
}

/** Choices of coarser forms as they came are not carried on: the changed form says which still hold. */
const withoutLines = (body: FormBody): FormBody =>
  Object.fromEntries(
    Object.keys(body)
      .filter((name) => /^(?:coarser|rows|attachments|onwardUnitIds)-|^declarations-/.test(name))
      .map((name) => [name, '']),
  );

/** The form that went along, as it was filled in; anything else is an empty one. */
function formIn({ form }: FormBody): FormBody {
  try {
    return formBody.parse(JSON.parse(typeof form === 'string' ? form : '{}'));
  } catch {
    return {};
  }
}
const formBody = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

const describedIn = (fields: FormBody) => ({
  ...{ unitId: one(fields, 'unitId'), kind: one(fields, 'kind'), title: one(fields, 'title') },
  ...{ reference: one(fields, 'reference'), issuer: one(fields, 'issuer') },
  ...{ validFrom: given(fields, 'validFrom') ?? null, validUntil: given(fields, 'validUntil') ?? null },
});

/** What the button says; anything else the use case refuses. */
function changesOf(text: string): Parameters<RequestService['applied']>[2] {
  try {
    return JSON.parse(text) as ReturnType<typeof changesOf>;
  } catch {
    return [];
  }
}
