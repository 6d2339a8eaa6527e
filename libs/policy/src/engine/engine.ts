import { createMongoAbility, type MongoAbility, type RawRuleOf } from '@casl/ability';
import type { EvaluatedFacts } from '../facts/derived-facts';
import type { FactModel } from '../facts/fact-model';
import {
  type Conclusion,
  conclude,
  type CompiledRules,
  NOBODY_INSTRUCTS,
  undeliverable,
  obligationsOf,
} from './conclusion';
import type { Condition, Value } from '../law/conditions';
import type { Decision } from './decision';
import { withBasesThatWould } from './missing-basis';
import { type Facts, FORM, PROVIDER } from '../facts/facts';
import { asQuery, generate, type KnownFacts, remainder, type Test, valueAt } from './match';
import type { Variant } from '../law/variants';
import { shapeKeys } from './shape-key';

/** use: may it be exchanged at all, CASL's own question. add: what is asked for on top. note: what is worth knowing. */
type Ability = MongoAbility<['use' | 'add' | 'note', 'Exchange' | EvaluatedFacts]>;
type RawRule = RawRuleOf<Ability> & { variant: number };
type CompiledRule = ReturnType<Ability['rulesFor']>[number];

/**
 * Facts that split the law book: one ability per combination holds only what can still apply. Coarse on purpose: with
 * finer shapes fewer rules are asked, but thousands of abilities no longer fit the processor's cache, which costs more.
 */
const SHAPE = ['product.openness', 'calc.personalRef', 'calc.column', 'calc.emergency'] as const;
type Places = Readonly<Record<string, number>>;
/** More conclusions than this in use at once: begin anew rather than grow without bound. Shapes are bounded by their values. */
const MOST_CONCLUSIONS = 20_000;

/** The owner's role follows the provider's kind, so conclusions do; beside it there is room for a form that is not built. */
const PROVIDER_NUMBER: Places = Object.fromEntries(PROVIDER.map((kind, at) => [kind, at * (FORM.length + 1)]));

/** A conclusion in memory. */
interface CachedConclusion extends Conclusion {
  /** kind of provider, form if it is not built, and matching variants */
  key: Uint16Array;
  /** another one with the same hash */
  other: CachedConclusion | undefined;
}

interface Shape {
  ability: Ability;
  use: readonly CompiledRule[];
  add: readonly CompiledRule[];
  note: readonly CompiledRule[];
  /** by hash of the matching variants */
  conclusions: Map<number, CachedConclusion>;
}

/**
 * The law book compiled for CASL. Permits come first and forbids last, because in CASL the last matching rule wins;
 * so the order of files and entries means nothing. CASL decides whether an exchange is open (`use`); every matching
 * rule beside the first is read through CASL's own rules to cite it.
 */
export class Engine {
  private shapes = new Map<number, Shape>();
  private conclusions = 0;
  /** the matching variants of the decision being taken; decisions never nest */
  private readonly matched: Uint16Array;
  private readonly tests = new WeakMap<object, Test>();
  private readonly queries = new Map<string, ReturnType<typeof asQuery>>();
  private readonly ordered: { variant: Variant; index: number }[];
  private readonly unbuiltForm: Places;
  /** what each value adds to the number of a shape */
  private readonly opennessAt: Places;
  private readonly personalRefAt: Places;
  private readonly columnAt: Places;
  private readonly emergencyAt: Places;
  private readonly noSecrecyAt: number;
  private readonly noThemesAt: number;

  constructor(
    readonly variants: readonly Variant[],
    readonly law: CompiledRules,
  ) {
    // variants are numbered in 16 bits
    if (variants.length >= 2 ** 16) throw new Error(`${variants.length} variants are too many for one law book`);
    this.matched = new Uint16Array(variants.length + 1);
    this.unbuiltForm = Object.fromEntries(FORM.map((form, at) => [form, law.carries.form(form) ? 0 : at + 1]));
    const { parts } = shapeKeys([...SHAPE.map((path) => valuesOf(law.model, path)), [true], [true]]);
    [this.opennessAt, this.personalRefAt, this.columnAt, this.emergencyAt] = parts as [Places, Places, Places, Places];
    [this.noSecrecyAt, this.noThemesAt] = [parts[4]!.true!, parts[5]!.true!];
    const ranked = { NOTE: 0, REQUIRE: 1, PERMIT: 2, FORBID: 3 };
    this.ordered = variants
      .map((variant, index) => ({ variant, index }))
      .sort(
        (a, b) =>
          ranked[a.variant.kind] - ranked[b.variant.kind] ||
          (a.variant.id < b.variant.id ? -1 : a.variant.id > b.variant.id ? 1 : a.index - b.index),
      );
  }

