import { buildMongoQueryMatcher, createMongoAbility } from '@casl/ability';
import { $and, $nor, and, nor, $or, or } from '@ucast/mongo2js';
import type { Decision, Facts, Ruleset } from '../../../libs/policy/src';
import { evaluateFacts } from '../../../libs/policy/src/facts/fact-model';
import { conclude, obligationsOf } from '../../../libs/policy/src/engine/conclusion';

/** The part of a decision that three ways of reading the law book must agree on, byte for byte. */
export interface Agreed {
  outcome: Decision['outcome'];
  rules: readonly string[];
  obligations: readonly { id: string; value: unknown }[];
  /** `DSB+ISB` stand side by side */
  steps: readonly string[];
}

export const agreedPart = ({
  outcome,
  rules,
  obligations,
  chain,
}: Pick<Decision, 'outcome' | 'rules' | 'obligations' | 'chain'>): Agreed => ({
  outcome,
  rules,
  obligations: obligations.map(({ id, params }) => ({ id, value: Object.values(params)[0] ?? null })),
  steps: chain?.stages.map((stage) => stage.map(({ id }) => id).join('+')) ?? [],
});

/**
 * The same law book asked through CASL with CASL's own matcher of conditions: one ability for everything, nothing
 * worked out beforehand, nothing kept from one question to the next. Slow; for checking only.
 */
export function byCasl(ruleset: Ruleset): (facts: Facts) => Agreed {
  const { engine } = ruleset;
  const conditionsMatcher = buildMongoQueryMatcher({ $and, $or, $nor }, { and, or, nor });
  const ability = createMongoAbility(engine.rawRules(new Map()), {
    detectSubjectType: () => 'Exchange',
    conditionsMatcher,
  } as never);
  return (facts) => {
    const view = evaluateFacts(facts, engine.law.codes);
    const matching = (action: string) =>
      ability.rulesFor(action as never, 'Exchange' as never).filter((rule) => rule.matchesConditions(view as never));
    const variants = (rules: ReturnType<typeof matching>) =>
      rules.map((rule) => engine.variants[(rule.origin as unknown as { variant: number }).variant]!);
    const open = !view.calc.hasUnknownValue && ability.can('use', view as never);
    const used = view.calc.hasUnknownValue ? [] : matching('use').filter(({ inverted }) => inverted !== open);
    const conclusion = conclude(
      [...variants(used), ...(open ? variants(matching('add')) : []), ...variants(matching('note'))],
      engine.law,
      view,
    );
    return agreedPart({ ...conclusion, obligations: obligationsOf(conclusion, engine.law, view) });
  };
}
