import { newId, type Problem } from '#lib/kernel';
import {
  type Actor,
  CurrentActor,
  permits,
  UnitChangeQueries,
  UnitChangeService,
  unitChangeUseCases,
} from '#lib/organisation';
import { ConfirmUnitChange, reorganisationUseCases, UnitChangePreviews } from '#lib/reorganisation';
import { Controller, Param } from '@nestjs/common';
import { type FormBody } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { CHANGES } from '../../../layout/units/unit-change-words';
import { ChangeWords } from './change-words';
import { planOf } from './plan';
import { ChangeView } from './organisation-change.view';

const TITLE = 'Änderung der Organisation';

@Controller('organisation-changes/:id')
export class OrganisationChangeController {
  constructor(
    private readonly reads: UnitChangeQueries,
    private readonly changes: UnitChangeService,
    private readonly previews: UnitChangePreviews,
    private readonly confirmation: ConfirmUnitChange,
    private readonly words: ChangeWords,
  ) {}

  @Screen({ path: '', useCase: unitChangeUseCases.view, title: TITLE })
  change(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Action({ path: 'items', useCase: unitChangeUseCases.assign, title: TITLE })
  assign(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Die Zuordnung ist gespeichert',
      run: (by) => this.changes.assign(by, id, planOf(form.body)),
    });
  }

  @Action({ path: 'confirm', useCase: reorganisationUseCases.confirm, title: TITLE })
  confirm(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Die Änderung ist bestätigt',
      run: (by) => this.confirmation.confirm(by, id),
    });
  }

  @Action({ path: 'cancel', useCase: unitChangeUseCases.cancel, title: TITLE })
  cancel(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Die Änderung ist verworfen',
      run: (by) => this.changes.cancel(by, id),
    });
  }

  private pageOf({ actor, body }: SubmittedForm, id: string) {
    return { next: `/organisation-changes/${id}`, again: (problem: Problem) => this.shown(actor, id, problem, body) };
  }

  /** Everybody may know of the order; what it touches in other offices is for the administration. */
  private async shown(actor: Actor, id: string, problem?: Problem, body: FormBody = {}): Promise<Page> {
    const change = await this.reads.change(actor, id);
    const administers = permits(actor, 'organisation.administer');
    const preview =
      administers && change.state === 'PREPARED'
        ? await this.words.inWords(actor, await this.previews.of(actor, id))
        : null;
    return render(
      ChangeView,
      { change, preview, administers, mine: change.preparedBy === actor.personId, problem, body, once: newId() },
      { title: change.kindName, crumbs: [CHANGES] },
    );
  }
}
