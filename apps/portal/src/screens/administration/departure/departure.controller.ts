import { isId, newId, parse, type Problem } from '#lib/kernel';
import { type Actor, CurrentActor, DepartureService, personUseCases } from '#lib/organisation';
import { Controller, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { type FormBody, given, one } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { PersonPresenter } from '../../../layout/people/person.presenter';
import { DepartureView } from './departure.view';

const TITLE = 'Weggang oder Wechsel';
const move = z.object({ toUnitId: z.uuid('Bitte wählen Sie die neue Stelle.') });

/** Somebody leaves the city or a unit: first what goes with them, then the act. */
@Controller('administration/people/:id/departure')
export class DepartureController {
  constructor(
    private readonly presenter: PersonPresenter,
    private readonly departures: DepartureService,
  ) {}

  @Screen({ path: '', useCase: personUseCases.previewDeparture, title: TITLE })
  look(@CurrentActor() actor: Actor, @Param('id') id: string, @Query('from') from?: string): Promise<ScreenResult> {
    return this.shown(actor, id, from ? { from } : {});
  }

  @Action({ path: '', useCase: personUseCases.leave, title: TITLE })
  depart(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { actor, body } = form;
    const from = given(body, 'from');
    return submitForm(form, {
      run: (by) => {
        // parsed before the transaction: a fault of the form is no act
        const toUnitId = from ? parse(move, { toUnitId: given(body, 'toUnitId') }).toUnitId : null;
        return from && toUnitId
          ? this.departures.move(by, id, { fromUnitId: from, toUnitId })
          : this.departures.leave(by, id);
      },
      done: {
        kind: 'success',
        title: from ? 'Der Wechsel ist eingetragen' : 'Der Weggang ist eingetragen',
        text: 'Die genannten Rollen und Übertragungen sind beendet.',
      },
      next: `/administration/people/${id}`,
      again: (problem) => this.shown(actor, id, body, problem),
    });
  }

  private async shown(actor: Actor, id: string, body: FormBody, problem?: Problem): Promise<Page> {
    const { person, inForce, units } = await this.presenter.person(actor, id);
    const from = one(body, 'from');
    const asked = isId(from) ? from : null;
    const preview = await this.departures.preview(actor, id, asked);
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
