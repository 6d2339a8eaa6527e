import { CatalogueQueries, type Product, ProductService } from '#lib/catalogue';
import { type Problem } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Controller, Param } from '@nestjs/common';
import { type FormBody, revisionOf } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { bodyOf, patchOf } from './card-values';
import { PublishCardPresenter } from './publish-card.presenter';
import { CardView } from './publish-card.view';

const TITLE = 'Beschreibung bearbeiten';
const inWork = ({ state }: Product): boolean => state === 'DRAFT' || state === 'IN_REVIEW';

@Controller('publish/:id/card')
export class PublishCardController {
  constructor(
    private readonly presenter: PublishCardPresenter,
    private readonly catalogue: CatalogueQueries,
    private readonly products: ProductService,
  ) {}

  @Screen({ path: '', may: 'product.edit', audit: 'none: metadata of the own unit', title: TITLE })
  card(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Action({ path: '', may: 'product.edit', audit: 'product.described.v1', title: TITLE })
  describe(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { actor, body } = form;
    return submitForm(form, {
      fields: { 'card/*': '$1' },
      run: async (by) => {
        const product = await this.catalogue.product(actor, id);
        const patch = patchOf(body, product, inWork(product));
        // whoever saved in between changed the revision, and this one is refused
        if (Object.keys(patch).length > 0) await this.products.describe(by, id, revisionOf(body), patch);
      },
      done: 'Die Beschreibung ist gespeichert',
      next: `/publish/${id}`,
      again: (problem) => this.shown(actor, id, body, problem),
    });
  }

  private async shown(actor: Actor, id: string, body?: FormBody, problem?: Problem): Promise<Page> {
    const { product, options, notices } = await this.presenter.card(actor, id);
    const crumbs = [
      { text: 'Eigene Datenprodukte', href: '/publish' },
      { text: product.title, href: `/publish/${id}` },
    ];
    return render(
      CardView,
      {
        id,
        title: product.title,
        revision: product.revision,
        open: inWork(product),
        body: body ?? bodyOf(product),
        options,
        notices,
        problem,
      },
      { crumbs },
    );
  }
}
