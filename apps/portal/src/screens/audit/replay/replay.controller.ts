import { newId, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest } from '#lib/organisation';
import { Replays } from '#lib/requests';
import { Body, Controller, Param, Req } from '@nestjs/common';
import { type FormBody, once } from '../../../layout/form-body';
import { type ScreenResult, redirect, render } from '../../../layout/page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { IncidentsView, ReplayView } from './replay.view';

const CRUMBS = [
  { text: 'Protokoll', href: '/audit' },
  { text: 'Nachprüfung', href: '/replays' },
];

/** Stored decisions run again by the law of then, and those that came out differently. */
@Controller('replays')
export class ReplayController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly replays: Replays,
  ) {}

  @Screen({
    path: '',
    may: 'audit.read',
    audit: 'none: incidents stand in the log already',
    title: 'Nachprüfung von Entscheidungen',
  })
  async incidents(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return render(
      IncidentsView,
      { incidents: await this.uow.read(actor.acting, (tx) => this.replays.incidents(tx)) },
      { crumbs: CRUMBS.slice(0, 1) },
    );
  }

  @Screen({
    path: ':id',
    may: 'audit.read',
    audit: 'none: a look; the run itself is on record',
    title: 'Entscheidung nachprüfen',
  })
  async look(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    const look = await this.uow.read(actor.acting, (tx) => this.replays.look(tx, id));
    return render(ReplayView, { look, once: newId() }, { crumbs: CRUMBS });
  }

  @Action({
    path: ':id',
    may: 'audit.read',
    audit: 'decision.replayed.v1, decision.replay-failed.v1',
    title: 'Entscheidung nachprüfen',
  })
  async run(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const by = once(actor, call.url, body);
    const { same } = await this.uow.run(by.acting, (tx) => this.replays.replay(tx, id, actor.personId));
    notify(
      call,
      same
        ? { kind: 'success', title: 'Die Entscheidung kommt genau so wieder heraus' }
        : {
            kind: 'warning',
            title: 'Die Entscheidung kommt anders heraus',
            text: 'Das ist ein Vorfall. Er steht im Protokoll und in der Liste der Vorfälle.',
          },
    );
    return redirect(`/replays/${id}`);
  }
}
