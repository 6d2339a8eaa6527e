// One file: search, a product and what policy asks of it read the same rows; split, they would drift apart.
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { parse, type Tx } from '#lib/kernel';
import { OrganisationReads, type Subject, type UnitKind } from '#lib/organisation';
import { type Facts, type Provider, PROVIDER_OF_KIND } from '#lib/policy';
import { catalogueProblems } from './catalogue.problems';
import { METADATA } from './metadata';
import { type FactOf, factsOf, type GatheredFacts } from './metadatum';
import { completeness, type Described } from './musts';
import { Product } from './product.entity';
import { FieldRow, VersionRow } from './product-version.entity';
import { productStates } from './product.states';
import { searchFilters } from './product.use-cases';
import type { Field, ProductSummary, ProductVersion } from './product.view';

const filterSchema = searchFilters.extend({
  /** without it: what others may see */
  states: z.array(z.enum(productStates.stored)).min(1).optional(),
});
export type SearchFilters = z.input<typeof filterSchema>;

export interface SearchPage {
  /** `next` of the page before */
  after?: string;
  /** 1 to 100, 20 if not given */
  limit?: number;
}

export const PROVIDERS: Record<UnitKind, Provider> = PROVIDER_OF_KIND;
/** How long a deputy carries a vacant seat before the products are frozen (governance §8, K8). */
const VACANCY_DAYS = 30;

/** Row-level security decides what is found; whatever is hidden is not found, never forbidden. */
@Injectable()
export class CatalogueReads {
  constructor(private readonly organisation: OrganisationReads) {}

  /** Throws `product_not_found`, also for a product outside the actor's scope. */
  async product(tx: Tx, id: string): Promise<Product> {
    const product = await tx.em.findOneBy(Product, { id });
    if (!product) throw catalogueProblems.product_not_found();
    return product;
  }

  async productByKey(tx: Tx, key: string): Promise<Product | null> {
    return tx.em.findOneBy(Product, { key });
  }

  /** Throws `version_not_found`. */
  async version(tx: Tx, id: string): Promise<ProductVersion> {
    const row = await tx.em.findOneBy(VersionRow, { id });
    if (!row) throw catalogueProblems.version_not_found();
    const { createdBy: _, ...version } = row;
    const fields = await tx.em.find(FieldRow, { where: { versionId: id }, order: { position: 'ASC' } });
    return { ...version, fields: fields.map(fieldOf) };
  }

  /** The version new requests are about; null when the product has no data yet. */
  async currentVersion(tx: Tx, productId: string): Promise<ProductVersion | null> {
    const { currentVersionId } = await this.product(tx, productId);
    return currentVersionId ? this.version(tx, currentVersionId) : null;
  }

  /** Newest first, without fields. */
  async versions(tx: Tx, productId: string): Promise<Omit<ProductVersion, 'fields'>[]> {
    await this.product(tx, productId);
    return tx.em.find(VersionRow, { where: { productId }, order: { number: 'DESC' } });
  }

  /** A product with its current version and what each rung still misses. Throws `product_not_found`. */
  async detail(tx: Tx, id: string) {
    const product = await this.product(tx, id);
    const described = await this.described(tx, product);
    return {
      ...product,
      version: await this.currentVersion(tx, id),
      missing: { visible: completeness(described, 'VISIBLE'), requestable: completeness(described, 'REQUESTABLE') },
    };
  }

