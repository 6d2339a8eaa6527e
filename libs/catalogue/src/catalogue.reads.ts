// One file: search, a product and what policy asks of it read the same rows; split, they would drift apart.
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { z } from 'zod';
import { parse, type Tx } from '#lib/kernel';
import { DutyReads, OrganisationReads, type Subject, type UnitKind } from '#lib/organisation';
import { type Facts, notCarriedOut, type Provider, PROVIDER_OF_KIND } from '#lib/policy';
import { Rulebook } from '#lib/rulebook';
import { stricterMask } from '#lib/sources';
import { catalogueProblems } from './catalogue.problems';
import { CLASS_RANK } from './field-classes';
import { METADATA } from './metadata';
import { type FactOf, factsOf, type GatheredFacts, strictest } from './metadatum';
import { completeness, type Described } from './musts';
import { Product } from './product.entity';
import { FieldRow, VersionRow } from './product-version.entity';
import { StatisticsRelease, type StatisticsReleaseKind } from './statistics-release.entity';
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
  constructor(
    private readonly organisation: OrganisationReads,
    private readonly duties: DutyReads,
    private readonly rulebook: Rulebook,
  ) {}

  /** Throws `product_not_found`, also for a product outside the actor's scope. */
  async product(tx: Tx, id: string): Promise<Product> {
    const product = await tx.em.findOneBy(Product, { id });
    if (!product) throw catalogueProblems.product_not_found();
    return product;
  }

  /**
   * Why nothing is given of a product that was withdrawn, in German; null where it was not. The rules see of it no more
   * than of one that was never released.
   */
  async whyWithdrawn(tx: Tx, id: string): Promise<string | null> {
    const { state } = await this.product(tx, id);
    if (state !== 'WITHDRAWN') return null;
    return 'Die Datenverantwortung hat das Datenprodukt zurückgezogen. Es wird nichts mehr daraus weitergegeben.';
  }

  async productByKey(tx: Tx, key: string): Promise<Product | null> {
    return tx.em.findOneBy(Product, { key });
  }

  /** Throws `version_not_found`, also for one that is not released and of another provider. */
  async version(tx: Tx, id: string): Promise<ProductVersion> {
    const row = await tx.em.findOneBy(VersionRow, { id });
    if (!row) throw catalogueProblems.version_not_found();
    const version = shown(row);
    const fields = await tx.em.find(FieldRow, { where: { versionId: id }, order: { position: 'ASC' } });
    const released = await tx.em.findBy(StatisticsRelease, { versionId: id, withdrawnAt: IsNull() });
    return { ...version, releasedAs: released.map(({ kind }) => kind).sort(), fields: fields.map(fieldOf) };
  }

  /**
   * The fields of a version as they are to be treated now: where a version released since puts a field into a stricter
   * class or declares a stricter mask, that holds for the data of before as well, also when the field is gone today.
   * Throws `version_not_found`.
   */
  async fieldsNow(tx: Tx, versionId: string): Promise<ProductVersion['fields']> {
    const { fields } = await this.version(tx, versionId);
    const since = await tx.sql<Pick<FieldRow, 'name' | 'class' | 'mask'>>(
      `SELECT DISTINCT f.name, f.class, f.mask FROM catalogue.product_version v
         JOIN catalogue.product_version s ON s.product_id = v.product_id AND s.id <> v.id AND s.frozen_at >= v.frozen_at
         JOIN catalogue.field f ON f.version_id = s.id
        WHERE v.id = $1`,
      [versionId],
    );
    return fields.map((field) => since.filter(({ name }) => name === field.name).reduce(stricterField, field));
  }

  /**
   * A product with what is decided on as it holds for one of its versions: what that was released as stays with it, and
   * a later release can make it stricter, never looser. Without a version as it is now. A version that no release of its
   * own is known of counts as strict as any.
   */
  async asReleased(tx: Tx, product: Product, versionId: string | null): Promise<Product> {
    if (versionId === null) return product;
    const released = await tx.sql<{ stated: Product }>(
      `SELECT c.stated FROM catalogue.released_classification c
        WHERE c.product_id = $1 AND c.revision >= coalesce((SELECT max(o.revision) FROM catalogue.released_classification o
                                                             WHERE o.product_id = $1 AND o.version_id = $2), 0)`,
      [product.id, versionId],
    );
    return strictest(
      METADATA,
      product,
      released.map(({ stated }) => stated),
    );
  }

  /** The version new requests are about; null when the product has no data yet, or none the actor may see. */
  async currentVersion(tx: Tx, productId: string): Promise<ProductVersion | null> {
    const { currentVersionId: id } = await this.product(tx, productId);
    // what is not released yet only the provider sees
    return id && (await tx.em.existsBy(VersionRow, { id })) ? this.version(tx, id) : null;
  }

  /** Newest first, without fields. */
  async versions(tx: Tx, productId: string): Promise<Omit<ProductVersion, 'fields' | 'releasedAs'>[]> {
    await this.product(tx, productId);
    return (await tx.em.find(VersionRow, { where: { productId }, order: { number: 'DESC' } })).map(shown);
  }

  /** Where the data of a version lie: for who delivers them, never for a page. Throws `version_not_found`. */
  async objectKey(tx: Tx, versionId: string): Promise<string> {
    const row = await tx.em.findOneBy(VersionRow, { id: versionId });
    if (!row) throw catalogueProblems.version_not_found();
    return row.objectKey;
  }

  /** Of all versions of a product: as what the Statistikstelle released them. */
  async statisticsReleases(
    tx: Tx,
    productId: string,
  ): Promise<{ versionId: string; kind: StatisticsReleaseKind; releasedAt: Date }[]> {
    return tx.sql(
      `SELECT s.version_id AS "versionId", s.kind, s.released_at AS "releasedAt" FROM catalogue.statistics_release s
         JOIN catalogue.product_version v ON v.id = s.version_id
        WHERE v.product_id = $1 AND s.withdrawn_at IS NULL ORDER BY v.number DESC, s.kind`,
      [productId],
    );
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
   * The product as the law book sees it, now and for one version; null: for the current one. Rows and releases are those
   * of the version, and what it was released as stays with it (`asReleased`).
   * What is not released, the product or the version, counts as unclassified, so that a draft in work permits nothing
   * and existing agreements wait; what was not stated is the strictest value.
   */
  async forPolicy(tx: Tx, productId: string, versionId: string | null): Promise<Facts['product']> {
    const product = await this.asReleased(tx, await this.product(tx, productId), versionId);
    const provider = await this.organisation.living(tx, product.providerUnitId, product.id);
    const accountable = await this.accountable(tx, provider.id, subjectOf(product));
    const [more] = await tx.sql<{
      reviewed: boolean;
      rows: number | null;
      aggregate: boolean;
      statistics: string[];
      released: boolean;
    }>(
      `SELECT now() < ((p.review_by + 1)::timestamp AT TIME ZONE 'Europe/Berlin') AS reviewed, v.rows,
              CASE WHEN v.id IS NULL THEN $2::uuid IS NULL ELSE v.frozen_at IS NOT NULL END AS released,
              EXISTS (SELECT FROM catalogue.product a WHERE a.id = p.aggregate_product_id AND a.state = 'REQUESTABLE') AS aggregate,
              ARRAY(SELECT s.kind FROM catalogue.statistics_release s WHERE s.version_id = v.id AND s.withdrawn_at IS NULL) AS statistics
         FROM catalogue.product p LEFT JOIN catalogue.product_version v ON v.product_id = p.id AND v.id = coalesce($2::uuid, p.current_version_id)
        WHERE p.id = $1`,
      [productId, versionId],
    );
    const released = { cube: more?.statistics.includes('CUBE'), microdata: more?.statistics.includes('MICRODATA') };
    const gathered: GatheredFacts<FactOf<typeof METADATA>> = {
      id: product.id,
      hasOwner: accountable.holder,
      hasDeputy: accountable.deputy,
      review: product.reviewBy === null ? 'MISSING' : more?.reviewed ? 'VALID' : 'EXPIRED',
      aggregateAlternative: more?.aggregate ?? false,
      provider: PROVIDERS[provider.kind],
      providerUnit: provider.key,
      rows: more?.rows ?? 0,
      releasedCube: released.cube ?? false,
      releasedMicrodata: released.microdata ?? false,
      // an older law book knows one fact for both and opens single records by it
      releasedByStatistics:
        (more?.statistics.length ?? 0) > 0 &&
        [product.personalRef, product.strictestPart ?? 'NONE'].every((ref) => ref === 'NONE' || ref === 'AGGREGATED'),
    };
    const stated = factsOf(METADATA, product);
    // a duty that was passed on or has ended is none this office collects for
    const own = stated.collectedForDuties?.length ? await this.duties.codesOf(tx, provider.id) : new Set<string>();
    const collectedForDuties = (stated.collectedForDuties ?? []).filter((code) => own.has(code));
    const facts = { ...gathered, ...stated, collectedForDuties };
    const inForce = (product.state === 'VISIBLE' || product.state === 'REQUESTABLE') && more?.released === true;
    return inForce ? facts : { ...facts, openness: null, personalRef: null };
  }

  /** What of a product, as it is described now, the program can not carry out; see `notCarriedOut` of policy. */
  async notCarriedOut(tx: Tx, product: Product): Promise<string[]> {
    const { ruleset } = await this.rulebook.inForce(tx);
    const provider = await this.organisation.unit(tx, product.providerUnitId);
    const stated = { ...factsOf(METADATA, product), provider: PROVIDERS[provider.kind] };
    const { offers } = product.card;
    return notCarriedOut(ruleset, stated, Array.isArray(offers) ? offers : null);
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

/** A version as a page shows it. */
const shown = ({ id, productId, number, rows, createdAt, frozenAt }: VersionRow) => ({
  id,
  productId,
  number,
  rows,
  createdAt,
  frozenAt,
});

function fieldOf({ versionId: _, position: __, ...row }: FieldRow): Field {
  return { ...row, class: row.class ?? 'SECRET', confirmed: row.class !== null };
}

/** A field with the stricter class and mask of its own and another description; a class nobody confirmed is the strictest. */
function stricterField(field: Field, other: Pick<FieldRow, 'class' | 'mask'>): Field {
  const mask = field.mask && other.mask ? stricterMask(field.mask, other.mask) : (field.mask ?? other.mask);
  const kind = other.class ?? 'SECRET';
  return { ...field, mask, class: CLASS_RANK[kind] > CLASS_RANK[field.class] ? kind : field.class };
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
