import { type ImpactReport, ImpactService } from '#lib/agreements';
import { isId, newId, type Problem, type Tx, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest } from '#lib/organisation';
import { RulebookReads, rulebookProblems, RulesetDrafts, RulesetRecall } from '#lib/rulebook';
import { Body, Controller, Param, Req } from '@nestjs/common';
import { type FormBody, given, once, one } from '../../../layout/form-body';
import { berlinMidnight } from '../../../layout/format';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { ImpactPage, VersionPage } from './rulebook-version.view';

const TITLE = 'Fassung des Regelwerks';
const CRUMBS = [{ text: 'Regelwerk', href: '/rulebook' }];
type Work = (tx: Tx, actor: Actor) => Promise<unknown>;

/** One version or draft: what it changes, what was said about it, how the offices voted, and the next step. */
@Controller('rulebook/versions/:id')
export class RulebookVersionController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: RulebookReads,
    private readonly drafts: RulesetDrafts,
    private readonly recalls: RulesetRecall,
    private readonly impacts: ImpactService,
  ) {}

  @Screen({
    path: '',
    may: 'rulebook.read',
    audit: 'none: the law book is open to everybody who may read it',
    title: TITLE,
  })
  version(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Screen({
    path: 'impact',
    may: 'rulebook.comment',
    audit: 'none: decisions and agreements the reader may see',
    title: 'Auswirkungen',
  })
  async impact(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    const report: ImpactReport = await this.uow.read(actor.acting, (tx) => this.impacts.run(tx, known(id)));
    return render(
      ImpactPage,
      { report, citywide: actor.acting.citywide },
      {
        title: `Auswirkungen von Fassung ${report.version}`,
        crumbs: [...CRUMBS, { text: `Fassung ${report.version}`, href: `/rulebook/versions/${id}` }],
      },
    );
  }

  @Action({ path: 'consultation', may: 'rulebook.draft', audit: 'rulebook.consulted.v1', title: TITLE })
  consult(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Der Entwurf ist in der Beratung', (tx, by) =>
      this.drafts.consult(tx, by, id),
    );
  }

  @Action({ path: 'revision', may: 'rulebook.draft', audit: 'rulebook.returned.v1', title: TITLE })
  revise(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Sie können den Entwurf wieder ändern', (tx, by) =>
      this.drafts.revise(tx, by, id),
    );
  }

  @Action({ path: 'withdrawal', may: 'rulebook.draft', audit: 'rulebook.withdrawn.v1', title: TITLE })
  withdraw(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Der Entwurf ist zurückgezogen', (tx, by) =>
      this.drafts.withdraw(tx, by, id),
    );
  }

  @Action({ path: 'comments', may: 'rulebook.comment', audit: 'rulebook.commented.v1', title: TITLE })
  comment(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Ihre Stellungnahme steht beim Entwurf', (tx, by) =>
      this.drafts.comment(tx, by, id, { text: one(body, 'text'), ruleId: given(body, 'ruleId') ?? null }),
    );
  }

  @Action({ path: 'ballot', may: 'rulebook.draft', audit: 'rulebook.vote-called.v1', title: TITLE })
  ballot(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const until = given(body, 'until');
    return this.act(call, actor, id, body, 'Der Entwurf steht zur Abstimmung', (tx, by) =>
      this.drafts.callVote(tx, by, id, until ? { until: berlinMidnight(until, 1) } : {}),
    );
  }

  @Action({ path: 'votes', may: 'rulebook.vote', audit: 'rulebook.voted.v1', title: TITLE })
  vote(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Ihre Stimme ist abgegeben', (tx, by) =>
      this.drafts.vote(tx, by, id, { vote: one(body, 'vote') }),
    );
  }

  @Action({ path: 'adoption', may: 'rulebook.vote', audit: 'rulebook.adopted.v1', title: TITLE })
  adopt(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const day = given(body, 'inForceFrom');
    return this.act(call, actor, id, body, 'Das Regelwerk ist beschlossen', (tx, by) =>
      this.drafts.adopt(tx, by, id, {
        decisionNumber: one(body, 'decisionNumber'),
        ...(day && { inForceFrom: berlinMidnight(day) }),
      }),
    );
  }

  @Action({ path: 'recall', may: 'rulebook.vote', audit: 'rulebook.recall-asked.v1', title: TITLE })
  recall(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    return this.act(call, actor, id, body, 'Ihre Stelle will die Fassung zurücknehmen', (tx, by) =>
      this.recalls.recall(tx, by, id, { reason: one(body, 'reason'), decisionNumber: one(body, 'decisionNumber') }),
    );
  }

  private act(
    call: HttpRequest,
    actor: Actor,
    id: string,
    body: FormBody,
    done: string,
    work: Work,
  ): Promise<ScreenResult> {
    const acted = async (): Promise<ScreenResult> => {
      known(id);
      const by = once(actor, call.url, body);
      await this.uow.run(by.acting, (tx) => work(tx, by));
      notify(call, { kind: 'success', title: done });
      return redirect(`/rulebook/versions/${id}`);
    };
    return withFormErrors(call, TITLE, acted, (problem) => this.shown(actor, id, problem, body));
  }

  private async shown(actor: Actor, id: string, problem?: Problem, body: FormBody = {}): Promise<Page> {
    const { version, changes } = await this.uow.read(actor.acting, async (tx) => ({
      version: await this.reads.version(tx, actor, known(id)),
      changes: await this.reads.changes(tx, id),
    }));
    return render(
      VersionPage,
      { version, changes, problem, body, once: newId() },
      { title: `Regelwerk, Fassung ${version.version}`, crumbs: CRUMBS },
    );
  }
}

function known(id: string): string {
  if (!isId(id)) throw rulebookProblems.ruleset_version_not_found();
  return id;
}
