import { CatalogueReads, CatalogueService, type Product } from '#lib/catalogue';
import { type Problem, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor } from '#lib/organisation';
import { Rulebook } from '#lib/rulebook';
import { Controller, Param } from '@nestjs/common';
import { type FormBody, revisionOf } from '../../../layout/form-body';
import type { Option } from '../../../layout/forms';
import { type Page, render, type ScreenResult } from '../../../layout/page';
import { submitForm, Submitted, type SubmittedForm } from '../../../layout/submit-form';
import { Action, Screen } from '../../../layout/screen';
import { bodyOf, CARD, type CardField, NONE, patchOf } from './card-fields';
import { CardView } from './publish-card.view';

const TITLE = 'Beschreibung bearbeiten';
const inWork = ({ state }: Product): boolean => state === 'DRAFT' || state === 'IN_REVIEW';

@Controller('publish/:id/card')
export class PublishCardController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: CatalogueReads,
    private readonly catalogue: CatalogueService,
    private readonly rulebook: Rulebook,
  ) {}

  @Screen({ path: '', may: 'product.edit', audit: 'none: metadata of the own unit', title: TITLE })
  card(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ScreenResult> {
    return this.shown(actor, id);
  }

  @Action({ path: '', may: 'product.edit', audit: 'product.described.v1', title: TITLE })
  describe(@Param('id') id: string, @Submitted() form: SubmittedForm): Promise<ScreenResult> {
    const { actor, body } = form;
    return submitForm(form, {
      fields: { 'card/*': '$1' },
      run: (by) =>
        this.uow.run(by.acting, async (tx) => {
          const product = await this.reads.product(tx, id);
          const patch = patchOf(body, product, inWork(product));
          if (Object.keys(patch).length > 0) await this.catalogue.describe(tx, by, id, revisionOf(body), patch);
        }),
      done: 'Die Beschreibung ist gespeichert',
      next: `/publish/${id}`,
      again: (problem) => this.shown(actor, id, body, problem),
    });
  }

  private async shown(actor: Actor, id: string, body?: FormBody, problem?: Problem): Promise<Page> {
    const { product, options } = await this.uow.read(actor.acting, async (tx) => {
      const { ruleset } = await this.rulebook.inForce(tx);
      const choices = ({ choices, none }: CardField): Option[] => {
        const first = none ? [{ value: NONE, text: none }] : [];
        if (!choices) return [];
        if (choices === 'purposes') return ruleset.purposes.map(({ code, name }) => ({ value: code, text: name }));
        if (choices === 'themes')
          return ruleset.vocabulary.themes.map(({ code, name }) => ({ value: code, text: name }));
        if ('list' in choices && Array.isArray(choices.values)) {
          const { list, values } = choices as { list: Parameters<typeof ruleset.label>[0]; values: readonly string[] };
          return [...first, ...values.map((value) => ({ value, text: ruleset.label(list, value) }))];
        }
        return [
          ...first,
          ...Object.entries(choices as Record<string, string>).map(([value, text]) => ({ value, text })),
        ];
      };
      const found = await this.reads.product(tx, id);
      return {
        product: found,
        options: Object.fromEntries(CARD.flatMap(({ fields }) => fields).map((field) => [field.name, choices(field)])),
      };
    });
    const crumbs = [
      { text: 'Eigene Datenprodukte', href: '/publish' },
      { text: product.title, href: `/publish/${id}` },
    ];
    return render(
      CardView,
      {
        id,
        title: product.title,
        revision: product.revision,
        open: inWork(product),
        body: body ?? bodyOf(product),
        options,
        problem,
      },
      { crumbs },
    );
  }
}
