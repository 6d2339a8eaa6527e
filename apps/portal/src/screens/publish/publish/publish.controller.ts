import { CatalogueService, type ProductStep } from '#lib/catalogue';
import { kernelProblems, type Problem, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest } from '#lib/organisation';
import { Body, Controller, Param, Req } from '@nestjs/common';
import { type FormBody, given, once, one, wholeNumber } from '../../../layout/form-body';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { PublishPresenter } from './publish.presenter';
import { NewProductView, WorkplaceView, WorkView } from './publish.view';

const CRUMBS = [{ text: 'Eigene Datenprodukte', href: '/publish' }];
const STEPS: readonly ProductStep[] = ['submit', 'sendBack', 'release', 'offer', 'revise', 'withdraw'];
const DONE: Record<ProductStep, string> = {
  submit: 'Das Datenprodukt liegt jetzt bei der Datenverantwortung',
  sendBack: 'Das Datenprodukt ist zurückgegeben',
  release: 'Das Datenprodukt ist intern sichtbar',
  offer: 'Das Datenprodukt kann jetzt beantragt werden',
  revise: 'Das Datenprodukt ist in Überarbeitung',
  withdraw: 'Das Datenprodukt ist zurückgezogen',
};

@Controller('publish')
export class PublishController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly presenter: PublishPresenter,
    private readonly catalogue: CatalogueService,
  ) {}

  @Screen({ path: '', may: 'catalogue.read', audit: 'none: metadata of the own unit', title: 'Eigene Datenprodukte' })
  async workplace(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return render(WorkplaceView, await this.presenter.workplace(actor));
  }

  @Screen({ path: 'new', may: 'product.edit', audit: 'none: an empty form', title: 'Neues Datenprodukt' })
  create(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return this.newForm(actor);
  }

  @Action({ path: 'new', may: 'product.edit', audit: 'product.drafted.v1', title: 'Neues Datenprodukt' })
  created(@CurrentActor() actor: Actor, @Body() body: FormBody, @Req() call: HttpRequest): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      const by = once(actor, call.url, body);
      const draft = {
        providerUnitId: one(body, 'providerUnitId'),
        title: one(body, 'title'),
        summary: one(body, 'summary'),
        key: given(body, 'key'),
      };
      const { productId } = await this.uow.run(by.acting, (tx) => this.catalogue.createDraft(tx, by, draft));
      notify(call, {
        kind: 'success',
        title: 'Der Entwurf ist angelegt',
        text: 'Laden Sie jetzt Daten hoch und füllen Sie die Beschreibung aus.',
      });
      return redirect(`/publish/${productId}`);
    };
    return withFormErrors(call, 'Neues Datenprodukt', work, (problem) => this.newForm(actor, { body, problem }));
  }

  @Screen({ path: ':id', may: 'catalogue.read', audit: 'none: metadata only', title: 'Datenprodukt bearbeiten' })
  work(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  /** One step up or down the ladder. */
  @Action({
    path: ':id/steps',
    may: 'catalogue.read',
    audit:
      'product.submitted.v1, product.sent-back.v1, product.released.v1, product.offered.v1, product.revised.v1, product.withdrawn.v1',
    title: 'Datenprodukt bearbeiten',
  })
  step(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      const step = STEPS.find((name) => name === one(body, 'step'));
      if (!step) throw kernelProblems.request_malformed();
      await this.uow.run(actor.acting, (tx) => this.catalogue[step](tx, actor, id, wholeNumber(body, 'revision') ?? 0));
      notify(call, { kind: 'success', title: DONE[step] });
      return redirect(`/publish/${id}`);
    };
    return withFormErrors(call, 'Datenprodukt bearbeiten', work, (problem) => this.shown(actor, id, problem));
  }

  @Action({
    path: ':id/versions/:versionId/release',
    may: 'product.release',
    audit: 'product-version.released.v1',
    title: 'Datenprodukt bearbeiten',
  })
  releaseVersion(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('versionId') versionId: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      await this.uow.run(actor.acting, (tx) =>
        this.catalogue.releaseVersion(tx, actor, versionId, wholeNumber(body, 'revision') ?? 0),
      );
      notify(call, { kind: 'success', title: 'Der Datenstand ist freigegeben' });
      return redirect(`/publish/${id}`);
    };
    return withFormErrors(call, 'Datenprodukt bearbeiten', work, (problem) => this.shown(actor, id, problem));
  }

  private async newForm(actor: Actor, more: { body?: FormBody; problem?: Problem } = {}): Promise<Page> {
    return render(NewProductView, { units: await this.presenter.units(actor), body: {}, ...more }, { crumbs: CRUMBS });
  }

  private async shown(actor: Actor, id: string, problem?: Problem): Promise<Page> {
    const work = await this.presenter.work(actor, id);
    return render(WorkView, { work, problem }, { title: work.title, crumbs: CRUMBS });
  }
}
