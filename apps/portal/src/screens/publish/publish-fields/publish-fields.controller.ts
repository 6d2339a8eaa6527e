import { ProductService } from '#lib/catalogue';
import { type Problem } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Controller, Param } from '@nestjs/common';
import { type FormBody, revisionOf } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { FIELD_PLACES, fieldsOf } from './field-values';
import { PublishFieldsPresenter } from './publish-fields.presenter';
import { FieldsView } from './publish-fields.view';

const TITLE = 'Felder beschreiben';

@Controller('publish/:id/versions/:versionId/fields')
export class PublishFieldsController {
  constructor(
    private readonly presenter: PublishFieldsPresenter,
    private readonly products: ProductService,
  ) {}

  @Screen({ path: '', may: 'catalogue.read', audit: 'none: metadata only', title: TITLE })
  fields(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('versionId') versionId: string,
  ): Promise<ScreenResult> {
    return this.shown(actor, id, versionId);
  }

  @Action({ path: '', may: 'product.edit', audit: 'product-version.described.v1', title: TITLE })
  describe(
    @Param('id') id: string,
    @Param('versionId') versionId: string,
    @Submitted() form: SubmittedForm,
  ): Promise<ScreenResult> {
    const { actor, body } = form;
    return submitForm(form, {
      fields: FIELD_PLACES,
      run: async (by) => {
        const { version } = await this.presenter.fields(actor, id, versionId);
        return this.products.setFields(by, id, versionId, revisionOf(body), fieldsOf(body, version.fields));
      },
      done: 'Die Felder sind gespeichert',
      next: `/publish/${id}`,
      again: (problem) => this.shown(actor, id, versionId, body, problem),
    });
  }

  private async shown(actor: Actor, id: string, versionId: string, body?: FormBody, problem?: Problem): Promise<Page> {
    const { product, ...model } = await this.presenter.fields(actor, id, versionId);
    const crumbs = [
      { text: 'Eigene Datenprodukte', href: '/publish' },
      { text: product.title, href: `/publish/${id}` },
    ];
    return render(
      FieldsView,
      { id, ...model, revision: product.revision, body, problem },
      { title: `Felder von Datenstand Nr. ${model.version.number}`, crumbs },
    );
  }
}
