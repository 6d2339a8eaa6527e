import { ImpactQueries, impactUseCases } from '#lib/agreements';
import { isId, newId, type Problem } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { rulebookProblems, rulebookUseCases, RulesetDraftService, RulesetRecallService } from '#lib/rulebook';
import { Controller, Param } from '@nestjs/common';
import { type FormBody, given, one } from '../../../layout/form-body';
import { berlinMidnight } from '../../../layout/format';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { RulebookVersionPresenter } from './rulebook-version.presenter';
import { VersionPage } from './rulebook-version.view';
import { ImpactPage } from './impact.view';

const TITLE = 'Fassung des Regelwerks';
const CRUMBS = [{ text: 'Regelwerk', href: '/rulebook' }];

/** One version or draft: what it changes, what was said about it, how the offices voted, and the next step. */
@Controller('rulebook/versions/:id')
export class RulebookVersionController {
  constructor(
    private readonly presenter: RulebookVersionPresenter,
    private readonly drafts: RulesetDraftService,
    private readonly recalls: RulesetRecallService,
    private readonly impacts: ImpactQueries,
  ) {}

  @Screen({
    path: '',
    useCase: rulebookUseCases.version,
    title: TITLE,
  })
  version(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Screen({
    path: 'impact',
    useCase: impactUseCases.run,
    title: 'Auswirkungen',
  })
  async impact(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    const report = await this.impacts.run(actor, known(id));
    return render(
      ImpactPage,
      { report, citywide: actor.acting.citywide },
      {
        title: `Auswirkungen von Fassung ${report.version}`,
        crumbs: [...CRUMBS, { text: `Fassung ${report.version}`, href: `/rulebook/versions/${id}` }],
      },
    );
  }

  @Action({ path: 'consultation', useCase: rulebookUseCases.consult, title: TITLE })
  consult(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Der Entwurf ist in der Beratung',
      run: (by) => this.drafts.consult(by, id),
    });
  }

  @Action({ path: 'revision', useCase: rulebookUseCases.revise, title: TITLE })
  revise(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Sie können den Entwurf wieder ändern',
      run: (by) => this.drafts.revise(by, id),
    });
  }

  @Action({ path: 'withdrawal', useCase: rulebookUseCases.withdraw, title: TITLE })
  withdraw(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Der Entwurf ist zurückgezogen',
      run: (by) => this.drafts.withdraw(by, id),
    });
  }

  @Action({ path: 'comments', useCase: rulebookUseCases.comment, title: TITLE })
  comment(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: rulebookUseCases.comment,
      done: 'Ihre Stellungnahme steht beim Entwurf',
      run: (by, input) => this.drafts.comment(by, id, input),
    });
  }

  @Action({ path: 'ballot', useCase: rulebookUseCases.callVote, title: TITLE })
  ballot(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const until = given(form.body, 'until');
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Der Entwurf steht zur Abstimmung',
      run: (by) => this.drafts.callVote(by, id, until ? { until: berlinMidnight(until, 1) } : {}),
    });
  }

  @Action({ path: 'votes', useCase: rulebookUseCases.vote, title: TITLE })
  vote(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: rulebookUseCases.vote,
      done: 'Ihre Stimme ist abgegeben',
      run: (by, input) => this.drafts.vote(by, id, input),
    });
  }

  @Action({ path: 'adoption', useCase: rulebookUseCases.adopt, title: TITLE })
  adopt(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const day = given(form.body, 'inForceFrom');
    return submitForm(form, {
      ...this.pageOf(form, id),
      done: 'Das Regelwerk ist beschlossen',
      run: (by) =>
        this.drafts.adopt(by, id, {
          decisionNumber: one(form.body, 'decisionNumber'),
          ...(day && { inForceFrom: berlinMidnight(day) }),
        }),
    });
  }

  @Action({ path: 'recall', useCase: rulebookUseCases.recall, title: TITLE })
  recall(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    return submitForm(form, {
      ...this.pageOf(form, id),
      useCase: rulebookUseCases.recall,
      done: 'Ihre Stelle will die Fassung zurücknehmen',
      run: (by, input) => this.recalls.recall(by, id, input),
    });
  }

  private pageOf({ actor, body }: SubmittedForm, id: string) {
    return { next: `/rulebook/versions/${id}`, again: (problem: Problem) => this.shown(actor, id, problem, body) };
  }

  private async shown(actor: Actor, id: string, problem?: Problem, body: FormBody = {}): Promise<Page> {
    const model = await this.presenter.version(actor, known(id));
    return render(
      VersionPage,
      { ...model, problem, body, once: newId() },
      { title: `Regelwerk, Fassung ${model.version.version}`, crumbs: CRUMBS },
    );
  }
}

function known(id: string): string {
  if (!isId(id)) throw rulebookProblems.ruleset_version_not_found();
  return id;
}
