import { newId } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { decisionUseCases, ReplayService } from '#lib/requests';
import { Controller, Param } from '@nestjs/common';

import { render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import type { Notice } from '../../../session/session';
import { IncidentsView, ReplayView } from './replay.view';

const CRUMBS = [
  { text: 'Protokoll', href: '/audit' },
  { text: 'Nachprüfung', href: '/replays' },
];

const SAME: Notice = { kind: 'success', title: 'Die Entscheidung kommt genau so wieder heraus' };
const DIFFERENT: Notice = {
  kind: 'warning',
  title: 'Die Entscheidung kommt anders heraus',
  text: 'Das ist ein Vorfall. Er steht im Protokoll und in der Liste der Vorfälle.',
};

/** Stored decisions run again by the law of then, and those that came out differently. */
@Controller('replays')
export class ReplayController {
  constructor(private readonly replays: ReplayService) {}

  @Screen({
    path: '',
    useCase: decisionUseCases.incidents,
    title: 'Nachprüfung von Entscheidungen',
  })
  async incidents(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    return render(IncidentsView, { incidents: await this.replays.incidents(actor) }, { crumbs: CRUMBS.slice(0, 1) });
  }

  @Screen({
    path: ':id',
    may: 'audit.read',
    audit: 'none: a look; the run itself is on record',
    title: 'Entscheidung nachprüfen',
  })
  async look(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    const look = await this.replays.look(actor, id);
    return render(ReplayView, { look, once: newId() }, { crumbs: CRUMBS });
  }

  @Action({
    path: ':id',
    useCase: decisionUseCases.replay,
    title: 'Entscheidung nachprüfen',
  })
  run(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      run: (by) => this.replays.replay(by, id),
      done: ({ same }) => (same ? SAME : DIFFERENT),
      next: `/replays/${id}`,
    });
  }
}
