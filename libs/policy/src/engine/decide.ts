import type { Decision } from './decision';
import type { Facts } from '../facts/facts';
import type { Ruleset } from '../law/ruleset';

/**
 * What the law book says about one exchange. Pure: the same ruleset and facts give the same decision, byte for byte.
 * The facts are frozen into the decision; a refusal is a decision, not an error.
 */
export function decide(ruleset: Ruleset, facts: Facts): Decision {
  const { engine } = ruleset;
  const { model, codes } = engine.law;
  const kept = model.seal(facts);
  return engine.decide(kept, model.evaluate(kept, codes));
}
