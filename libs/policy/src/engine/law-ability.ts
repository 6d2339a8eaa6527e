import { Ability, type MongoQuery, type RawRuleOf } from '@casl/ability';
import type { EvaluatedFacts } from '../facts/derived-facts';
import type { Paths } from '../facts/paths';
import type { Condition } from '../law/conditions';
import { asQuery, generate } from './match';
import { RulesInPlay } from './rules-in-play';

/** use: may it be exchanged at all, CASL's own question. add: what is asked for on top. note: what is worth knowing. */
type Action = 'use' | 'add' | 'note';
type LawBook = Ability<[Action, 'Exchange' | EvaluatedFacts], MongoQuery>;
/** A rule as CASL reads it, and its place among the variants. */
export type RawRule = RawRuleOf<LawBook> & { variant: number };
/** A rule as CASL holds it. */
export type CompiledRule = ReturnType<LawBook['rulesFor']>[number];

/** One effect of the law book. `when`: true where it always applies. */
export interface Effect {
  action: Action;
  inverted: boolean;
  when: Condition | true;
  variant: number;
}

export const rawRule = ({ when, ...effect }: Effect): RawRule => ({
  ...effect,
  subject: 'Exchange',
  ...(when !== true && { conditions: asQuery(when) }),
});

/**
 * CASL's ability of the whole law book, each condition a generated function. About one exchange CASL is asked with those
 * rules alone that the facts leave in play: what it would not match is not there, so it decides as it would among all.
 */
export class LawAbility extends Ability<[Action, 'Exchange' | EvaluatedFacts], MongoQuery> {
  /** few, so each is asked */
  readonly notes: readonly CompiledRule[];
  private readonly index: Readonly<Record<'use' | 'add', RulesInPlay<CompiledRule>>>;
  private left: readonly CompiledRule[] = [];

  constructor(effects: readonly Effect[], paths: Paths) {
    const conditions = new Map<object, Condition>();
    const raw = effects.map((effect) => {
      const rule = rawRule(effect);
      if (effect.when !== true) conditions.set(rule.conditions!, effect.when);
      return rule;
    });
    super(raw, {
      detectSubjectType: () => 'Exchange',
      conditionsMatcher: (query) => generate(conditions.get(query)!) as never,
    });
    const indexOf = (action: Action): RulesInPlay<CompiledRule> =>
      new RulesInPlay(
        super.rulesFor(action, 'Exchange'),
        ({ conditions: query }) => (query ? conditions.get(query)! : { all: [] }),
        paths,
      );
    this.index = { use: indexOf('use'), add: indexOf('add') };
    this.notes = super.rulesFor('note', 'Exchange');
  }

  /** Rules that may match, in CASL's order. */
  inPlay(action: 'use' | 'add', evaluated: EvaluatedFacts): readonly CompiledRule[] {
    return this.index[action].of(evaluated);
  }

  override relevantRuleFor(action: 'use' | 'add', evaluated: EvaluatedFacts): CompiledRule | null {
    this.left = this.inPlay(action, evaluated);
    return super.relevantRuleFor(action, evaluated);
  }

  /** What CASL goes through to answer: the rules in play of the last question. */
  override rulesFor(): readonly CompiledRule[] {
    return this.left;
  }
}

export const variantOf = (rule: CompiledRule): number => (rule.origin as RawRule).variant;
