import { CatalogueReads, type Product } from '#lib/catalogue';
import { UnitOfWork } from '#lib/kernel';
import { type Actor, dutyInWords, DutyReads } from '#lib/organisation';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import type { CardProps } from './publish-card.view';

@Injectable()
export class PublishCardPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: CatalogueReads,
    private readonly rulebook: Rulebook,
    private readonly duties: DutyReads,
  ) {}

  /** A product with what may be chosen from each list of the law in force and the register of duties. Throws `product_not_found`. */
  card(actor: Actor, id: string): Promise<Pick<CardProps, 'options' | 'notices'> & { product: Product }> {
    return this.uow.read(actor.acting, async (tx) => {
      const { ruleset } = await this.rulebook.inForce(tx);
      const product = await this.reads.product(tx, id);
      const own = (await this.duties.ofUnits(tx, [product.providerUnitId])).map((duty) => ({
        value: duty.code,
        text: dutyInWords(duty),
      }));
      // what is stated and no duty any more can be seen and taken back
      const gone = (product.card.collectedForDuties ?? [])
        .filter((code) => !own.some(({ value }) => value === code))
        .map((code) => ({ value: code, text: `${code} (keine Pflichtaufgabe Ihrer Stelle mehr)` }));
      return {
        product,
        notices: await this.reads.notCarriedOut(tx, product),
        options: (list) =>
          list === 'duties'
            ? [...own, ...gone]
            : ruleset.labels(list).map(({ code, name }) => ({ value: code, text: name })),
      };
    });
  }
}
