import { newId, type Problem, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest, UnitChangeReads, UnitChanges } from '#lib/organisation';
import { Body, Controller, Inject, Param, Req } from '@nestjs/common';
import { type FormBody, once } from '../../layout/form-body';
import { type Answer, goTo, page, type Page } from '../../layout/page';
import { orFormAgain } from '../../layout/problem-page';
import { Action, Screen } from '../../layout/screen';
import { notify } from '../../session/session';
import { CHANGES } from '../organisation-changes/organisation-changes.controller';
import { ChangeView } from './view';

const TITLE = 'Änderung der Organisation';

@Controller('organisation-changes/:id')
export class OrganisationChangeController {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(UnitChangeReads) private readonly reads: UnitChangeReads,
    @Inject(UnitChanges) private readonly changes: UnitChanges,
  ) {}

  @Screen({ path: '', may: 'organisation.administer', audit: 'none: orders of the administration', title: TITLE })
  change(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Answer> {
    return this.shown(actor, id);
  }

  @Action({ path: 'confirm', may: 'organisation.administer', audit: 'unit-change.confirmed.v1', title: TITLE })
  confirm(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: FormBody, @Req() call: HttpRequest): Promise<Answer> {
    return this.act(call, actor, id, body, 'Die Änderung ist bestätigt', (tx, by) => this.changes.confirm(tx, by, id));
  }

  @Action({ path: 'cancel', may: 'organisation.administer', audit: 'unit-change.cancelled.v1', title: TITLE })
  cancel(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: FormBody, @Req() call: HttpRequest): Promise<Answer> {
    return this.act(call, actor, id, body, 'Die Änderung ist verworfen', (tx, by) => this.changes.cancel(tx, by, id));
  }

  private act(call: HttpRequest, actor: Actor, id: string, body: FormBody, done: string, work: (tx: Tx, by: Actor) => Promise<unknown>): Promise<Answer> {
    const acted = async (): Promise<Answer> => {
      const by = once(actor, call.url, body);
      await this.uow.run(by.acting, async (tx) => void (await work(tx, by)));
      notify(call, { kind: 'success', title: done });
      return goTo(`/organisation-changes/${id}`);
    };
    return orFormAgain(call, TITLE, acted, (problem) => this.shown(actor, id, problem));
  }

  private async shown(actor: Actor, id: string, problem?: Problem): Promise<Page> {
    const change = await this.uow.read(actor.acting, (tx) => this.reads.change(tx, id));
    return page(ChangeView, { change, mine: change.preparedBy === actor.personId, problem, once: newId() }, { title: change.kindName, crumbs: [CHANGES] });
  }
}
