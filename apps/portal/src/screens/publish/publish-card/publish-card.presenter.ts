import { CatalogueReads, type Product } from '#lib/catalogue';
import { UnitOfWork } from '#lib/kernel';
import type { Actor } from '#lib/organisation';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import type { CardProps } from './publish-card.view';

@Injectable()
export class PublishCardPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reads: CatalogueReads,
    private readonly rulebook: Rulebook,
  ) {}

  /** A product with what may be chosen from each list of the law in force. Throws `product_not_found`. */
  card(actor: Actor, id: string): Promise<Pick<CardProps, 'options'> & { product: Product }> {
    return this.uow.read(actor.acting, async (tx) => {
      const { ruleset } = await this.rulebook.inForce(tx);
      return {
        product: await this.reads.product(tx, id),
        options: (list) => ruleset.labels(list).map(({ code, name }) => ({ value: code, text: name })),
      };
    });
  }
}
