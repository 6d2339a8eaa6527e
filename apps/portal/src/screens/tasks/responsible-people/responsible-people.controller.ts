import { parse, type Problem } from '#lib/kernel';
import { type Actor, CurrentActor, DepartureService, machineClientUseCases } from '#lib/organisation';
import { Handovers, handoverUseCases } from '#lib/requests';
import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type FormBody, one } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { personField, ResponsiblePeoplePresenter } from './responsible-people.presenter';
import { ResponsiblePeopleView } from './responsible-people.view';

const TITLE = 'Verantwortliche Person fehlt';
const person = z.uuid('Bitte wählen Sie eine Person.');

/** What is suspended because somebody left, for both sides; the asking side names who answers for it from now on. */
// the address stays: people bookmarked it
@Controller('keepers')
export class ResponsiblePeopleController {
  constructor(
    private readonly presenter: ResponsiblePeoplePresenter,
    private readonly handovers: Handovers,
    private readonly departures: DepartureService,
  ) {}

  @Screen({ path: '', useCase: handoverUseCases.list, title: TITLE })
  list(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return this.shown(actor);
  }

  @Action({ path: 'requests/:id', useCase: handoverUseCases.name, title: TITLE })
  nameForRequest(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Der Antrag hat wieder eine verantwortliche Person',
      run: (by) => this.handovers.name(by, id, { personId: chosen(form.body, id) }),
    });
  }

  @Action({ path: 'machine-clients', useCase: machineClientUseCases.nameResponsible, title: TITLE })
  nameForClient(@Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const clientId = one(form.body, 'clientId');
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Die Anwendung hat wieder eine verantwortliche Person',
      run: (by) => {
        const personId = chosen(form.body, clientId);
        return this.departures.nameResponsible(by, clientId, personId);
      },
    });
  }

  private pageOf({ actor }: SubmittedForm) {
    return { next: '/keepers', again: (problem: Problem) => this.shown(actor, problem) };
  }

  private async shown(actor: Actor, problem?: Problem): Promise<Page> {
    return render(ResponsiblePeopleView, { ...(await this.presenter.model(actor)), ...(problem && { problem }) });
  }
}

/** Each request and each application has a field of its own on the page. Throws `validation_failed`. */
function chosen(body: FormBody, id: string): string {
  const field = personField(id);
  return parse(z.object({ [field]: person }), { [field]: one(body, field) })[field]!;
}
