import { CatalogueReads, type ProductSummary } from '#lib/catalogue';
import { parse, UnitOfWork } from '#lib/kernel';
import { type Actor, OrganisationReads } from '#lib/organisation';
import { OPENNESS } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Option } from '../../../layout/forms';
import { AccessOutlook, askingUnit, type Outlook } from '../../../layout/requests/access-outlook';

export interface CatalogueQuery {
  q?: string;
  unit?: string;
  openness?: string;
  theme?: string;
  after?: string;
}

export interface Hit extends ProductSummary {
  outlook: Outlook;
}

export interface CatalogueModel {
  query: CatalogueQuery;
  hits: Hit[];
  /** address of the next page */
  next: string | null;
  first: boolean;
  units: Option[];
  openness: Option[];
  themes: Option[];
  unitName: string | null;
}

const PAGE = 20;
// a filter somebody typed into the address is as good as none
const querySchema = z.object({
  q: z.string().max(500).default(''),
  unit: z.uuid().optional().catch(undefined),
  openness: z.enum(OPENNESS).optional().catch(undefined),
  theme: z.string().max(60).optional().catch(undefined),
  after: z.string().max(200).optional().catch(undefined),
});

@Injectable()
export class CataloguePresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly catalogue: CatalogueReads,
    private readonly organisation: OrganisationReads,
    private readonly rulebook: Rulebook,
    private readonly access: AccessOutlook,
  ) {}

  catalogueFor(actor: Actor, given: CatalogueQuery): Promise<CatalogueModel> {
    const { q, unit, openness, theme, after } = parse(querySchema, withoutEmpty(given));
    return this.uow.read(actor.acting, async (tx) => {
      const { ruleset } = await this.rulebook.inForce(tx);
      const asking = askingUnit(actor);
      const { items, next } = await this.catalogue.search(
        tx,
        q,
        { providerUnitId: unit, openness, theme },
        { after, limit: PAGE },
      );
      const hits: Hit[] = [];
      for (const item of items) {
        const product = await this.catalogue.product(tx, item.id);
        hits.push({ ...item, outlook: await this.access.outlook(tx, product, ruleset, asking) });
      }
      const units = await this.organisation.units(tx);
      return {
        query: { q, unit, openness, theme },
        hits,
        next: next && addressOf({ q, unit, openness, theme, after: next }),
        first: after === undefined,
        units: units.map(({ id, name }) => ({ value: id, text: name })),
        openness: OPENNESS.map((value) => ({ value, text: ruleset.label('openness', value) })),
        themes: ruleset.vocabulary.themes.map(({ code, name }) => ({ value: code, text: name })),
        unitName: units.find(({ id }) => id === asking)?.name ?? null,
      };
    });
  }
}

const withoutEmpty = (query: CatalogueQuery): CatalogueQuery =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));

export function addressOf(query: CatalogueQuery): string {
  const parameters = new URLSearchParams(
    Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  return parameters.size > 0 ? `/catalogue?${parameters}` : '/catalogue';
}
