import { isId, newId, type Problem, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest } from '#lib/organisation';
import { RulebookReads, rulebookProblems, RulesetDrafts, type SourceText } from '#lib/rulebook';
import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import { type FormBody, once, one, wholeNumber } from '../../../layout/form-body';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
import { DraftPage, type DraftProps } from './rulebook-draft.view';

const TITLE = 'Regelwerk ändern';
const CRUMBS = [{ text: 'Regelwerk', href: '/rulebook' }];

/** The law book as text, file by file, checked at once: faults, and cases that no longer hold. `new` begins a draft. */
@Controller('rulebook/drafts/:id')
export class RulebookDraftController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: RulebookReads,
    private readonly drafts: RulesetDrafts,
  ) {}

  @Screen({ path: '', literalId: 'new', may: 'rulebook.draft', audit: 'none: nothing is kept', title: TITLE })
  edit(@CurrentActor() actor: Actor, @Param('id') id: string, @Query('file') file?: string): Promise<ScreenResult> {
    return this.shown(actor, id, file ? { file } : {});
  }

  @Action({ path: '', literalId: 'new', may: 'rulebook.draft', audit: 'rulebook.drafted.v1', title: TITLE })
  save(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const files = [{ file: one(body, 'file'), text: one(body, 'text') }];
    const acted = async (): Promise<ScreenResult> => {
      if (one(body, 'step') === 'check') {
        const checked = await this.uow.read(actor.acting, (tx) =>
          this.drafts.tryOut(tx, { files, ...(id !== 'new' && { versionId: id }) }),
        );
        return this.shown(actor, id, body, { checked });
      }
      const by = once(actor, call.url, body);
      const input = { title: one(body, 'title'), reason: one(body, 'reason'), files };
      const draft = await this.uow.run(by.acting, (tx) =>
        id === 'new'
          ? this.drafts.draft(tx, by, input)
          : this.drafts.change(tx, by, known(id), { ...input, revision: wholeNumber(body, 'revision') ?? 0 }),
      );
      notify(call, { kind: 'success', title: `Entwurf ${draft.version} ist gespeichert` });
      return redirect(`/rulebook/versions/${draft.id}`);
    };
    return withFormErrors(call, TITLE, acted, (problem: Problem) => this.shown(actor, id, body, { problem }));
  }

  private async shown(actor: Actor, id: string, body: FormBody, more: Partial<DraftProps> = {}): Promise<Page> {
    const { sources, draft } = await this.uow.read(actor.acting, async (tx) => {
      if (id !== 'new')
        return { sources: await this.reads.sources(tx, known(id)), draft: await this.reads.version(tx, actor, id) };
      const inForce = (await this.reads.versions(tx)).find(({ state }) => state === 'IN_FORCE');
      return { sources: await this.reads.sources(tx, inForce!.id), draft: null };
    });
    if (draft && !draft.may.change) throw rulebookProblems.ruleset_step_impossible();
    const files = sources.map(({ file }) => file);
    const file = files.includes(one(body, 'file'))
      ? one(body, 'file')
      : (files.find((name) => name.startsWith('rules/')) ?? files[0]!);
    const text = body.text === undefined ? textOf(sources, file) : one(body, 'text');
    return render(
      DraftPage,
      {
        id,
        file,
        files,
        text,
        title: one(body, 'title') || draft?.title || '',
        reason: one(body, 'reason') || draft?.reason || '',
        revision: draft?.revision ?? 0,
        once: newId(),
        ...more,
      },
      {
        title: draft ? `Entwurf ${draft.version} bearbeiten` : TITLE,
        crumbs: CRUMBS,
      },
    );
  }
}

const textOf = (sources: readonly SourceText[], file: string): string =>
  sources.find((source) => source.file === file)?.text ?? '';

function known(id: string): string {
  if (!isId(id)) throw rulebookProblems.ruleset_version_not_found();
  return id;
}
