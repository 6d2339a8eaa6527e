import { type FieldTable, type FormField, shapeOf } from '#lib/kernel';
import type { Facts, LabelList } from '#lib/policy';
import { Column } from 'typeorm';
import { z } from 'zod';

/** Where something must be said: before others in the house see the product, and before they can ask for it. */
export const RUNGS = ['VISIBLE', 'REQUESTABLE'] as const;
export type Rung = (typeof RUNGS)[number];

/** Parts of the form with their headings. What is `given` no form asks for: it is stated by machines only. */
export const METADATA_SECTIONS = {
  given: '',
  search: 'Titel und Suche',
  classification: 'Einstufung',
  responsibility: 'Zuständigkeit und Stand',
  use: 'Nutzung',
  origin: 'Herkunft, Qualität, Löschung',
} as const;
/** Parts of the page of a product with their headings. */
export const PAGE_PARTS = {
  currency: 'Aktualität',
  deciders: 'Wer entscheidet?',
  classification: 'Einstufung und Nutzung',
  origin: 'Herkunft und Qualität',
} as const;
export type PagePart = keyof typeof PAGE_PARTS;

type ProductFacts = Facts['product'];
/** Facts of a product, by their path below `product`. */
export type ProductFact = {
  [K in keyof ProductFacts & string]-?: NonNullable<ProductFacts[K]> extends string | number | boolean
    ? K
    : NonNullable<ProductFacts[K]> extends readonly unknown[]
      ? K
      : `${K}.${keyof NonNullable<ProductFacts[K]> & string}`;
}[keyof ProductFacts & string];

/** `in`: one of these is stated. `not`: none of these is stated, which holds also where nothing is. */
type Stated = { readonly in: readonly string[] } | { readonly not: readonly string[] };
/** Products of which all of this is so. As data, because the database holds it too. */
export type ProductCondition = { readonly [K in 'openness' | 'personalRef' | 'secrecy' | 'allowedPurposes']?: Stated };

/** Lists that statements choose from: those of the law book, and the register of duties. */
export type MetadataList = LabelList | 'duties';
/** Words for a code of a list: `names('level', 'hoch')`. */
export type ListNames = (list: MetadataList, code: string) => string;

/** One statement about a product. What is not here derives from nothing else: add an entry, and it is kept, asked, demanded and shown. */
export interface Metadatum<S extends z.ZodType = z.ZodType> extends FormField<S> {
  readonly section: keyof typeof METADATA_SECTIONS;
  readonly choices?: Readonly<Record<string, string>> | MetadataList;
  /** a key of the card; absent: a column of its own, which a migration adds under its name in snake case */
  readonly in?: 'card';
  /** of a column: its type in the database where the kind does not say it */
  readonly column?: 'uuid';
  /** what is decided on: changes by a new release only */
  readonly fixed?: true;
  /**
   * of what is decided on: the statement that opens less, of two made at two releases (`strictest`). Absent: the newest
   * holds, also for the data of before
   */
  readonly stricter?: (one: never, other: never) => unknown;
  /** demanded from this rung on, of such products only where it names some */
  readonly must?: { readonly rung: Rung; readonly of?: ProductCondition };
  /** the fact of the law book it is */
  readonly fact?: ProductFact;
  /** of a fact: what counts while nothing is stated. Absent: of a question that must be answered yes, else null */
  readonly unstated?: unknown;
  /** of a `term`: it stands in every agreement among the conditions of the giving side */
  readonly clause?: true;
  /** the part of the product's page it stands in, for everybody who may see the product; absent: it is not shown there */
  readonly page?: PagePart;
  /** what it is called there; absent: `label` */
  readonly said?: string;
  /** how it is read there, null: not at all; absent: by its kind */
  readonly words?: (stated: never, names: ListNames) => string | null;
}
export type MetadataTable = Readonly<Record<string, Metadatum>>;

/** An entry as a form asks for it: nothing is demanded there, and what was said can be taken back. */
export const asAsked = (one: Metadatum): Metadatum => ({
  ...one,
  ...(one.in === 'card' && { schema: one.schema.nullable() }),
  ...((one.kind === 'oneOf' || one.kind === 'yesNo') && { empty: 'Noch keine Angabe' }),
  rows: 4,
});

