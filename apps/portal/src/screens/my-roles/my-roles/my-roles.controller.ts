import { parse, type Problem } from '#lib/kernel';
import {
  AbsenceService,
  absenceUseCases,
  type Actor,
  CurrentActor,
  DelegationService,
  delegationUseCases,
} from '#lib/organisation';
import { Controller, Param } from '@nestjs/common';
import { z } from 'zod';
import { type FormBody } from '../../../layout/form-body';
import { berlinMidnight } from '../../../layout/format';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { absenceOf, dayField } from '../../../layout/people/absence-form';
import { MyRolesPresenter } from './my-roles.presenter';
import { MyRolesView } from './my-roles.view';
import { readFields } from '../../../layout/form-fields';

const TITLE = 'Meine Rollen und Vertretungen';
const delegationForm = z.object({
  appointmentId: z.uuid('Bitte wählen Sie die Aufgabe.'),
  delegatePersonId: z.uuid('Bitte wählen Sie eine Person.'),
  reference: z
    .string()
    .trim()
    .min(1, 'Bitte nennen Sie die Fundstelle.')
    .max(200, 'Bitte nennen Sie die Fundstelle mit höchstens 200 Zeichen.'),
  validTo: dayField('Bitte nennen Sie den letzten Tag.'),
});

@Controller('my-roles')
export class MyRolesController {
  constructor(
    private readonly presenter: MyRolesPresenter,
    private readonly absences: AbsenceService,
    private readonly delegations: DelegationService,
  ) {}

  @Screen({ path: '', may: 'organisation.read', audit: 'none: own roles', title: TITLE })
  mine(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return this.shown(actor);
  }

  @Action({ path: 'absences', useCase: absenceUseCases.set, title: TITLE })
  absent(@Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Ihre Abwesenheit ist eingetragen',
      run: (by) => this.absences.setAbsence(by, absenceOf(form.body, by.personId ?? '')),
    });
  }

  @Action({ path: 'absences/:id/end', useCase: absenceUseCases.end, title: TITLE })
  back(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Ihre Abwesenheit ist beendet',
      run: (by) => this.absences.endAbsence(by, id),
    });
  }

  @Action({ path: 'delegations', useCase: delegationUseCases.give, title: TITLE })
  delegate(@Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Die Aufgabe ist übertragen',
      run: (by) => {
        const { validTo, ...rest } = parse(delegationForm, readFields(delegationForm, form.body));
        const order = { ...rest, validTo: berlinMidnight(validTo, 1) };
        return this.delegations.delegate(by, order);
      },
    });
  }

  @Action({ path: 'delegations/:id/revoke', useCase: delegationUseCases.revoke, title: TITLE })
  revoke(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form),
      done: 'Die Übertragung ist widerrufen',
      run: (by) => this.delegations.revoke(by, id),
    });
  }

  private pageOf({ actor, body }: SubmittedForm) {
    return { next: '/my-roles', again: (problem: Problem) => this.shown(actor, problem, body) };
  }

  private async shown(actor: Actor, problem?: Problem, body: FormBody = {}): Promise<Page> {
    return render(MyRolesView, { ...(await this.presenter.mine(actor)), problem, body });
  }
}
