import { type Carried, doesFor } from '../facts/carrying-bases';
import { columnOf, COMPARED, effectiveRef, HOW, isExcused, isMasked, type Seen } from '../facts/derived-facts';
import type { Facts } from '../facts/facts';
import { holds } from '../engine/match';
import type { Condition, Leaf } from '../law/conditions';
import type { Ruleset } from '../law/ruleset';
import { type Choose, explore } from './explore';
import { FALSE, type Formula } from './formula';
import { askedFacts, type Domain, type Entry, type FactSpace, type One, pick } from './space';

/** Bases by what they do for a transfer, of all that are named. */
type FromBases = keyof Carried;
const FROM_BASES: readonly string[] = ['carriedBy', 'specialBy', 'criminalBy'] satisfies FromBases[];

/**
 * What one law book makes of all facts: every value that is worked out from them, and every condition, as a formula.
 * Nothing of the law is written here a second time: what is worked out is found by running the functions that decide
 * (`HOW`) on all their ways, and a test of the grammar by asking it of every value.
 */
export class World {
  private readonly seen: { readonly [K in keyof Seen]: ReadonlyMap<Seen[K], Formula> };
  private readonly derived: Map<string, ReadonlyMap<One, Formula>>;
  private readonly bases: Map<string, ReadonlyMap<FromBases | null, Formula>>;
  private readonly conditions = new Map<Condition, Formula>();
  private readonly losses = new Map<Entry, { unneeded: Formula; hidden: Formula }>();
  private readonly answers: ReadonlyMap<string, { path: string; absent: boolean }>;

  /** `like`: a world of the same facts, whose law works out the same from them; what it found is taken over. */
  constructor(
    readonly space: FactSpace,
    readonly ruleset: Ruleset,
    like?: World,
  ) {
    this.derived = like?.derived ?? new Map();
    this.bases = like?.bases ?? new Map();
    this.answers = new Map(ruleset.engine.law.model.answers.map((answer) => [answer.name, answer]));
    this.seen = like?.seen ?? {
      column: explore(space.formulas, (choose) => columnOf(askedFacts(space, choose) as Facts)),
      personalRef: explore(space.formulas, (choose) => effectiveRef(askedFacts(space, choose) as Facts)),
    };
  }

  /** Facts that a list of the law book does not know: they are refused before any rule is asked. */
  get unusable(): Formula {
    const { codes } = this.ruleset.engine.law;
    const { words } = this.space.domains.get('product.themes') as Extract<Domain, { kind: 'list' }>;
    const foreign = words.filter((word) => !codes.themes.has(word as string));
    return this.space.formulas.or(...foreign.map((word) => this.space.has('product.themes', word)));
  }

  condition(condition: Condition): Formula {
    let found = this.conditions.get(condition);
    if (found === undefined) {
      found = this.joined(condition);
      this.conditions.set(condition, found);
    }
    return found;
  }

  private joined(condition: Condition): Formula {
    const { formulas } = this.space;
    if ('all' in condition) return formulas.and(...condition.all.map((one) => this.condition(one)));
    if ('any' in condition) return formulas.or(...condition.any.map((one) => this.condition(one)));
    if ('not' in condition) return -this.condition(condition.not);
    return condition.list ? this.listed(condition) : this.tested(condition, this.values(condition.path));
  }

  /** A test on one value: it holds where the value is one that passes. */
  tested(leaf: Leaf, values: ReadonlyMap<One, Formula>): Formula {
    return this.space.formulas.or(...[...values].flatMap(([value, when]) => (holds(leaf, value) ? [when] : [])));
  }

  /** A test on a list, as `holds` reads it. */
  private listed({ path, op, value }: Leaf): Formula {
    const { formulas } = this.space;
    if (op === 'eq') return -formulas.or(...this.wordsOf(path).map((word) => this.has(path, word)));
    const wanted = [value].flat().map((word) => this.has(path, String(word)));
    return op === 'in' ? formulas.or(...wanted) : formulas.and(...wanted);
  }

  private wordsOf(path: string): readonly (string | Entry)[] {
    if (fromBases(path)) return [...(this.ruleset.engine.law.codes.carrying?.bases.keys() ?? [])];
    return (this.space.domains.get(path) as Extract<Domain, { kind: 'list' }>).words;
  }

  private has(path: string, word: string | Entry): Formula {
    const does = fromBases(path);
    return does ? this.does(word as string, does) : this.space.has(path, word);
  }

