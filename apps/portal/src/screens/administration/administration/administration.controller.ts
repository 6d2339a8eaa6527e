import { type Problem, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, Appointments, CurrentActor, type HttpRequest, People } from '#lib/organisation';
import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import { type FormBody, once } from '../../../layout/form-body';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { AdministrationPresenter } from './administration.presenter';
import { PeopleView, QueueView } from './administration.view';

const TITLE = 'Administration';

/** Roles are granted by two people (SOD-4): what one proposed waits here for another. */
@Controller('administration')
export class AdministrationController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly presenter: AdministrationPresenter,
    private readonly appointments: Appointments,
    private readonly peopleOrders: People,
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
      { q: asked, people: await this.presenter.people(actor, asked), roleNames: this.presenter.roleNames },
      { crumbs: [{ text: TITLE, href: '/administration' }] },
    );
  }

  @Action({
    path: 'proposals/:id/confirm',
    may: 'organisation.administer',
    audit: 'appointment.confirmed.v1',
    title: TITLE,
  })
  confirm(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, body, 'Die Bestellung ist bestätigt', (tx, by) =>
      this.appointments.confirmAppointment(tx, by, id),
    );
  }

  @Action({
    path: 'proposals/:id/decline',
    may: 'organisation.administer',
    audit: 'appointment.declined.v1',
    title: TITLE,
  })
  decline(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, body, 'Der Vorschlag ist abgelehnt', (tx, by) =>
      this.appointments.declineAppointment(tx, by, id),
    );
  }

  @Action({
    path: 'orders/:id/confirm',
    may: 'organisation.administer',
    audit: 'person-order.confirmed.v1',
    title: TITLE,
  })
  confirmOrder(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, body, 'Der Vorgang ist bestätigt', (tx, by) =>
      this.peopleOrders.confirmOrder(tx, by, id),
    );
  }

  @Action({
    path: 'orders/:id/decline',
    may: 'organisation.administer',
    audit: 'person-order.declined.v1',
    title: TITLE,
  })
  declineOrder(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, body, 'Der Vorgang ist abgelehnt', (tx, by) =>
      this.peopleOrders.declineOrder(tx, by, id),
    );
  }

  private act(
    call: HttpRequest,
    actor: Actor,
    body: FormBody,
    done: string,
    work: (tx: Tx, by: Actor) => Promise<unknown>,
  ): Promise<ScreenResult> {
    const acted = async (): Promise<ScreenResult> => {
      const by = once(actor, call.url, body);
      await this.uow.run(by.acting, async (tx) => void (await work(tx, by)));
      notify(call, { kind: 'success', title: done });
      return redirect('/administration');
    };
    return withFormErrors(call, TITLE, acted, (problem) => this.shown(actor, problem));
  }

  private async shown(actor: Actor, problem?: Problem): Promise<Page> {
    return render(QueueView, { ...(await this.presenter.queue(actor)), problem });
  }
}
