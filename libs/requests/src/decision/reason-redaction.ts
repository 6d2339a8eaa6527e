import { CatalogueReads } from '#lib/catalogue';
import { Problem, type Tx } from '#lib/kernel';
import { type Decision, type Reason, rulesAskingAbout, type Ruleset } from '#lib/policy';
import { Injectable } from '@nestjs/common';

/** What stands in the place of a sentence that would tell of a product the reader does not find. */
const NEUTRAL: Reason = {
  rule: '',
  text: 'Einzelne Datensätze brauchen eine schriftliche Begründung, warum zusammengefasste Daten nicht genügen. Ob sie trägt, entscheiden Menschen.',
  source: 'DSGVO Art. 5 Abs. 1 Buchst. c',
  mark: 'D',
};
/** Only a product that summarises this one makes it true. */
export const TELLS_OF_ANOTHER = 'product.aggregateAlternative';

/** What may be said of a decision to this reader. */
export interface VisibleReasons {
  rules: string[];
  because: Reason[];
  /** rules that are not named, because they would tell of a product the reader does not find */
  withheld: ReadonlySet<string>;
}

/** Keeps what a rule would give away from whoever may not know it. The stored decision stays whole. */
@Injectable()
export class ReasonRedaction {
  constructor(private readonly catalogue: CatalogueReads) {}

  /** Reads as the reader does: what row-level security hides is not told. */
  async of(
    tx: Tx,
    ruleset: Ruleset,
    { facts, rules, because }: Pick<Decision, 'facts' | 'rules' | 'because'>,
  ): Promise<VisibleReasons> {
    if (!facts.product.aggregateAlternative || (await this.finds(tx, facts.product.id)))
      return { rules: [...rules], because: [...because], withheld: new Set() };
    const withheld = new Set(rulesAskingAbout(ruleset, TELLS_OF_ANOTHER));
    const visible = because.filter(({ rule }) => !withheld.has(rule));
    return {
      withheld,
      rules: rules.filter((id) => !withheld.has(id)),
      because: visible.length === because.length ? visible : [...visible, NEUTRAL],
    };
  }

  private async finds(tx: Tx, productId: string): Promise<boolean> {
    try {
      const { aggregateProductId } = await this.catalogue.product(tx, productId);
      if (aggregateProductId === null) return false;
      const { state } = await this.catalogue.product(tx, aggregateProductId);
      return state !== 'DRAFT' && state !== 'IN_REVIEW';
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return false;
      throw error;
    }
  }
}
