import { CatalogueReads, CatalogueService, type Product } from '#lib/catalogue';
import { type Problem, UnitOfWork } from '#lib/kernel';
import { type Actor, CurrentActor, type HttpRequest } from '#lib/organisation';
import { Rulebook } from '#lib/rulebook';
import { Body, Controller, Param, Req } from '@nestjs/common';
import { type FormBody, wholeNumber } from '../../../layout/form-body';
import type { Option } from '../../../layout/forms';
import { type ScreenResult, redirect, render, type Page } from '../../../layout/page';
import { withFormErrors } from '../../../layout/problem-page';
import { Action, Screen } from '../../../layout/screen';
import { notify } from '../../../session/session';
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
  describe(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: FormBody,
    @Req() call: HttpRequest,
  ): Promise<ScreenResult> {
    const work = async (): Promise<ScreenResult> => {
      await this.uow.run(actor.acting, async (tx) => {
        const product = await this.reads.product(tx, id);
        const patch = patchOf(body, product, inWork(product));
        if (Object.keys(patch).length > 0)
          await this.catalogue.describe(tx, actor, id, wholeNumber(body, 'revision') ?? 0, patch);
      });
      notify(call, { kind: 'success', title: 'Die Beschreibung ist gespeichert' });
      return redirect(`/publish/${id}`);
    };
    return withFormErrors(call, TITLE, work, (problem) => this.shown(actor, id, body, atFields(problem)));
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

/** `/card/contact` is the field `contact` of our form. */
function atFields(problem: Problem): Problem {
  for (const fault of problem.errors ?? []) fault.pointer = fault.pointer.replace(/^\/card\//, '/');
  return problem;
}