/** The members that are columns, with the schema of their value: null means „not stated yet“ where it is allowed. */
export type ColumnShape<T extends MetadataTable> = {
  -readonly [K in keyof T as T[K] extends { in: 'card' } ? never : K]: T[K]['schema'];
};
export type CardShape<T extends MetadataTable> = {
  -readonly [K in keyof T as T[K] extends { in: 'card' } ? K : never]: T[K]['schema'];
};
type Columns<T extends MetadataTable> = { [K in keyof ColumnShape<T>]: z.output<ColumnShape<T>[K]> };

const among = (table: MetadataTable, isOf: (one: Metadatum) => boolean): FieldTable =>
  Object.fromEntries(Object.entries(table).filter(([, one]) => isOf(one)));

export const columnShape = <T extends MetadataTable>(table: T) =>
  shapeOf(among(table, (one) => one.in !== 'card')) as unknown as ColumnShape<T>;
export const cardShape = <T extends MetadataTable>(table: T) =>
  shapeOf(among(table, (one) => one.in === 'card')) as unknown as CardShape<T>;

/** Names of what is decided on. */
export const fixedNames = (table: MetadataTable): string[] => Object.keys(among(table, ({ fixed }) => fixed === true));

/** The card: absent means „not stated yet“, an empty list „stated: none“. */
export const cardSchemaOf = <T extends MetadataTable>(table: T) => z.strictObject(cardShape(table)).partial();

/** A change of a product: what is absent stays. The card is merged key by key; null takes a key back. */
export function patchSchemaOf<T extends MetadataTable>(table: T) {
  const nullable = Object.fromEntries(
    Object.entries<z.ZodType>(cardShape(table)).map(([name, schema]) => [name, schema.nullable()]),
  ) as { [K in keyof CardShape<T>]: z.ZodNullable<CardShape<T>[K]> };
  // the type of a shape that is put together of two is not worked out while the table is open
  const shape = { ...columnShape(table), card: z.strictObject(nullable).partial() } as PatchShape<T>;
  return z.strictObject(shape).partial();
}
type PatchShape<T extends MetadataTable> = ColumnShape<T> & {
  card: z.ZodObject<{ [K in keyof CardShape<T>]: z.ZodOptional<z.ZodNullable<CardShape<T>[K]>> }, z.core.$strict>;
};

/** Name of a column in the database. */
export const columnName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
export const isList = ({ kind }: Pick<Metadatum, 'kind'>): boolean => kind === 'manyOf' || kind === 'lines';
const acceptsNull = ({ schema }: Pick<Metadatum, 'schema'>): boolean => schema.safeParse(null).success;

/** A class with the columns of a table, for the entity to extend. */
export function columnsOf<T extends MetadataTable>(table: T): new () => Columns<T> {
  class Described {}
  for (const [name, one] of Object.entries(table)) {
    if (one.in === 'card') continue;
    const options = { name: columnName(name), nullable: acceptsNull(one), array: isList(one) };
    Column({ type: one.column ?? columnType(one), ...options })(Described.prototype, name);
  }
  return Described as new () => Columns<T>;
}

function columnType({ kind }: Metadatum): 'text' | 'date' | 'int' | 'boolean' {
  switch (kind) {
    case 'date':
      return 'date';
    case 'number':
      return 'int';
    case 'tick':
    case 'yesNo':
      return 'boolean';
    case 'line':
    case 'text':
    case 'oneOf':
    case 'manyOf':
    case 'lines':
      return 'text';
    case 'widget':
      throw new Error('a statement with a form of its own names the type of its column');
  }
}

/** One condition of the giving side; `own`: as the owner wrote it, no choice of a list. */
export interface OwnersTerm {
  about: string;
  words: string;
  own: boolean;
}
/** What the owner says of the use of a product and every agreement repeats; what was not said is left out. */
export const ownersTermsOf = (table: MetadataTable, product: AnyProduct, names: ListNames): OwnersTerm[] =>
  Object.entries(table).flatMap(([name, one]) => {
    const stated = [one.clause ? (statedIn(product, name, one) ?? []) : []].flat().map(String).filter(Boolean);
    const { choices, label: about } = one;
    const words = stated.map((code) =>
      typeof choices === 'object' ? (choices[code] ?? code) : choices ? names(choices, code) : code,
    );
    return words.length > 0 ? [{ about, words: words.join(', '), own: choices === undefined }] : [];
  });