  decide(facts: Facts, evaluated: EvaluatedFacts): Decision {
    const shape = this.shapeOf(evaluated);
    const { matched } = this;
    matched[0] = (PROVIDER_NUMBER[evaluated.product.provider] ?? 0) + (this.unbuiltForm[evaluated.form] ?? 0);
    let count = 1;
    // what no list knows matches nothing, so it is refused as unclassified
    const decisive = evaluated.calc.hasUnknownValue ? null : shape.ability.relevantRuleFor('use', evaluated);
    if (decisive !== null) {
      const { use, add } = shape;
      const forbidden = decisive.inverted;
      for (let i = use.indexOf(decisive); i < use.length; i++) {
        const rule = use[i]!;
        // forbids stand together: the first permit after them ends the list of a refusal
        if (rule.inverted !== forbidden) break;
        if (rule === decisive || rule.matchesConditions(evaluated)) matched[count++] = (rule.origin as RawRule).variant;
      }
      if (!forbidden) {
        for (let i = 0; i < add.length; i++)
          if (add[i]!.matchesConditions(evaluated)) matched[count++] = (add[i]!.origin as RawRule).variant;
      }
    }
    const { note } = shape;
    for (let i = 0; i < note.length; i++)
      if (note[i]!.matchesConditions(evaluated)) matched[count++] = (note[i]!.origin as RawRule).variant;
    const drawn = this.conclusionOf(shape, count, evaluated);
    const conclusion = nobodyInstructs(facts, drawn) ? NOBODY_INSTRUCTS : drawn;
    const obligations = obligationsOf(conclusion, this.law, evaluated);
    const none = conclusion.filled && undeliverable(conclusion, obligations, evaluated.fields);
    if (none) return Object.freeze({ ...none, carriedBy: NO_BASES, rulesetHash: this.law.hash, facts });
    return Object.freeze({
      outcome: conclusion.outcome,
      rules: conclusion.rules,
      obligations,
      chain: conclusion.chain,
      because: conclusion.wantsBasis ? withBasesThatWould(conclusion.because, evaluated, this.law) : conclusion.because,
      carriedBy: conclusion.outcome === 'FORBID' ? NO_BASES : carryingBases(evaluated.calc),
      rulesetHash: this.law.hash,
      facts,
    });
  }

  /** Raw rules for CASL, for everything that can apply to the given values. Exported to the tests of agreement. */
  rawRules(known: KnownFacts): RawRule[] {
    return this.ordered.flatMap(({ variant, index }): RawRule[] => {
      const rest = remainder(variant.when, known);
      if (rest === false) return [];
      return [
        {
          action: variant.kind === 'REQUIRE' ? 'add' : variant.kind === 'NOTE' ? 'note' : 'use',
          subject: 'Exchange',
          inverted: variant.kind === 'FORBID',
          ...(rest !== true && { conditions: this.query(rest) }),
          variant: index,
        },
      ];
    });
  }

  /** The query of a condition with its generated test beside it; equal conditions of all shapes share one. */
  private query(condition: Condition): ReturnType<typeof asQuery> {
    const text = JSON.stringify(condition);
    let query = this.queries.get(text);
    if (!query) {
      query = asQuery(condition);
      this.queries.set(text, query);
      this.tests.set(query, generate(condition));
    }
    return query;
  }

  /** The ability of everything that can apply, with the generated matcher. */
  ability(known: KnownFacts): Ability {
    return createMongoAbility<Ability>(this.rawRules(known), {
      detectSubjectType: () => 'Exchange',
      conditionsMatcher: (conditions) => {
        const test = this.tests.get(conditions);
        if (!test) throw new Error('a condition without a generated test');
        return test as never;
      },
    });
  }

