import { COMPARED, CUTS } from '../facts/derived-facts';
import { Fact, type FactKind, Group, type Members, Rows } from '../facts/fact';
import type { CodeList } from '../facts/lists';
import type { Choose } from './explore';
import { FALSE, type Formula, type Formulas, TRUE } from './formula';

/** A value of one fact; undefined: the fact is left out. */
export type One = string | number | boolean | null | undefined;
/** One kind of entry of a list of entries. */
export type Entry = Readonly<Record<string, One>>;

/** What a fact can be: one of several values, or a list of words or entries that can be missing as a whole. */
export type Domain =
  { kind: 'one'; values: readonly One[] } | { kind: 'list'; words: readonly (string | Entry)[]; optional: boolean };

/** A word that stands for all that no list knows, and a text that stands for all texts. */
export const UNKNOWN_WORD = 'UNBEKANNT';
export const SOME_TEXT = 'Text';
/** Counts as a known legal basis without being one of the codes. */
export const NUMBERED_CONTRACT = 'VERTRAG(1)';

/** What a proof has to know of the law books it speaks of. */
export interface Words {
  /** every code that one of them knows */
  codes: Readonly<Record<CodeList, readonly string[]>>;
  /** by path: numbers from which on one of their rules decides otherwise */
  cuts: Readonly<Record<string, readonly number[]>>;
}

/**
 * All facts there are, as formulas: one for every value a fact can have. Which value it is, is told by a row of variables,
 * each asked only after those before it, so that every assignment is one set of facts and none needs a side condition.
 * A number stands for all up to the next one that makes a difference, a text for all texts.
 */
export class FactSpace {
  readonly domains: ReadonlyMap<string, Domain>;
  /** facts as they are read while something is explored */
  readonly Asked: AskedGroup;
  private readonly values = new Map<string, ReadonlyMap<One, Formula>>();
  private readonly names = new Map<string, Map<One | Entry, string>>();
  private readonly words = new Map<string, Map<string | Entry, Formula>>();

  /** `changed`: facts that are others than in the space without; all others are the same facts. */
  constructor(
    readonly formulas: Formulas,
    readonly members: Members,
    words: Words,
    private readonly changed: ReadonlySet<string> = new Set(),
  ) {
    this.domains = new Map([
      ...domainsOf(members, '', words),
      ...Object.keys(COMPARED).map((name): [string, Domain] => [
        `calc.${name}`,
        { kind: 'one', values: name === 'retention' ? ['OK', 'TOO_LONG', 'MISSING'] : [false, true] },
      ]),
    ]);
    this.Asked = groupOf(this, members, '');
  }

  /** The same facts, but for those named, which can be anything. Whatever compares a changed number is free as well. */
  otherwise(words: Words, paths: readonly string[]): FactSpace {
    const compared = Object.entries(COMPARED)
      .filter(([, of]) => of.some((path) => paths.includes(path)))
      .map(([name]) => `calc.${name}`);
    return new FactSpace(this.formulas, this.members, words, new Set([...paths, ...compared]));
  }

  /** Every value of a fact, and when it is that. */
  one(path: string): ReadonlyMap<One, Formula> {
    let found = this.values.get(path);
    if (!found) {
      const domain = this.domains.get(path);
      if (domain?.kind !== 'one') throw new Error(`\`${path}\` is no single fact`);
      found = this.row(path, domain.values);
      this.values.set(path, found);
    }
    return found;
  }

  /** Whether a list is there at all. */
  there(path: string): Formula {
    const domain = this.domains.get(path);
    return domain?.kind === 'list' && domain.optional ? this.formulas.variable(this.named(path, 'there')) : TRUE;
  }

  /** Whether a list that is there holds a word or an entry. */
  has(path: string, word: string | Entry): Formula {
    let held = this.words.get(path);
    if (!held) {
      const domain = this.domains.get(path);
      if (domain?.kind !== 'list') throw new Error(`\`${path}\` is no list`);
      held = new Map(domain.words.map((one) => [one, this.held(path, one)]));
      this.words.set(path, held);
    }
    return held.get(word) ?? FALSE;
  }

  private held(path: string, word: string | Entry): Formula {
    if (path === 'fieldClasses') return this.classHeld(word as string);
    return this.formulas.variable(this.named(path, word));
  }

  /** The classes of the requested fields follow from the fields, as whoever assembles facts has it. */
  private classHeld(word: string): Formula {
    const { words } = this.domains.get('fields') as Extract<Domain, { kind: 'list' }>;
    const entries = (words as readonly Entry[]).filter((entry) => entry.class === word);
    return this.formulas.or(...entries.map((entry) => this.has('fields', entry)));
  }

  private row(path: string, values: readonly One[]): Map<One, Formula> {
    let others: Formula = TRUE;
    return new Map(
      values.map((value, at): [One, Formula] => {
        if (at === values.length - 1) return [value, others];
        const variable = this.formulas.variable(this.named(path, value));
        const is = this.formulas.and(others, variable);
        others = this.formulas.and(others, -variable);
        return [value, is];
      }),
    );
  }

  /** The name of the variable for a value of a fact, or for a word or an entry of a list. */
  named(path: string, value: One | Entry): string {
    let names = this.names.get(path);
    if (!names) this.names.set(path, (names = new Map()));
    let name = names.get(value);
    if (!name) {
      const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
      names.set(value, (name = `${path} ${text}${this.isChanged(path) ? " '" : ''}`));
    }
    return name;
  }

  /** The variables that tell what a fact is. */
  variables(path: string): string[] {
    const domain = this.domains.get(path)!;
    if (domain.kind === 'one') return domain.values.slice(0, -1).map((value) => this.named(path, value));
    return [...(domain.optional ? ['there'] : []), ...domain.words].map((word) => this.named(path, word));
  }

