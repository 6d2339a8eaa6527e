import { CatalogueReads, CatalogueService, type Product, type ProductVersion } from '#lib/catalogue';
import { type Problem, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest } from '#lib/organisation';
import { FIELD_CLASS } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { Body, Controller, Param, Req } from '@nestjs/common';
import { type FormBody, wholeNumber } from '../../../layout/form-body';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { fieldPointer, fieldsOf } from './field-values';
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
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('versionId') versionId: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      await this.uow.run(actor.acting, async (tx) => {
        const { version } = await this.found(tx, id, versionId);
        await this.catalogue.setFields(
          tx,
          actor,
          versionId,
          wholeNumber(body, 'revision') ?? 0,
          fieldsOf(body, version.fields),
        );
      });
      notify(call, { kind: 'success', title: 'Die Felder sind gespeichert' });
      return redirect(`/publish/${id}`);
    };
    return withFormErrors(call, TITLE, work, (problem) => this.shown(actor, id, versionId, body, atFields(problem)));
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

function atFields(problem: Problem): Problem {
  for (const fault of problem.errors ?? []) fault.pointer = fieldPointer(fault.pointer);
  return problem;
}