  /**
   * Search in German over title, keywords, themes and texts: by stem, by beginning of a word, and inside compounds.
   * Best hit first; without words, latest change first. Pages by key, so that a page does not move under the reader.
   */
  async search(
    tx: Tx,
    text: string,
    filters: SearchFilters = {},
    page: SearchPage = {},
  ): Promise<{ items: ProductSummary[]; next: string | null }> {
    const {
      theme,
      keyword,
      providerUnitId,
      openness,
      personalRef,
      states = ['VISIBLE', 'REQUESTABLE'],
    } = parse(filterSchema, filters);
    const limit = Math.min(Math.max(Math.trunc(page.limit ?? 20), 1), 100);
    const words =
      text
        .slice(0, 500)
        .toWellFormed()
        .normalize('NFC')
        .toLowerCase()
        .match(/[\p{L}\p{N}]{1,60}/gu)
        ?.slice(0, 12) ?? [];
    if (words.length === 0 && text.trim() !== '') return { items: [], next: null };
    const after = page.after === undefined ? null : readToken(page.after);
    const rows = await tx.sql<ProductSummary & { place: string }>(
      `WITH q AS MATERIALIZED (SELECT CASE WHEN cardinality($1::text[]) > 0 THEN catalogue.query($1) END AS query)
       SELECT * FROM (
         SELECT p.id, p.key, p.title, p.summary, p.provider_unit_id AS "providerUnitId", u.name AS "providerName", p.state,
                p.openness, p.personal_ref AS "personalRef", p.themes, p.keywords, p.modified_at AS "modifiedAt",
                CASE WHEN q.query IS NULL THEN extract(epoch FROM p.modified_at)::numeric
                     ELSE round(ts_rank(p.search, q.query)::numeric, 6) END AS place
           FROM q, catalogue.product p JOIN organisation.unit u ON u.id = p.provider_unit_id
          WHERE p.state = ANY ($2) AND (cardinality($1::text[]) = 0 OR p.search @@ q.query)
            AND ($3::text IS NULL OR $3 = ANY (p.themes)) AND ($4::text IS NULL OR $4 = ANY (p.keywords))
            AND ($5::uuid IS NULL OR p.provider_unit_id = $5) AND ($6::text IS NULL OR p.openness = $6)
            AND ($7::text IS NULL OR p.personal_ref = $7)) hit
        WHERE $8::numeric IS NULL OR (hit.place, hit.id) < ($8, $9::uuid)
        ORDER BY hit.place DESC, hit.id DESC LIMIT $10`,
      [
        words,
        states,
        theme ?? null,
        keyword ?? null,
        providerUnitId ?? null,
        openness ?? null,
        personalRef ?? null,
        after?.place ?? null,
        after?.id ?? null,
        limit + 1,
      ],
    );
    const items = rows.slice(0, limit).map(({ place: _, ...item }) => item);
    const last = rows[limit - 1];
    return { items, next: rows.length > limit && last ? writeToken(last) : null };
  }

  /** Products of units in any state, latest change first: the workplace of stewards and owners. */
  async ofUnits(tx: Tx, unitIds: readonly string[]): Promise<ProductSummary[]> {
    return tx.sql<ProductSummary>(
      `SELECT p.id, p.key, p.title, p.summary, p.provider_unit_id AS "providerUnitId", u.name AS "providerName", p.state, p.openness,
              p.personal_ref AS "personalRef", p.themes, p.keywords, p.modified_at AS "modifiedAt"
         FROM catalogue.product p JOIN organisation.unit u ON u.id = p.provider_unit_id
        WHERE p.provider_unit_id = ANY ($1) ORDER BY p.modified_at DESC, p.id DESC LIMIT 500`,
      [unitIds],
    );
  }