  private isChanged(path: string): boolean {
    return [...this.changed].some((one) => path === one || path.startsWith(`${one}.`));
  }
}

/** Facts of which every value is asked for as it is read: for functions that work something out from facts. */
export function askedFacts(space: FactSpace, choose: Choose): Record<string, unknown> {
  return new space.Asked(choose) as unknown as Record<string, unknown>;
}

/** A class of groups of facts; a value that was read once stays. */
type AskedGroup = new (choose: Choose) => object;

function groupOf(space: FactSpace, members: Members, above: string): AskedGroup {
  const Asked = class {
    readonly known = new Map<string, unknown>();
    constructor(readonly choose: Choose) {}
  };
  for (const [name, member] of Object.entries(members)) {
    const read = readerOf(space, member, `${above}${name}`);
    Object.defineProperty(Asked.prototype, name, {
      get(this: InstanceType<typeof Asked>) {
        if (!this.known.has(name)) this.known.set(name, read(this.choose));
        return this.known.get(name);
      },
    });
  }
  return Asked;
}

function readerOf(space: FactSpace, member: Members[string], path: string): (choose: Choose) => unknown {
  if (member instanceof Group) {
    const Inner = groupOf(space, member.members, `${path}.`);
    return (choose) => (member.options.absent && !pick(space.one(path), choose) ? undefined : new Inner(choose));
  }
  if (space.domains.get(path)!.kind === 'one') return (choose) => pick(space.one(path), choose);
  return (choose) => {
    const there = space.there(path);
    return there !== TRUE && choose([there, -there]) === 1 ? undefined : new AskedList(space, path, choose);
  };
}

/** One of the values, as it is chosen. */
export function pick<T>(values: ReadonlyMap<T, Formula>, choose: Choose): T {
  let list = listed.get(values);
  if (!list) listed.set(values, (list = { values: [...values.keys()], ways: [...values.values()] }));
  return list.values[choose(list.ways)] as T;
}
const listed = new WeakMap<object, { values: readonly unknown[]; ways: readonly Formula[] }>();

/** A list of which only what is asked for is chosen. */
class AskedList {
  private readonly known = new Map<string | Entry, boolean>();
  constructor(
    private readonly space: FactSpace,
    private readonly path: string,
    private readonly choose: Choose,
  ) {}

  includes(word: string | Entry): boolean {
    let found = this.known.get(word);
    if (found === undefined) {
      const has = this.space.has(this.path, word);
      found = has !== FALSE && this.choose([has, -has]) === 0;
      this.known.set(word, found);
    }
    return found;
  }

  some(test: (word: never) => boolean): boolean {
    const { words } = this.space.domains.get(this.path) as Extract<Domain, { kind: 'list' }>;
    return words.some((word) => test(word as never) && this.includes(word));
  }

  every(test: (word: never) => boolean): boolean {
    return !this.some((word) => !test(word));
  }

  get length(): never {
    throw new Error(`\`${this.path}\`: what works out facts asks \`includes\`, \`some\` and \`every\` of a list`);
  }
}

function domainsOf(members: Members, above: string, words: Words): [string, Domain][] {
  return Object.entries(members).flatMap(([name, member]): [string, Domain][] => {
    const path = `${above}${name}`;
    if (member instanceof Rows)
      return [[path, { kind: 'list', words: entriesOf(member.members, words), optional: false }]];
    if (member instanceof Fact) return [[path, domainOf(path, member, words)]];
    const inner = domainsOf(member.members, `${path}.`, words);
    return member.options.absent ? [[path, { kind: 'one', values: [false, true] }], ...inner] : inner;
  });
}

function domainOf(path: string, { kind, options }: Fact, words: Words): Domain {
  const optional = 'absent' in options;
  if ('list' in kind && kind.list) return { kind: 'list', words: wordsOf(kind, words), optional };
  const outside = [...(options.nullable ? [null] : []), ...(optional ? [undefined] : [])];
  switch (kind.kind) {
    case 'boolean':
      return { kind: 'one', values: [...outside, false, true] };
    case 'number': {
      const cuts = [...(CUTS[path] ?? []), ...(words.cuts[path] ?? [])].filter((cut) => cut > kind.least);
      return { kind: 'one', values: [...outside, kind.least, ...[...new Set(cuts)].sort((a, b) => a - b)] };
    }
    case 'text':
      return { kind: 'one', values: [...outside, ...(kind.filled ? [] : ['']), SOME_TEXT] };
    case 'enum':
    case 'code':
      return { kind: 'one', values: [...outside, ...wordsOf(kind, words)] };
  }
}

function wordsOf(kind: FactKind, { codes }: Words): readonly string[] {
  if (kind.kind === 'enum') return kind.values;
  if (kind.kind !== 'code') return [SOME_TEXT];
  const numbered = kind.of === 'legalBases' ? [NUMBERED_CONTRACT] : [];
  // a theme that no list knows makes the facts unusable, whatever the law says of them
  return [...codes[kind.of], ...numbered, ...(kind.of === 'themes' ? [] : [UNKNOWN_WORD])];
}

/** Every kind of entry there can be, apart from names and from marks, which nothing asks for. */
function entriesOf(members: Members, words: Words): Entry[] {
  return Object.entries(members)
    .filter(([, member]) => member instanceof Fact && member.kind.kind !== 'text' && !('only' in member.kind))
    .reduce<Entry[]>(
      (kinds, [name, member]) => {
        const { values } = domainOf(name, member as Fact, words) as Extract<Domain, { kind: 'one' }>;
        return kinds.flatMap((kind) => values.map((value) => ({ ...kind, [name]: value })));
      },
      [{}],
    );
}
