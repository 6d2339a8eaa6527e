import { CatalogueReads, CatalogueService, type Product, type ProductVersion } from '#lib/catalogue';
import { type Problem, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { FIELD_CLASS } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { Controller, Param } from '@nestjs/common';
import { type FormBody, revisionOf } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { FIELD_PLACES, fieldsOf } from './field-values';
import { FieldsView } from './publish-fields.view';

const TITLE = 'Felder beschreiben';

@Controller('publish/:id/versions/:versionId/fields')
export class PublishFieldsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: CatalogueReads,
    private readonly catalogue: CatalogueService,
    private readonly rulebook: Rulebook,
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
      run: (by) =>
        this.uow.run(by.acting, async (tx) => {
          const { version } = await this.found(tx, id, versionId);
          await this.catalogue.setFields(tx, by, id, versionId, revisionOf(body), fieldsOf(body, version.fields));
        }),
      done: 'Die Felder sind gespeichert',
      next: `/publish/${id}`,
      again: (problem) => this.shown(actor, id, versionId, body, problem),
    });
  }

  private async found(tx: Tx, id: string, versionId: string): Promise<{ product: Product; version: ProductVersion }> {
    const product = await this.reads.product(tx, id);
    return { product, version: await this.reads.version(tx, versionId) };
  }

  private shown(actor: Actor, id: string, versionId: string, body?: FormBody, problem?: Problem): Promise<Page> {
    return this.uow.read(actor.acting, async (tx) => {
      const { product, version } = await this.found(tx, id, versionId);
      const { ruleset } = await this.rulebook.inForce(tx);
      const classes = FIELD_CLASS.map((value) => ({ value, text: ruleset.label('fieldClass', value) }));
      const mayEdit =
        version.frozenAt === null &&
        actor.appointments.some(({ role, unitId }) => role === 'STEWARD' && unitId === product.providerUnitId);
      const crumbs = [
        { text: 'Eigene Datenprodukte', href: '/publish' },
        { text: product.title, href: `/publish/${id}` },
      ];
      return render(
        FieldsView,
        { id, version, revision: product.revision, classes, mayEdit, body, problem },
        { title: `Felder von Datenstand Nr. ${version.number}`, crumbs },
      );
    });
  }
}
