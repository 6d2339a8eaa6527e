import { parse, type Problem, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, Departures, type HttpRequest } from '#lib/organisation';
import { Handovers } from '#lib/requests';
import { Body, Controller, Param, Req } from '@nestjs/common';
import { z } from 'zod';
import { type FormBody, once, one } from '../../../layout/form-body';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { ResponsiblePeoplePresenter, personField } from './responsible-people.presenter';
import { ResponsiblePeopleView } from './responsible-people.view';

const TITLE = 'Verantwortliche Person fehlt';
const person = z.uuid('Bitte wählen Sie eine Person.');

/** What rests because somebody left, for both sides; the asking side names who answers for it from now on. `/keepers` stays: people bookmarked it. */

@Controller('keepers')
export class ResponsiblePeopleController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly presenter: ResponsiblePeoplePresenter,
    private readonly handovers: Handovers,
    private readonly departures: Departures,
  ) {}

  @Screen({ path: '', may: 'request.read', audit: 'none: both sides see that their own request rests', title: TITLE })
  list(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return this.shown(actor);
  }

  @Action({ path: 'requests/:id', may: 'task.decide', audit: 'request.handed-over.v1', title: TITLE })
  nameForRequest(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.named(actor, call, body, id, 'Der Antrag hat wieder eine verantwortliche Person', (by, personId) =>
      this.handovers.name(by, id, { personId }),
    );
  }

  @Action({ path: 'machine-clients', may: 'task.decide', audit: 'machine-client.named.v1', title: TITLE })
  nameForClient(@CurrentActor() actor: Actor, @Body() body: FormBody, @Req() call: HttpRequest): Promise<ScreenResult> {
    const clientId = one(body, 'clientId');
    return this.named(
      actor,
      call,
      body,
      clientId,
      'Die Anwendung hat wieder eine verantwortliche Person',
      (by, personId) => this.uow.run(by.acting, (tx) => this.departures.nameResponsible(tx, by, clientId, personId)),
    );
  }

  private named(
    actor: Actor,
    call: HttpRequest,
    body: FormBody,
    id: string,
    done: string,
    work: (by: Actor, personId: string) => Promise<void>,
  ): Promise<ScreenResult> {
    const acted = async (): Promise<ScreenResult> => {
      const field = personField(id);
      await work(
        once(actor, call.url, body),
        parse(z.object({ [field]: person }), { [field]: one(body, field) })[field]!,
      );
      notify(call, { kind: 'success', title: done });
      return redirect('/keepers');
    };
    return withFormErrors(call, TITLE, acted, (problem) => this.shown(actor, problem));
  }

  private async shown(actor: Actor, problem?: Problem): Promise<Page> {
    return render(ResponsiblePeopleView, { ...(await this.presenter.model(actor)), ...(problem && { problem }) });
  }
}
