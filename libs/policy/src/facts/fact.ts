import { type CodeList, LISTS, type ListName, type WordOf } from './lists';

/** What a fact holds, and so which tests a rule may make on it. */
export type FactKind =
  /** one of a closed list; on an ordered one a rule may ask `gte` and `lte` */
  | { kind: 'enum'; of: ListName; values: readonly string[]; ordered?: true; list?: true }
  /** a code of a list the city keeps as data */
  | { kind: 'code'; of: CodeList; list?: true }
  /** `only`: a mark that is there or not */
  | { kind: 'boolean'; only?: true }
  | { kind: 'number'; least: number }
  /** free text: a rule may only ask whether it is there */
  | { kind: 'text'; list?: true; filled?: true };

/**
 * Who keeps a fact that can loosen a decision, so that it is not just said. RELEASE: the card, which a second person
 * releases. REGISTER: registers and the program itself. GATE: only so it is delivered. AGREEMENT: both sides read it in the
 * agreement. EVIDENCE: a desk that must look.
 */
export type Keeper = 'RELEASE' | 'REGISTER' | 'GATE' | 'AGREEMENT' | 'EVIDENCE';

/** What else can be said of a fact. */
export interface FactOptions {
  /** absent: that of its group; a fact that loosens must have one */
  keptBy?: Keeper;
  /** no rule of the law that ships asks it: it is said for people, and a city may write a rule about it */
  information?: true;
  /** taken when a person asks by hand and says nothing; the program itself always gives the fact */
  byHand?: unknown;
  /** of what is worked out: the facts it comes from, by path or group of paths; the search for alternatives goes by it */
  from?: readonly string[];
  /** by hand it follows from the others where it is not given */
  follows?: (others: never) => unknown;
  /** null is an answer: nothing is known, or there is none */
  nullable?: true;
  /**
   * The fact can be left out. A yes/no fact says what its absence counts as, the stricter reading; rules ask it under
   * `calc.<name>`, where it always has a value. Others have `null` here, and derived-facts.ts reads them.
   */
  absent?: boolean | null;
  /** false: no rule may ask */
  asked?: false;
  /** of codes: one that the law book does not know makes the facts unusable. Other codes have rules that say so */
  closed?: true;
  /** the applicant may take this yes back; the search for alternatives tries it */
  withdrawable?: true;
}

declare const VALUE: unique symbol;

/** One fact. `Value` is its type, `Optional` whether it can be left out. */
export class Fact<Value = unknown, Optional extends boolean = boolean> {
  declare readonly [VALUE]: [Value, Optional];
  constructor(
    readonly kind: FactKind,
    readonly options: FactOptions,
  ) {}
}

export type Members = Readonly<Record<string, Fact | Group | Rows>>;
/** Facts that belong together. `absent`: all of them can be left out at once; `byHand`: what is taken then. */
export class Group<M extends Members = Members, Optional extends boolean = boolean> {
  declare readonly [VALUE]: [FactsOf<M>, Optional];
  constructor(
    readonly members: M,
    readonly options: { absent?: true; byHand?: unknown; keptBy?: Keeper },
  ) {}
}
/** A list of entries with the same members. */
export class Rows<M extends Members = Members> {
  declare readonly [VALUE]: [FactsOf<M>[], false];
  constructor(
    readonly members: M,
    readonly options: { keptBy?: Keeper } = {},
  ) {}
}

type IsOptional<O> = O extends { absent: unknown } ? true : false;
type OrNull<V, O> = O extends { nullable: true } ? V | null : V;
type Made<V, O> = Fact<OrNull<V, O>, IsOptional<O>>;
const make = <V, O extends FactOptions>(kind: FactKind, options?: O): Made<V, O> => new Fact(kind, options ?? {});

export const yesNo = <const O extends FactOptions = object>(options?: O) =>
  make<boolean, O>({ kind: 'boolean' }, options);
/** A mark on an entry of a list: true, or not there. */
export const mark = () =>
  make<true, { absent: false; asked: false }>({ kind: 'boolean', only: true }, { absent: false, asked: false });
export const oneOf = <L extends ListName, const O extends FactOptions = object>(of: L, options?: O) =>
  make<WordOf<L>, O>({ kind: 'enum', of, values: LISTS[of] }, options);
/** As `oneOf`; the list runs from loose to strict. */
export const upTo = <L extends ListName, const O extends FactOptions = object>(of: L, options?: O) =>
  make<WordOf<L>, O>({ kind: 'enum', of, values: LISTS[of], ordered: true }, options);
export const manyOf = <L extends ListName, const O extends FactOptions = object>(of: L, options?: O) =>
  make<WordOf<L>[], O>({ kind: 'enum', of, values: LISTS[of], list: true }, options);
export const code = <const O extends FactOptions = object>(of: CodeList, options?: O) =>
  make<string, O>({ kind: 'code', of }, options);
export const codes = <const O extends FactOptions = object>(of: CodeList, options?: O) =>
  make<string[], O>({ kind: 'code', of, list: true }, options);
export const text = <const O extends FactOptions = object>(options?: O) => make<string, O>({ kind: 'text' }, options);
/** A text that is never empty. */
export const name = <const O extends FactOptions = object>(options?: O) =>
  make<string, O>({ kind: 'text', filled: true }, options);
export const texts = <const O extends FactOptions = object>(options?: O) =>
  make<string[], O>({ kind: 'text', list: true }, options);
/** A whole number from `least` on. */
export const amount = <const O extends FactOptions = object>(least: number, options?: O) =>
  make<number, O>({ kind: 'number', least }, options);
export const group = <M extends Members, const O extends Group['options'] = object>(
  members: M,
  options?: O,
): Group<M, IsOptional<O>> => new Group(members, options ?? {});
export const rows = <M extends Members>(members: M, options: Rows['options'] = {}) => new Rows(members, options);

type ValueOf<N> = N extends { [VALUE]: [infer V, boolean] } ? V : never;
type OptionalKey<M> = { [K in keyof M]: M[K] extends { [VALUE]: [unknown, true] } ? K : never }[keyof M];
type Flat<T> = { [K in keyof T]: T[K] };
/** The type of facts that a table describes. */
export type FactsOf<M> = Flat<
  { -readonly [K in Exclude<keyof M, OptionalKey<M>>]: ValueOf<M[K]> } & {
    -readonly [K in OptionalKey<M>]?: ValueOf<M[K]>;
  }
>;

/** Names of the yes/no facts of a table that can be left out, wherever they stand. */
export type AnswerName<M> = {
  [K in keyof M]: M[K] extends Group<infer G> ? AnswerName<G> : M[K] extends Fact<boolean, true> ? K : never;
}[keyof M];
