import { CONFIG, type Config, type Problem } from '#lib/kernel';
import {
  type Actor,
  AppointmentService,
  appointmentUseCases,
  CurrentActor,
  PeopleService,
  permits,
  personUseCases,
} from '#lib/organisation';
import { Controller, Inject, Param } from '@nestjs/common';
import { type FormBody, one } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
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
    private readonly presenter: PersonPresenter,
    private readonly appointments: AppointmentService,
    private readonly people: PeopleService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Screen({ path: '', may: 'organisation.administer', audit: 'none: a look before the act', title: TITLE })
  person(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Action({ path: 'appointments', useCase: appointmentUseCases.propose, title: TITLE })
  propose(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: {
        kind: 'success',
        title: 'Der Vorschlag ist eingetragen',
        text: 'Die Rolle gilt, sobald eine zweite Person aus der Administration zustimmt.',
      },
      run: async (by) => {
        const { principals } = await this.presenter.person(form.actor, id);
        return this.appointments.appoint(by, orderOf(form.body, id, principals));
      },
    });
  }

  @Action({
    path: 'appointments/:appointmentId/end',
    useCase: appointmentUseCases.end,
    title: TITLE,
  })
  end(
    @Param('id') id: string,
    @Param('appointmentId') appointmentId: string,
    @Submitted() form: SubmittedForm,
  ): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: { kind: 'success', title: 'Die Rolle ist beendet' },
      run: (by) => this.appointments.endAppointment(by, appointmentId),
    });
  }

  @Action({ path: 'disabling', useCase: personUseCases.disable, title: TITLE })
  disable(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: { kind: 'success', title: 'Der Zugang ist gesperrt', text: 'Offene Aufgaben gehen an die Vertretung.' },
      run: (by) => this.people.disablePerson(by, id),
    });
  }

  @Action({ path: 'absences', useCase: personUseCases.proposeAbsence, title: TITLE })
  absent(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: PROPOSED,
      run: (by) => {
        const { personId: _whose, ...order } = absenceOf(form.body, id);
        return this.people.proposeAbsence(by, id, order);
      },
    });
  }

  @Action({ path: 'return', useCase: personUseCases.bringBack, title: TITLE })
  bringBack(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: PROPOSED,
      run: (by) => this.people.bringBack(by, id),
    });
  }

  @Action({ path: 'erasure', useCase: personUseCases.erase, title: TITLE })
  erase(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: PROPOSED,
      run: (by) => this.people.erase(by, id),
    });
  }

  @Action({ path: 'accounts', useCase: personUseCases.addAccount, title: TITLE })
  addAccount(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: PROPOSED,
      run: (by) => this.people.addAccount(by, id, { iss: this.config.oidc.issuer, sub: one(form.body, 'sub') }),
    });
  }

  private pageOf({ actor, body }: SubmittedForm, id: string) {
    // who may do one of these acts for oneself may still not see the page of a person
    if (!permits(actor, 'organisation.administer')) return { next: '/my-roles' };
    return {
      next: `/administration/people/${id}`,
      again: async (problem: Problem) => {
        const because =
          problem.because ??
          (problem.code === 'appointment_incompatible'
            ? await this.presenter.because(actor, id, one(body, 'role'))
            : []);
        return this.shown(actor, id, problem, because, body);
      },
    };
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
