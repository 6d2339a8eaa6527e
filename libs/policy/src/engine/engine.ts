import { CONSUMER, EMERGENCY, type Facts, FORM, OPENNESS, PERSONAL_REF, PROVIDER } from '../facts/facts';
import type { EvaluatedFacts } from '../facts/derived-facts';
import type { Variant } from '../law/variants';
import {
  type CompiledRules,
  type Conclusion,
  conclude,
  NOBODY_INSTRUCTS,
  obligationsOf,
  undeliverable,
} from './conclusion';
import type { Decision } from './decision';
import { type Effect, LawAbility, type RawRule, rawRule, variantOf } from './law-ability';
import { remainder } from './match';
import { withBasesThatWould } from './missing-basis';
import { combinations } from './combinations';

/** More conclusions than this in use at once: begin anew rather than grow without bound. */
const MOST_CONCLUSIONS = 20_000;

/** The facts that a conclusion looks at beside the rules that match, as one number. */
function situations({ carries }: CompiledRules): (evaluated: EvaluatedFacts) => number {
  const unbuilt = FORM.filter((form) => !carries.form(form));
  const lists = [PROVIDER, unbuilt, [null, ...OPENNESS], [null, ...PERSONAL_REF], CONSUMER, EMERGENCY];
  const [provider, form, openness, personalRef, column, emergency] = combinations(lists).parts;
  // what no list knows adds nothing: it is refused
  return ({ product, form: asked, calc }) =>
    (provider![product.provider] ?? 0) +
    (form![asked] ?? 0) +
    (openness![product.openness!] ?? 0) +
    (personalRef![calc.personalRef!] ?? 0) +
    (column![calc.column] ?? 0) +
    (emergency![calc.emergency] ?? 0);
}

/** A conclusion in memory. */
interface CachedConclusion extends Conclusion {
  /** number of the situation, and matching variants */
  key: Uint32Array;
  /** another one with the same hash */
  other: CachedConclusion | undefined;
}

/**
 * The law book compiled for CASL. Permits come first and forbids last, because in CASL the last matching rule wins;
 * so the order of files and entries means nothing. CASL decides whether an exchange is open (`use`); every matching
 * rule beside the first is read through CASL's own rules to cite it.
 */
export class Engine {
  private readonly effects: readonly Effect[];
  private compiled: LawAbility | undefined;
  private readonly situationOf: (evaluated: EvaluatedFacts) => number;
  /** by hash of situation and matching variants */
  private conclusions = new Map<number, CachedConclusion>();
  /** situation and matching variants of the decision being taken; decisions never nest */
  private readonly matched: Uint32Array;

  constructor(
    readonly variants: readonly Variant[],
    readonly law: CompiledRules,
  ) {
    this.matched = new Uint32Array(variants.length + 1);
    this.situationOf = situations(law);
    const ranked = { NOTE: 0, REQUIRE: 1, PERMIT: 2, FORBID: 3 };
    this.effects = variants
      .map((variant, at) => ({ ...variant, at }))
      .sort((a, b) => ranked[a.kind] - ranked[b.kind] || (a.id < b.id ? -1 : a.id > b.id ? 1 : a.at - b.at))
      .flatMap(({ kind, when: written, at }): Effect[] => {
        const when = remainder(written, new Map());
        const action = kind === 'REQUIRE' ? 'add' : kind === 'NOTE' ? 'note' : 'use';
        return when === false ? [] : [{ action, inverted: kind === 'FORBID', when, variant: at }];
      });
  }

  /** Compiled when it is asked for the first time: many law books are only read. */
  get ability(): LawAbility {
    return (this.compiled ??= new LawAbility(this.effects, this.law.model.paths));
  }

  decide(facts: Facts, evaluated: EvaluatedFacts): Decision {
    const { ability, matched } = this;
    matched[0] = this.situationOf(evaluated);
    let count = 1;
    // what no list knows matches nothing, so it is refused as unclassified
    const decisive = evaluated.calc.hasUnknownValue ? null : ability.relevantRuleFor('use', evaluated);
    if (decisive !== null) {
      const use = ability.rulesFor();
      const forbidden = decisive.inverted;
      for (let i = use.indexOf(decisive); i < use.length; i++) {
        const rule = use[i]!;
        // forbids stand together: the first permit after them ends the list of a refusal
        if (rule.inverted !== forbidden) break;
        if (rule === decisive || rule.matchesConditions(evaluated)) matched[count++] = variantOf(rule);
      }
      if (!forbidden)
        for (const rule of ability.inPlay('add', evaluated))
          if (rule.matchesConditions(evaluated)) matched[count++] = variantOf(rule);
    }
    for (const rule of ability.notes) if (rule.matchesConditions(evaluated)) matched[count++] = variantOf(rule);
    const drawn = this.conclusionOf(count, evaluated);
    const conclusion = nobodyInstructs(facts, drawn) ? NOBODY_INSTRUCTS : drawn;
    const obligations = obligationsOf(conclusion, this.law, evaluated);
    const none = conclusion.filled && undeliverable(conclusion, obligations, evaluated.fields);
    if (none) return Object.freeze({ ...none, carriedBy: NO_BASES, rulesetHash: this.law.hash, facts });
    return Object.freeze({
      outcome: conclusion.outcome,
      rules: conclusion.rules,
      obligations,
      chain: conclusion.chain,
      because: conclusion.kept
        ? withBasesThatWould(conclusion.because, conclusion.kept, evaluated, this.law)
        : conclusion.because,
      carriedBy: conclusion.outcome === 'FORBID' ? NO_BASES : carryingBases(evaluated.calc),
      rulesetHash: this.law.hash,
      facts,
    });
  }

  /** The law book as CASL reads it, in the order that CASL goes by, for whoever checks the decisions. */
  rawRules(): RawRule[] {
    return this.effects.map(rawRule);
  }

  /** The conclusion of the first `count` entries of `matched`, from memory when it was drawn before. */
  private conclusionOf(count: number, evaluated: EvaluatedFacts): CachedConclusion {
    const { matched } = this;
    let hash = 0;
    for (let i = 0; i < count; i++) hash = (Math.imul(hash, 31) + matched[i]!) | 0;
    const first = this.conclusions.get(hash);
    for (let one = first; one; one = one.other) if (same(one.key, matched, count)) return one;
    const key = matched.slice(0, count);
    const variants = [...key.subarray(1)].map((index) => this.variants[index]!);
    const conclusion: CachedConclusion = { key, other: first, ...conclude(variants, this.law, evaluated) };
    if (this.conclusions.size >= MOST_CONCLUSIONS) this.conclusions.clear();
    this.conclusions.set(hash, conclusion);
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

function same(key: Uint32Array, matched: Uint32Array, count: number): boolean {
  if (key.length !== count) return false;
  for (let i = 0; i < count; i++) if (key[i] !== matched[i]) return false;
  return true;
}