  /** Every value a path can have, and when. */
  values(path: string): ReadonlyMap<One, Formula> {
    const name = path.startsWith('calc.') ? path.slice('calc.'.length) : null;
    if (name === null || Object.hasOwn(COMPARED, name)) return this.guarded(path, name);
    let found = this.derived.get(name);
    if (!found) {
      found = this.workedOut(name);
      this.derived.set(name, found);
    }
    return found;
  }

  private workedOut(name: string): ReadonlyMap<One, Formula> {
    const { formulas } = this.space;
    if (Object.hasOwn(this.seen, name)) return this.seen[name as keyof Seen];
    const answer = this.answers.get(name);
    if (answer) {
      const given = this.space.one(answer.path);
      const yes = answer.absent ? -(given.get(false) ?? FALSE) : (given.get(true) ?? FALSE);
      return new Map([
        [true, yes],
        [false, -yes],
      ]);
    }
    const how = HOW[name as keyof typeof HOW];
    const { codes } = this.ruleset.engine.law;
    return explore(formulas, (choose) => {
      const facts = askedFacts(this.space, choose) as Facts;
      return how(facts, this.seenBy(choose), codes);
    });
  }

  /** What compares two numbers is any answer that two numbers can give. */
  private guarded(path: string, name: string | null): ReadonlyMap<One, Formula> {
    const { space } = this;
    if (name === 'longerThanOffered')
      return this.only(
        path,
        space.formulas.or(-space.one('periodDays').get(undefined)!, -space.one('periodMonths').get(undefined)!),
      );
    if (name === 'outlivesGround') return this.only(path, -space.one('keepableDays').get(undefined)!);
    return space.one(path);
  }

  private only(path: string, when: Formula): ReadonlyMap<One, Formula> {
    const yes = this.space.formulas.and(this.space.one(path).get(true)!, when);
    return new Map([
      [true, yes],
      [false, -yes],
    ]);
  }

  /** Whether a named basis does this for the transfer. */
  private does(code: string, what: FromBases): Formula {
    const { carrying } = this.ruleset.engine.law.codes;
    const basis = carrying?.bases.get(code);
    if (!basis) return FALSE;
    let found = this.bases.get(code);
    if (!found) {
      found = explore(this.space.formulas, (choose) =>
        doesFor(basis, askedFacts(this.space, choose) as Facts, this.seenBy(choose), carrying!),
      );
      this.bases.set(code, found);
    }
    return this.space.formulas.and(this.space.has('legalBasis', code), found.get(what) ?? FALSE);
  }

  private seenBy(choose: Choose): Seen {
    const { seen } = this;
    const kept: Partial<Seen> = {};
    return {
      get column() {
        return (kept.column ??= pick(seen.column, choose));
      },
      get personalRef() {
        if (!('personalRef' in kept)) kept.personalRef = pick(seen.personalRef, choose);
        return kept.personalRef!;
      },
    };
  }

  /**
   * Where obligations leave no field that could be delivered (`nothingLeft`). `least` and `masked`: whether only needed
   * fields are delivered, and whether those that name persons are masked.
   */
  nothingLeft(least: Formula, masked: Formula): Formula {
    const { formulas, domains } = this.space;
    const { words } = domains.get('fields') as Extract<Domain, { kind: 'list' }>;
    const entries = words as readonly Entry[];
    const has = (entry: Entry) => this.space.has('fields', entry);
    const unsaid = formulas.or(...entries.filter(({ maskable }) => maskable === undefined).map(has));
    const kept = entries.map((entry) => {
      const { unneeded, hidden } = this.lossOf(entry);
      return formulas.and(has(entry), -formulas.and(least, unneeded), -formulas.and(masked, hidden));
    });
    const any = formulas.or(...entries.map(has));
    return formulas.and(any, -unsaid, formulas.or(least, masked), -formulas.or(...kept));
  }

  /** When a field is not needed, and when it would be masked and can not be. */
  private lossOf(entry: Entry): { unneeded: Formula; hidden: Formula } {
    let loss = this.losses.get(entry);
    if (!loss) {
      const { formulas } = this.space;
      const field = entry as unknown as Facts['fields'][number];
      const ref = (choose: Choose) => pick(this.seen.personalRef, choose);
      const needed = explore(formulas, (choose) => field.needed || isExcused(field, ref(choose)));
      const hidden = explore(formulas, (choose) => !field.maskable && isMasked(field, ref(choose)));
      loss = { unneeded: needed.get(false) ?? FALSE, hidden: hidden.get(true) ?? FALSE };
      this.losses.set(entry, loss);
    }
    return loss;
  }
}

const fromBases = (path: string): FromBases | null =>
  FROM_BASES.includes(path.slice('calc.'.length)) && path.startsWith('calc.')
    ? (path.slice('calc.'.length) as FromBases)
    : null;
