import { CatalogueReads } from '#lib/catalogue';
import { Problem, type Tx } from '#lib/kernel';
import { type Decision, type Freedom, type Ruleset, type Suggestion, wayOut } from '#lib/policy';
import { Inject, Injectable } from '@nestjs/common';
import { fieldFacts, purposeRelation } from './facts-assembly';
import type { PartialRequestForm } from './request-form';

/** How a refused or slow request could pass, as the reader may know it. */
@Injectable()
export class WayOutReads {
  constructor(@Inject(CatalogueReads) private readonly catalogue: CatalogueReads) {}

  /** Best first, empty when nothing smaller is treated better. Reads as the reader does, so it names nothing hidden. */
  async of(tx: Tx, form: PartialRequestForm, decision: Decision, ruleset: Ruleset): Promise<Suggestion[]> {
    if (decision.outcome === 'PERMIT' || decision.outcome === 'PERMIT_OBL') return [];
    return wayOut(ruleset, decision.facts, await this.freedom(tx, form, ruleset)).suggestions;
  }

  private async freedom(tx: Tx, form: PartialRequestForm, ruleset: Ruleset): Promise<Freedom> {
    const { card, aggregateProductId } = await this.catalogue.product(tx, form.productId);
    const alternative = aggregateProductId ? await this.alternative(tx, aggregateProductId, form, ruleset) : undefined;
    return { ...(Array.isArray(card.offers) && { forms: card.offers }), ...(alternative && { alternative }) };
  }

  /** The aggregate product, if the reader finds it and can ask for it. */
  private async alternative(
    tx: Tx,
    productId: string,
    { purposeCode }: PartialRequestForm,
    ruleset: Ruleset,
  ): Promise<Freedom['alternative']> {
    try {
      const { title, state } = await this.catalogue.product(tx, productId);
      const version = await this.catalogue.currentVersion(tx, productId);
      if (state !== 'REQUESTABLE' || !version) return undefined;
      const product = await this.catalogue.forPolicy(tx, productId);
      const needed = fieldFacts(ruleset, { purposeCode }, version.fields).filter((field) => field.needed);
      return { title, product, fields: needed, relation: purposeRelation(purposeCode, product.allowedPurposes) };
    } catch (error) {
      // hidden from the reader: then there is no such product
      if (error instanceof Problem && error.status === 404) return undefined;
      throw error;
    }
  }
}
