import { evaluateFacts } from '../facts/evaluate-facts';
import type { Decision } from './decision';
import type { Facts } from '../facts/facts';
import type { Ruleset } from '../law/ruleset';
import { seal } from '../law/seal';

/**
 * What the law book says about one exchange. Pure: the same ruleset and facts give the same decision, byte for byte.
 * The facts are copied and frozen into the decision; a refusal is a decision, not an error.
 */
export function decide(ruleset: Ruleset, facts: Facts): Decision {
  const kept = seal(facts);
  return ruleset.engine.decide(kept, evaluateFacts(kept, ruleset.engine.law.codes));
}
