import { CONFIG, type Config, type Problem, type Tx, UnitOfWork } from '#lib/kernel';
import { Absences, type Actor, Appointments, CurrentActor, type HttpRequest, People } from '#lib/organisation';
import { Body, Controller, Inject, Param, Req } from '@nestjs/common';
import { type FormBody, once, one } from '../../../layout/form-body';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { PersonPresenter } from '../../../layout/people/person.presenter';
import { absenceOf } from '../../../layout/people/absence-form';
import { orderOf } from './appointment-form';
import { PersonView } from './person.view';

const TITLE = 'Person';
const PROPOSED = {
  kind: 'success' as const,
  title: 'Der Vorschlag ist eingetragen',
  text: 'Er gilt, sobald eine zweite Person aus der Administration zustimmt.',
};

@Controller('administration/people/:id')
export class PersonController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly presenter: PersonPresenter,
    private readonly appointments: Appointments,
    private readonly people: People,
    private readonly absences: Absences,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Screen({ path: '', may: 'organisation.administer', audit: 'none: a look before the act', title: TITLE })
  person(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Action({ path: 'appointments', may: 'organisation.administer', audit: 'appointment.proposed.v1', title: TITLE })
  propose(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(
      call,
      actor,
      id,
      body,
      {
        kind: 'success',
        title: 'Der Vorschlag ist eingetragen',
        text: 'Die Rolle gilt, sobald eine zweite Person aus der Administration zustimmt.',
      },
      async (tx, by) => {
        const { principals } = await this.presenter.person(actor, id);
        await this.appointments.appoint(tx, by, orderOf(body, id, principals));
      },
    );
  }

  @Action({
    path: 'appointments/:appointmentId/end',
    may: 'organisation.administer',
    audit: 'appointment.ended.v1',
    title: TITLE,
  })
  end(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('appointmentId') appointmentId: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, { kind: 'success', title: 'Die Rolle ist beendet' }, (tx, by) =>
      this.appointments.endAppointment(tx, by, appointmentId),
    );
  }

  @Action({ path: 'disabling', may: 'organisation.administer', audit: 'person.disabled.v1', title: TITLE })
  disable(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(
      call,
      actor,
      id,
      body,
      { kind: 'success', title: 'Der Zugang ist gesperrt', text: 'Offene Aufgaben gehen an die Vertretung.' },
      (tx, by) => this.people.disablePerson(tx, by, id),
    );
  }

  @Action({ path: 'absences', may: 'organisation.administer', audit: 'absence.set.v1', title: TITLE })
  absent(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(
      call,
      actor,
      id,
      body,
      {
        kind: 'success',
        title: 'Die Abwesenheit ist eingetragen',
        text: 'Die Vertretung darf jetzt in dieser Zeit entscheiden.',
      },
      (tx, by) => this.absences.setAbsence(tx, by, absenceOf(body, id)),
    );
  }

  @Action({ path: 'return', may: 'organisation.administer', audit: 'person-order.proposed.v1', title: TITLE })
  bringBack(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, PROPOSED, (tx, by) => this.people.bringBack(tx, by, id));
  }

  @Action({ path: 'erasure', may: 'organisation.administer', audit: 'person-order.proposed.v1', title: TITLE })
  erase(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, PROPOSED, (tx, by) => this.people.erase(tx, by, id));
  }

  @Action({ path: 'accounts', may: 'organisation.administer', audit: 'person-order.proposed.v1', title: TITLE })
  addAccount(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, PROPOSED, (tx, by) =>
      this.people.addAccount(tx, by, id, { iss: this.config.oidc.issuer, sub: one(body, 'sub') }),
    );
  }

  private act(
    call: HttpRequest,
    actor: Actor,
    id: string,
    body: FormBody,
    done: Parameters<typeof notify>[1],
    work: (tx: Tx, by: Actor) => Promise<unknown>,
  ): Promise<ScreenResult> {
    const acted = async (): Promise<ScreenResult> => {
      const by = once(actor, call.url, body);
      await this.uow.run(by.acting, async (tx) => void (await work(tx, by)));
      notify(call, done);
      return redirect(`/administration/people/${id}`);
    };
    return withFormErrors(call, TITLE, acted, async (problem) => {
      const said =
        problem.because ??
        (problem.code === 'appointment_incompatible' ? await this.presenter.because(actor, id, one(body, 'role')) : []);
      return this.shown(actor, id, problem, said, body);
    });
  }

  private async shown(
    actor: Actor,
    id: string,
    problem?: Problem,
    because: readonly string[] = [],
    body: FormBody = {},
  ): Promise<Page> {
    const model = await this.presenter.person(actor, id);
    const crumbs = [
      { text: 'Administration', href: '/administration' },
      { text: 'Personen', href: '/administration/people' },
    ];
    return render(PersonView, { ...model, problem, because, body }, { title: model.person.name, crumbs });
  }
}