/** What is asked of a product to say whether something is demanded of it. */
export type Classified = { readonly [K in keyof ProductCondition]?: string | readonly string[] | null };
/** Any product, also one that was kept before an entry was there. */
export type AnyProduct = object & { readonly card: object };

export function appliesTo(condition: ProductCondition, product: Classified): boolean {
  return (Object.keys(condition) as (keyof ProductCondition)[]).every((name) => {
    const wanted = condition[name]!;
    const stated = [product[name] ?? []].flat();
    return 'in' in wanted
      ? stated.some((one) => wanted.in.includes(one))
      : !stated.some((one) => wanted.not.includes(one));
  });
}

/** Whether it is demanded of such a product, on whatever rung. */
export const isDemanded = ({ must }: Pick<Metadatum, 'must'>, product: Classified): boolean =>
  must !== undefined && appliesTo(must.of ?? {}, product);

/** What a product states; undefined or null where it states nothing. */
export function statedIn(product: AnyProduct, name: string, { in: home }: Pick<Metadatum, 'in'>): unknown {
  const members = (home === 'card' ? product.card : product) as Record<string, unknown>;
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/**
 * A product with what is decided on as strict as it was at any of these releases too. Who states nothing loosens nothing
 * and narrows nothing; where nobody does, the facts take the stricter answer.
 */
export function strictest<P extends AnyProduct>(table: MetadataTable, product: P, released: readonly AnyProduct[]): P {
  const card: Record<string, unknown> = { ...product.card };
  const members: Record<string, unknown> = { ...product };
  for (const [name, one] of Object.entries(table)) {
    if (!one.fixed) continue;
    const said: unknown[] = [product, ...released]
      .map((of) => statedIn(of, name, one))
      .filter((value) => value !== null && value !== undefined);
    if (said.length === 0) continue;
    const stricter = one.stricter as ((one: unknown, other: unknown) => unknown) | undefined;
    (one.in === 'card' ? card : members)[name] = stricter ? said.reduce(stricter) : said[0];
  }
  return { ...members, card } as P;
}

/** Paths of the facts that entries of a table give. */
export type FactOf<T extends MetadataTable> = Extract<T[keyof T], { fact: string }>['fact'];
type ValueAt<F extends string> = F extends `${infer Group}.${infer Member}`
  ? NonNullable<ProductFacts[Group & keyof ProductFacts]>[Member &
      keyof NonNullable<ProductFacts[Group & keyof ProductFacts]>]
  : ProductFacts[F & keyof ProductFacts];
/** Names of entries that hold something else than their fact: none may. */
export type Misfits<T extends MetadataTable> = {
  [K in keyof T]: T[K] extends { fact: infer F extends string }
    ? NonNullable<z.output<T[K]['schema']>> extends NonNullable<ValueAt<F>>
      ? never
      : K
    : never;
}[keyof T];

/** Facts of a product without those: what is gathered elsewhere. */
export type GatheredFacts<Given extends string> = {
  [
    K in keyof ProductFacts as K extends Given
      ? never
      : [Extract<Given, `${K & string}.${string}`>] extends [never]
        ? K
        : never
  ]: ProductFacts[K];
};

/** The facts that entries of a table give; what was not stated counts as the stricter answer. */
export function factsOf<T extends MetadataTable>(
  table: T & ([Misfits<T>] extends [never] ? unknown : { misfits: Misfits<T> }),
  product: AnyProduct & Classified,
): Omit<ProductFacts, keyof GatheredFacts<FactOf<T>>> {
  const facts: Record<string, unknown> = {};
  for (const [name, one] of Object.entries<Metadatum>(table)) {
    if (!one.fact) continue;
    const open = one.kind === 'yesNo' && one.must ? isDemanded(one, product) : (one.unstated ?? null);
    const value = statedIn(product, name, one) ?? open;
    const [group, member] = one.fact.split('.') as [string, string?];
    facts[group] = member ? { ...(facts[group] as object | undefined), [member]: value } : value;
  }
  return facts as Omit<ProductFacts, keyof GatheredFacts<FactOf<T>>>;
}
