import { UnitChangeDesk, UnitChangePreviews } from '#lib/agreements';
import { newId, type Problem, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest, permits, UnitChangeReads, UnitChanges } from '#lib/organisation';
import { Body, Controller, Param, Req } from '@nestjs/common';
import { type FormBody, once } from '../../../layout/form-body';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { CHANGES } from '../../../layout/units/unit-change-words';
import { ChangeWords } from './change-words';
import { planOf } from './plan';
import { ChangeView } from './organisation-change.view';

const TITLE = 'Änderung der Organisation';

@Controller('organisation-changes/:id')
export class OrganisationChangeController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: UnitChangeReads,
    private readonly changes: UnitChanges,
    private readonly previews: UnitChangePreviews,
    private readonly desk: UnitChangeDesk,
    private readonly words: ChangeWords,
  ) {}

  @Screen({ path: '', may: 'organisation.read', audit: 'none: offices and orders', title: TITLE })
  change(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Action({ path: 'items', may: 'organisation.administer', audit: 'unit-change.planned.v1', title: TITLE })
  assign(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Die Zuordnung ist gespeichert', (by) =>
      this.uow.run(by.acting, (tx) => this.changes.assign(tx, by, id, planOf(body))),
    );
  }

  @Action({ path: 'confirm', may: 'organisation.administer', audit: 'unit-change.confirmed.v1', title: TITLE })
  confirm(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Die Änderung ist bestätigt', (by) => this.desk.confirm(by, id));
  }

  @Action({ path: 'cancel', may: 'organisation.administer', audit: 'unit-change.cancelled.v1', title: TITLE })
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Die Änderung ist verworfen', (by) =>
      this.uow.run(by.acting, (tx) => this.changes.cancel(tx, by, id)),
    );
  }

  private act(
    call: HttpRequest,
    actor: Actor,
    id: string,
    body: FormBody,
    done: string,
    work: (by: Actor) => Promise<unknown>,
  ): Promise<ScreenResult> {
    const acted = async (): Promise<ScreenResult> => {
      await work(once(actor, call.url, body));
      notify(call, { kind: 'success', title: done });
      return redirect(`/organisation-changes/${id}`);
    };
    return withFormErrors(call, TITLE, acted, (problem) => this.shown(actor, id, problem, body));
  }

  /** Everybody may know of the order; what it touches in other offices is for the administration. */
  private async shown(actor: Actor, id: string, problem?: Problem, body: FormBody = {}): Promise<Page> {
    const change = await this.uow.read(actor.acting, (tx) => this.reads.change(tx, id));
    const administers = permits(actor, 'organisation.administer');
    const preview =
      administers && change.state === 'PREPARED' ? this.words.inWords(await this.previews.of(actor, id)) : null;
    return render(
      ChangeView,
      { change, preview, administers, mine: change.preparedBy === actor.personId, problem, body, once: newId() },
      { title: change.kindName, crumbs: [CHANGES] },
    );
  }
}
