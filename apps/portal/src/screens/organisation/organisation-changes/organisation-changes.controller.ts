import { type Problem } from '#lib/kernel';
import {
  type Actor,
  CurrentActor,
  permits,
  UNIT_CHANGE_KIND_LABEL,
  UnitChangeService,
  unitChangeUseCases,
} from '#lib/organisation';
import { Controller, Query } from '@nestjs/common';
import { type FormBody, one } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { changeOf, kindOf } from './change-form';
import { OrganisationChangesPresenter } from './organisation-changes.presenter';
import { ChangeKindView, ChangesView } from './organisation-changes.view';
import { ChangeFormView } from './change-form.view';
import { CHANGES } from '../../../layout/units/unit-change-words';

const NEW = 'Änderung der Organisation vorbereiten';

/** Units renamed, merged, split, dissolved, moved: prepared here by one administrator, confirmed by another. */
@Controller('organisation-changes')
export class OrganisationChangesController {
  constructor(
    private readonly presenter: OrganisationChangesPresenter,
    private readonly unitChanges: UnitChangeService,
  ) {}

  @Screen({ path: '', useCase: unitChangeUseCases.list, title: CHANGES.text })
  async changes(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return render(
      ChangesView,
      { changes: await this.presenter.changes(actor), administers: permits(actor, 'organisation.administer') },
      { crumbs: [{ text: 'Organisation', href: '/organisation' }] },
    );
  }

  @Screen({ path: 'new', may: 'organisation.administer', audit: 'none: a look before the act', title: NEW })
  async form(@CurrentActor() actor: Actor, @Query('kind') kind?: string): Promise<ScreenResult> {
    return kindOf(kind) ? this.shown(actor, { kind }) : render(ChangeKindView, {}, { crumbs: [CHANGES] });
  }

  @Action({ path: '', useCase: unitChangeUseCases.prepare, title: NEW })
  async prepare(@Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { actor, body } = form;
    const kind = kindOf(one(body, 'kind'));
    if (!kind) return render(ChangeKindView, {}, { crumbs: [CHANGES] });
    // one more row for a new unit: nothing happens yet
    if (one(body, 'step') === 'more') return this.shown(actor, body);
    return submitForm(form, {
      run: async (by) => {
        const order = changeOf(kind, body, await this.presenter.keys(actor));
        return this.unitChanges.prepare(by, order);
      },
      done: {
        kind: 'success',
        title: 'Die Änderung ist vorbereitet',
        text: 'Noch ist nichts geändert. Bitte prüfen Sie die Vorschau.',
      },
      next: ({ changeId }) => `/organisation-changes/${changeId}`,
      again: (problem) => this.shown(actor, body, problem),
    });
  }

  private async shown(actor: Actor, body: FormBody, problem?: Problem): Promise<Page> {
    const kind = kindOf(one(body, 'kind'))!;
    return render(
      ChangeFormView,
      { ...(await this.presenter.form(actor)), kind, body, problem },
      { title: `${UNIT_CHANGE_KIND_LABEL[kind]} vorbereiten`, crumbs: [CHANGES] },
    );
  }
}
