import { isId, newId, parse, type Problem, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, Departures, type HttpRequest } from '#lib/organisation';
import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { type FormBody, given, once, one } from '../../../layout/form-body';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { PersonPresenter } from '../../../layout/people/person.presenter';
import { DepartureView } from './departure.view';

const TITLE = 'Weggang oder Wechsel';
const move = z.object({ toUnitId: z.uuid('Bitte wählen Sie die neue Stelle.') });

/** Somebody leaves the city or a unit: first what goes with them, then the act. */
@Controller('administration/people/:id/departure')
export class DepartureController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly presenter: PersonPresenter,
    private readonly departures: Departures,
  ) {}

  @Screen({ path: '', may: 'organisation.administer', audit: 'none: a look before the act', title: TITLE })
  look(@CurrentActor() actor: Actor, @Param('id') id: string, @Query('from') from?: string): Promise<ScreenResult> {
    return this.shown(actor, id, from ? { from } : {});
  }

  @Action({ path: '', may: 'organisation.administer', audit: 'person.departed.v1', title: TITLE })
  depart(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const from = given(body, 'from');
    const work = async (): Promise<ScreenResult> => {
      const by = once(actor, call.url, body);
      // parsed before the transaction: a fault of the form is no act
      const toUnitId = from ? parse(move, { toUnitId: given(body, 'toUnitId') }).toUnitId : null;
      await this.uow.run(by.acting, (tx) =>
        from && toUnitId
          ? this.departures.move(tx, by, id, { fromUnitId: from, toUnitId })
          : this.departures.leave(tx, by, id),
      );
      notify(call, {
        kind: 'success',
        title: from ? 'Der Wechsel ist eingetragen' : 'Der Weggang ist eingetragen',
        text: 'Die genannten Rollen und Übertragungen sind beendet.',
      });
      return redirect(`/administration/people/${id}`);
    };
    return withFormErrors(call, TITLE, work, (problem) => this.shown(actor, id, body, problem));
  }

  private async shown(actor: Actor, id: string, body: FormBody, problem?: Problem): Promise<Page> {
    const { person, inForce, units } = await this.presenter.person(actor, id);
    const from = one(body, 'from');
    const asked = isId(from) ? from : null;
    const preview = await this.uow.read(actor.acting, (tx) => this.departures.preview(tx, actor, id, asked));
    const mine = [...new Map(inForce.map(({ unitId, unitName }) => [unitId, unitName]))].map(([value, text]) => ({
      value,
      text,
    }));
    const crumbs = [
      { text: 'Administration', href: '/administration' },
      { text: person.name, href: `/administration/people/${id}` },
    ];
    return render(
      DepartureView,
      { person, from: asked, mine, units, preview, body, problem, once: newId() },
      { crumbs },
    );
  }
}