  /**
   * The product as the law book sees it, now. What is not released counts as unclassified, so that a draft in work
   * permits nothing and existing agreements wait; what was not stated is the strictest value.
   */
  async forPolicy(tx: Tx, productId: string): Promise<Facts['product']> {
    const product = await this.product(tx, productId);
    const released = product.state === 'VISIBLE' || product.state === 'REQUESTABLE';
    const provider = await this.organisation.living(tx, product.providerUnitId, product.id);
    const accountable = await this.accountable(tx, provider.id, subjectOf(product));
    const [more] = await tx.sql<{ reviewed: boolean; rows: number | null; aggregate: boolean }>(
      `SELECT now() < ((p.review_by + 1)::timestamp AT TIME ZONE 'Europe/Berlin') AS reviewed, v.rows,
              EXISTS (SELECT FROM catalogue.product a WHERE a.id = p.aggregate_product_id AND a.state = 'REQUESTABLE') AS aggregate
         FROM catalogue.product p LEFT JOIN catalogue.product_version v ON v.id = p.current_version_id WHERE p.id = $1`,
      [productId],
    );
    const gathered: GatheredFacts<FactOf<typeof METADATA>> = {
      id: product.id,
      hasOwner: accountable.holder,
      hasDeputy: accountable.deputy,
      review: product.reviewBy === null ? 'MISSING' : more?.reviewed ? 'VALID' : 'EXPIRED',
      aggregateAlternative: more?.aggregate ?? false,
      provider: PROVIDERS[provider.kind],
      providerUnit: provider.key,
      rows: more?.rows ?? 0,
    };
    const facts = { ...gathered, ...factsOf(METADATA, product) };
    return released ? facts : { ...facts, openness: null, personalRef: null };
  }

  /** Everything the completeness meter looks at. */
  async described(tx: Tx, product: Product): Promise<Described> {
    const { currentVersionId: versionId, providerUnitId } = product;
    return {
      product,
      fields: versionId ? await tx.em.find(FieldRow, { where: { versionId }, order: { position: 'ASC' } }) : null,
      accountable: await this.accountable(tx, providerUnitId, subjectOf(product)),
    };
  }

  /** What a role held for one product or domain is measured by; also of a product the reader may not see. */
  async subject(tx: Tx, productId: string): Promise<Subject> {
    const product = await tx.em.findOneBy(Product, { id: productId });
    return product ? subjectOf(product) : { productId, domain: null };
  }

  /**
   * When the products of a unit are frozen because nobody answers for them: at once when there is no deputy either,
   * else so many days after the seat fell vacant (K8). Null while the seat is held.
   */
  async frozenFrom(tx: Tx, unitId: string, about?: Subject): Promise<Date | null> {
    const role = await this.organisation.accountableRole(tx, unitId);
    const holders = await this.organisation.holders(tx, role, unitId, about);
    if (holders.some(({ deputyOf }) => deputyOf === null)) return null;
    const since = await this.organisation.vacantSince(tx, role, unitId, about);
    if (!since) return tx.now;
    return holders.length === 0 ? since : new Date(since.getTime() + VACANCY_DAYS * 86_400_000);
  }

  /** A deputy carries a vacant seat, but not for long. */
  private async accountable(tx: Tx, unitId: string, about: Subject): Promise<{ holder: boolean; deputy: boolean }> {
    const holders = await this.organisation.holders(
      tx,
      await this.organisation.accountableRole(tx, unitId),
      unitId,
      about,
    );
    const frozen = await this.frozenFrom(tx, unitId, about);
    return {
      holder: frozen === null || tx.now < frozen,
      deputy: holders.some(({ deputyOf }) => deputyOf !== null),
    };
  }
}

export const subjectOf = ({ id: productId, card }: Pick<Product, 'id' | 'card'>): Subject => ({
  productId,
  domain: card.domain ?? null,
});

function fieldOf({ versionId: _, position: __, ...row }: FieldRow): Field {
  return { ...row, class: row.class ?? 'SECRET', confirmed: row.class !== null };
}

const tokenSchema = z.tuple([z.string().regex(/^\d{1,12}(?:\.\d{1,12})?$/), z.uuid()]);
const writeToken = ({ place, id }: { place: string; id: string }) =>
  Buffer.from(JSON.stringify([place, id])).toString('base64url');
function readToken(token: string): { place: string; id: string } {
  try {
    const [place, id] = tokenSchema.parse(JSON.parse(Buffer.from(token.slice(0, 200), 'base64url').toString()));
    return { place, id };
  } catch (cause) {
    throw catalogueProblems.page_token_malformed({ cause });
  }
}
