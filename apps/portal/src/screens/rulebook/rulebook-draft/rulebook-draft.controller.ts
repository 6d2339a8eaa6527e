import { isId, newId } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import type { SourceText } from '#lib/law';
import { rulebookProblems, rulebookUseCases, RulesetDraftService } from '#lib/rulebook';
import { Controller, Param, Query } from '@nestjs/common';
import { type FormBody, one, revisionOf } from '../../../layout/form-body';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { RulebookDraftPresenter } from './rulebook-draft.presenter';
import { DraftPage, type DraftProps } from './rulebook-draft.view';

const TITLE = 'Regelwerk ändern';
const CRUMBS = [{ text: 'Regelwerk', href: '/rulebook' }];

/** The law book as text, file by file, checked at once: faults, and cases that no longer hold. `new` begins a draft. */
@Controller('rulebook/drafts/:id')
export class RulebookDraftController {
  constructor(
    private readonly presenter: RulebookDraftPresenter,
    private readonly drafts: RulesetDraftService,
  ) {}

  @Screen({ path: '', literalId: 'new', useCase: rulebookUseCases.check, title: TITLE })
  edit(@CurrentActor() actor: Actor, @Param('id') id: string, @Query('file') file?: string): Promise<ScreenResult> {
    return this.shown(actor, id, file ? { file } : {});
  }

  @Action({ path: '', literalId: 'new', useCase: rulebookUseCases.draft, title: TITLE })
  save(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { actor, body } = form;
    const files = [{ file: one(body, 'file'), text: one(body, 'text') }];
    return submitForm(form, {
      run: async (by) => {
        if (one(body, 'step') === 'check') {
          const checked = await this.drafts.tryOut(actor, { files, ...(id !== 'new' && { versionId: id }) });
          return this.shown(actor, id, body, { checked });
        }
        const input = { title: one(body, 'title'), reason: one(body, 'reason'), files };
        return id === 'new'
          ? this.drafts.draft(by, input)
          : this.drafts.change(by, known(id), { ...input, revision: revisionOf(body) });
      },
      done: ({ version }) => ({ kind: 'success', title: `Entwurf ${version} ist gespeichert` }),
      next: (draft) => `/rulebook/versions/${draft.id}`,
      again: (problem) => this.shown(actor, id, body, { problem }),
    });
  }

  private async shown(actor: Actor, id: string, body: FormBody, more: Partial<DraftProps> = {}): Promise<Page> {
    const { sources, draft } = await this.presenter.text(actor, id === 'new' ? null : known(id));
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
