import { type Problem } from '#lib/kernel';
import {
  type Actor,
  AppointmentService,
  appointmentUseCases,
  CurrentActor,
  PeopleService,
  personUseCases,
} from '#lib/organisation';
import { Controller, Param, Query } from '@nestjs/common';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { AdministrationPresenter } from './administration.presenter';
import { PeopleView, QueueView } from './administration.view';

const TITLE = 'Administration';

/** Roles are granted by two people (SOD-4): what one proposed waits here for another. */
@Controller('administration')
export class AdministrationController {
  constructor(
    private readonly presenter: AdministrationPresenter,
    private readonly appointments: AppointmentService,
    private readonly peopleOrders: PeopleService,
  ) {}

  @Screen({ path: '', may: 'organisation.administer', audit: 'none: a look before the act', title: TITLE })
  queue(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return this.shown(actor);
  }

  @Screen({ path: 'people', may: 'organisation.administer', audit: 'none: a look before the act', title: 'Personen' })
  async people(@CurrentActor() actor: Actor, @Query('q') q?: string): Promise<ScreenResult> {
    const asked = (q ?? '').trim().slice(0, 100);
    return render(
      PeopleView,
      { q: asked, people: await this.presenter.people(actor, asked), roleNames: await this.presenter.roleNames(actor) },
      { crumbs: [{ text: TITLE, href: '/administration' }] },
    );
  }

  @Action({
    path: 'proposals/:id/confirm',
    useCase: appointmentUseCases.confirm,
    title: TITLE,
  })
  confirm(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.queueOf(form),
      done: 'Die Bestellung ist bestätigt',
      run: (by) => this.appointments.confirmAppointment(by, id),
    });
  }

  @Action({
    path: 'proposals/:id/decline',
    useCase: appointmentUseCases.decline,
    title: TITLE,
  })
  decline(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.queueOf(form),
      done: 'Der Vorschlag ist abgelehnt',
      run: (by) => this.appointments.declineAppointment(by, id),
    });
  }

  @Action({
    path: 'orders/:id/confirm',
    useCase: personUseCases.confirmOrder,
    title: TITLE,
  })
  confirmOrder(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.queueOf(form),
      done: 'Der Vorgang ist bestätigt',
      run: (by) => this.peopleOrders.confirmOrder(by, id),
    });
  }

  @Action({
    path: 'orders/:id/decline',
    useCase: personUseCases.declineOrder,
    title: TITLE,
  })
  declineOrder(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.queueOf(form),
      done: 'Der Vorgang ist abgelehnt',
      run: (by) => this.peopleOrders.declineOrder(by, id),
    });
  }

  private queueOf({ actor }: SubmittedForm) {
    return { next: '/administration', again: (problem: Problem) => this.shown(actor, problem) };
  }

  private async shown(actor: Actor, problem?: Problem): Promise<Page> {
    return render(QueueView, { ...(await this.presenter.queue(actor)), problem });
  }
}