  private shapeOf(evaluated: EvaluatedFacts): Shape {
    const { product, calc } = evaluated;
    // what no list knows has the place 0: it is refused, and makes no shape of its own
    // what no list knows adds nothing: it is refused, and makes no shape of its own
    const key =
      (this.opennessAt[product.openness!] ?? 0) +
      (this.personalRefAt[calc.personalRef!] ?? 0) +
      (this.columnAt[calc.column] ?? 0) +
      (this.emergencyAt[calc.emergency] ?? 0) +
      (product.secrecy.length === 0 ? this.noSecrecyAt : 0) +
      (product.themes.length === 0 ? this.noThemesAt : 0);
    return this.shapes.get(key) ?? this.compile(key, evaluated);
  }

  private compile(key: number, evaluated: EvaluatedFacts): Shape {
    const known = new Map<string, Value>(SHAPE.map((path) => [path, valueAt(evaluated, path) as string | null]));
    const { secrecy, themes } = evaluated.product;
    if (secrecy.length === 0) known.set('product.secrecy', []);
    if (themes.length === 0) known.set('product.themes', []);
    const ability = this.ability(known);
    const shape: Shape = {
      ability,
      use: ability.rulesFor('use', 'Exchange'),
      add: ability.rulesFor('add', 'Exchange'),
      note: ability.rulesFor('note', 'Exchange'),
      conclusions: new Map(),
    };
    this.shapes.set(key, shape);
    return shape;
  }

  /** The conclusion of the first `count` entries of `matched`, from memory when it was drawn before. */
  private conclusionOf(shape: Shape, count: number, evaluated: EvaluatedFacts): CachedConclusion {
    const { matched } = this;
    let hash = 0;
    for (let i = 0; i < count; i++) hash = (Math.imul(hash, 31) + matched[i]!) | 0;
    const first = shape.conclusions.get(hash);
    for (let one = first; one; one = one.other) if (same(one.key, matched, count)) return one;
    const key = matched.slice(0, count);
    const variants = [...key.subarray(1)].map((index) => this.variants[index]!);
    const conclusion: CachedConclusion = { key, other: first, ...conclude(variants, this.law, evaluated) };
    shape.conclusions.set(hash, conclusion);
    if (++this.conclusions >= MOST_CONCLUSIONS) {
      this.shapes = new Map();
      this.conclusions = 0;
    }
    return conclusion;
  }
}

/**
 * Whether a processor would get data without a step of whoever it works for: so a law book decides that is older than that
 * step. What was decided before it was known who receives is replayed as it was decided.
 */
const nobodyInstructs = ({ consumer, recipient }: Facts, { outcome, chain }: Conclusion): boolean =>
  consumer.kind === 'PROCESSOR' &&
  recipient != null &&
  outcome !== 'FORBID' &&
  !chain?.stages.some((steps) => steps.some(({ seat }) => seat === 'CONTROLLER'));

const NO_BASES = Object.freeze([]) as unknown as string[];

/** What the permit rests on: the norm that carries it, then what lifts a ban beside it. */
function carryingBases({ personalRef, carriedBy, specialBy, criminalBy }: EvaluatedFacts['calc']): string[] {
  if (carriedBy.length === 0 || personalRef === 'NONE' || personalRef === 'AGGREGATED') return NO_BASES;
  return Object.freeze([...carriedBy, ...specialBy, ...criminalBy]) as string[];
}

/** The values that split the law book; nothing given counts as one. */
function valuesOf({ paths }: FactModel, path: string): (string | null)[] {
  const kind = paths[path];
  if (kind?.kind !== 'enum') throw new Error(`\`${path}\` has no list of values and can split no law book`);
  return [null, ...kind.values];
}

function same(key: Uint16Array, matched: Uint16Array, count: number): boolean {
  if (key.length !== count) return false;
  for (let i = 0; i < count; i++) if (key[i] !== matched[i]) return false;
  return true;
}
