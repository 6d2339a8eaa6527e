import { type Actor, CurrentActor, permits } from '#lib/organisation';
import { rulebookProblems, RulebookQueries, rulebookUseCases } from '#lib/rulebook';
import { Controller, Param, Query } from '@nestjs/common';
import { type ScreenResult, render } from '../../../layout/page';
import { Screen } from '../../../layout/screen';
import { RulebookPresenter } from './rulebook.presenter';
import { RulebookOverview, VocabularyPage } from './rulebook.view';
import { RulebookDocument } from './law.view';
import { RulePage } from './law.view';

const CRUMBS = [{ text: 'Regelwerk', href: '/rulebook' }];
const isVersion = (text?: string): string | null => (text && /^[\da-f-]{36}$/.test(text) ? text : null);

/** The law book in sentences: as a list, rule by rule with its cases and decisions, and as one document to print. */
@Controller('rulebook')
export class RulebookController {
  constructor(
    private readonly presenter: RulebookPresenter,
    private readonly reads: RulebookQueries,
  ) {}

  @Screen({ path: '', useCase: rulebookUseCases.law, title: 'Regelwerk' })
  async overview(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    const model = await this.presenter.overview(actor);
    return render(RulebookOverview, { ...model, mayDraft: permits(actor, 'rulebook.draft') });
  }

  @Screen({ path: 'document', useCase: rulebookUseCases.law, title: 'Regelwerk als Dokument' })
  async document(@CurrentActor() actor: Actor, @Query('version') version?: string): Promise<ScreenResult> {
    const law = await this.reads.law(actor, isVersion(version));
    return render(RulebookDocument, { law }, { title: `Regelwerk, Fassung ${law.version.version}`, crumbs: CRUMBS });
  }

  @Screen({ path: 'vocabulary', useCase: rulebookUseCases.vocabulary, title: 'Listen des Regelwerks' })
  async vocabulary(@CurrentActor() actor: Actor): Promise<ScreenResult> {
    const { vocabulary, version } = await this.reads.law(actor, null);
    return render(VocabularyPage, { vocabulary, version }, { crumbs: CRUMBS });
  }

  @Screen({ path: 'rules/:rule', may: 'rulebook.read', audit: 'none: decisions the reader may see', title: 'Regel' })
  async rule(
    @CurrentActor() actor: Actor,
    @Param('rule') id: string,
    @Query('version') version?: string,
  ): Promise<ScreenResult> {
    const { law, use } = await this.presenter.withUse(actor, isVersion(version), id);
    const rule = law.chapters.flatMap(({ rules }) => rules).find((one) => one.id === id);
    if (!rule)
      throw rulebookProblems.ruleset_version_not_found({
        detail: `Eine Regel \`${id.slice(0, 20)}\` gibt es in dieser Fassung nicht.`,
      });
    return render(RulePage, { rule, use, version: law.version }, { title: `Regel ${rule.id}`, crumbs: CRUMBS });
  }
}
