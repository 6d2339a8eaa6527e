import { parse, type Problem, UnitOfWork, type Tx } from '#lib/kernel';
import { Absences, type Actor, CurrentActor, Delegations, type HttpRequest } from '#lib/organisation';
import { Body, Controller, Param, Req } from '@nestjs/common';
import { z } from 'zod';
import { type FormBody, given, once, one } from '../../../layout/form-body';
import { berlinMidnight } from '../../../layout/format';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { absenceOf, dayField } from '../../../layout/people/absence-form';
import { MyRolesPresenter } from './my-roles.presenter';
import { MyRolesView } from './my-roles.view';

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
    private readonly uow: UnitOfWork,
    private readonly presenter: MyRolesPresenter,
    private readonly absences: Absences,
    private readonly delegations: Delegations,
  ) {}

  @Screen({ path: '', may: 'organisation.read', audit: 'none: own roles', title: TITLE })
  mine(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return this.shown(actor);
  }

  @Action({ path: 'absences', may: 'organisation.read', audit: 'absence.set.v1', title: TITLE })
  absent(@CurrentActor() actor: Actor, @Body() body: FormBody, @Req() call: HttpRequest): Promise<ScreenResult> {
    return this.act(call, actor, body, 'Ihre Abwesenheit ist eingetragen', async (tx, by) => {
      await this.absences.setAbsence(tx, by, absenceOf(body, actor.personId ?? ''));
    });
  }

  @Action({ path: 'absences/:id/end', may: 'organisation.read', audit: 'absence.ended.v1', title: TITLE })
  back(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, body, 'Ihre Abwesenheit ist beendet', (tx, by) =>
      this.absences.endAbsence(tx, by, id),
    );
  }

  @Action({ path: 'delegations', may: 'product.release', audit: 'delegation.given.v1', title: TITLE })
  delegate(@CurrentActor() actor: Actor, @Body() body: FormBody, @Req() call: HttpRequest): Promise<ScreenResult> {
    return this.act(call, actor, body, 'Die Aufgabe ist übertragen', async (tx, by) => {
      const { validTo, ...rest } = parse(
        delegationForm,
        fields(body, 'appointmentId', 'delegatePersonId', 'reference', 'validTo'),
      );
      await this.delegations.delegate(tx, by, { ...rest, validTo: berlinMidnight(validTo, 1) });
    });
  }

  @Action({ path: 'delegations/:id/revoke', may: 'organisation.read', audit: 'delegation.revoked.v1', title: TITLE })
  revoke(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, body, 'Die Übertragung ist widerrufen', (tx, by) =>
      this.delegations.revoke(tx, by, id),
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
      return redirect('/my-roles');
    };
    return withFormErrors(call, TITLE, acted, (problem) => this.shown(actor, problem, body));
  }

  private async shown(actor: Actor, problem?: Problem, body: FormBody = {}): Promise<Page> {
    return render(MyRolesView, { ...(await this.presenter.mine(actor)), problem, body });
  }
}

const fields = (body: FormBody, ...names: string[]): Record<string, string | undefined> =>
  Object.fromEntries(names.map((name) => [name, name === 'reference' ? one(body, name) : given(body, name)]));
