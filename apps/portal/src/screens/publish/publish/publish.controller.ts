import {
  LoweringService,
  ProductService,
  type ProductStep,
  productUseCases,
  StatisticsReleaseService,
} from '#lib/catalogue';
import { type Problem } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Controller, Param } from '@nestjs/common';
import { type FormBody, given, one, revisionOf } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { PublishPresenter } from './publish.presenter';
import { NewProductView, WorkplaceView } from './publish.view';
import { WorkView } from './work.view';

const WORK = 'Datenprodukt bearbeiten';
const CRUMBS = [{ text: 'Eigene Datenprodukte', href: '/publish' }];
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
    private readonly presenter: PublishPresenter,
    private readonly catalogue: ProductService,
    private readonly statistics: StatisticsReleaseService,
    private readonly lowerings: LoweringService,
  ) {}

  @Screen({ path: '', may: 'catalogue.read', audit: 'none: metadata of the own unit', title: 'Eigene Datenprodukte' })
  async workplace(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return render(WorkplaceView, await this.presenter.workplace(actor));
  }

  @Screen({ path: 'new', may: 'product.edit', audit: 'none: an empty form', title: 'Neues Datenprodukt' })
  create(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return this.newForm(actor);
  }

  @Action({ path: 'new', useCase: productUseCases.draft, title: 'Neues Datenprodukt' })
  created(@Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { actor, body } = form;
    return submitForm(form, {
      run: (by) => {
        const draft = {
          providerUnitId: one(body, 'providerUnitId'),
          title: one(body, 'title'),
          summary: one(body, 'summary'),
          key: given(body, 'key'),
        };
        return this.catalogue.createDraft(by, draft);
      },
      done: {
        kind: 'success',
        title: 'Der Entwurf ist angelegt',
        text: 'Laden Sie jetzt Daten hoch und füllen Sie die Beschreibung aus.',
      },
      next: ({ productId }) => `/publish/${productId}`,
      again: (problem) => this.newForm(actor, { body, problem }),
    });
  }

  @Screen({ path: ':id', may: 'catalogue.read', audit: 'none: metadata only', title: WORK })
  work(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Action({ path: ':id/steps/submit', useCase: productUseCases.submit, title: WORK })
  submit(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return this.step(form, id, 'submit');
  }

  @Action({ path: ':id/steps/sendBack', useCase: productUseCases.sendBack, title: WORK })
  sendBack(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return this.step(form, id, 'sendBack');
  }

  @Action({ path: ':id/steps/release', useCase: productUseCases.release, title: WORK })
  release(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: productUseCases.release,
      run: (by, { revision, reasons }) => this.catalogue.release(by, id, revision, reasons),
      done: DONE.release,
    });
  }

  @Action({ path: ':id/steps/offer', useCase: productUseCases.offer, title: WORK })
  offer(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return this.step(form, id, 'offer');
  }

  @Action({ path: ':id/steps/revise', useCase: productUseCases.revise, title: WORK })
  revise(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return this.step(form, id, 'revise');
  }

  @Action({ path: ':id/steps/withdraw', useCase: productUseCases.withdraw, title: WORK })
  withdraw(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return this.step(form, id, 'withdraw');
  }

  @Action({
    path: ':id/versions/:versionId/release',
    useCase: productUseCases.releaseVersion,
    title: WORK,
  })
  releaseVersion(
    @Param('id') id: string,
    @Param('versionId') versionId: string,
    @Submitted() form: SubmittedForm,
  ): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      run: (by) => this.catalogue.releaseVersion(by, id, versionId, revisionOf(form.body)),
      done: 'Der Datenstand ist freigegeben',
    });
  }

  @Action({
    path: ':id/versions/:versionId/statistics-release',
    useCase: productUseCases.releaseStatistics,
    title: WORK,
  })
  releaseStatistics(
    @Param('id') id: string,
    @Param('versionId') versionId: string,
    @Submitted() form: SubmittedForm,
  ): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: productUseCases.releaseStatistics,
      run: (by, { kind }) => this.statistics.releaseStatistics(by, id, versionId, kind),
      done: 'Der Datenstand ist von der Statistikstelle freigegeben',
    });
  }

  @Action({
    path: ':id/versions/:versionId/statistics-withdrawal',
    useCase: productUseCases.withdrawStatistics,
    title: WORK,
  })
  withdrawStatistics(
    @Param('id') id: string,
    @Param('versionId') versionId: string,
    @Submitted() form: SubmittedForm,
  ): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: productUseCases.withdrawStatistics,
      run: (by, { kind }) => this.statistics.withdrawStatistics(by, id, versionId, kind),
      done: 'Die Freigabe der Statistikstelle ist zurückgenommen',
    });
  }

  @Action({ path: ':id/opinions/:opinionId', useCase: productUseCases.giveOpinion, title: WORK })
  giveOpinion(
    @Param('id') id: string,
    @Param('opinionId') opinionId: string,
    @Submitted() form: SubmittedForm,
  ): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: productUseCases.giveOpinion,
      run: (by, input) => this.lowerings.advise(by, id, opinionId, input),
      done: 'Ihre Stellungnahme ist gegeben',
    });
  }

  /** One step up or down the ladder; each is an action of its own, with the permission it has everywhere. */
  private step(form: SubmittedForm, id: string, step: ProductStep): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      run: (by) => this.catalogue[step](by, id, revisionOf(form.body)),
      done: DONE[step],
    });
  }

  private pageOf({ actor }: SubmittedForm, id: string) {
    return { next: `/publish/${id}`, again: (problem: Problem) => this.shown(actor, id, problem) };
  }

  private async newForm(actor: Actor, more: { body?: FormBody; problem?: Problem } = {}): Promise<Page> {
    return render(NewProductView, { units: await this.presenter.units(actor), body: {}, ...more }, { crumbs: CRUMBS });
  }

  private async shown(actor: Actor, id: string, problem?: Problem): Promise<Page> {
    const work = await this.presenter.work(actor, id);
    return render(WorkView, { work, problem }, { title: work.title, crumbs: CRUMBS });
  }
}
