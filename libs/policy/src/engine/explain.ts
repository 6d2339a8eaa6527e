import { type Condition, leavesOf } from '../law/conditions';
import { decide } from './decide';
import type { Decision, Reason } from './decision';
import type { Facts } from '../facts/facts';
import { evaluate, holds, valueAt } from './match';
import type { Ruleset } from '../law/ruleset';
import type { Variant } from '../law/variants';

/** One test that did not hold, and what was found instead. */
export interface Unmet {
  path: string;
  op: string;
  value: unknown;
  found: unknown;
  /** true when the test held but the rule wanted it not to */
  negated: boolean;
}

export interface Considered {
  rule: string;
  effect: 'PERMIT' | 'FORBID' | 'TIGHTEN' | 'NOTE';
  matched: boolean;
  reason: Reason;
  /** why it did not match: tests that failed */
  unmet: Unmet[];
}

/** A decision with every rule that was considered, for the owner and the auditor. */
export interface Explanation {
  decision: Decision;
  considered: Considered[];
  /** every fact a rule may ask about, as the rules saw it; what was worked out from others as well */
  seen: { path: string; value: unknown }[];
}

/** Rules and cells whose condition asks about a fact: whoever is told one of them can tell that fact. */
export function rulesAskingAbout(ruleset: Ruleset, path: string): string[] {
  const asks = ({ when }: Variant): boolean => leavesOf(when).some((leaf) => leaf.path === path);
  return [...new Set(ruleset.engine.variants.filter(asks).map(({ id }) => id))];
}

const EFFECT = { PERMIT: 'PERMIT', FORBID: 'FORBID', REQUIRE: 'TIGHTEN', NOTE: 'NOTE' } as const;

/** Every rule and cell, matched or not and why. Evaluates conditions plainly, not through the compiled engine. */
export function explain(ruleset: Ruleset, facts: Facts): Explanation {
  const { model, codes } = ruleset.engine.law;
  const kept = model.seal(facts);
  const evaluated = model.evaluate(kept, codes);
  const considered = ruleset.engine.variants.map((variant): Considered => {
    const matched = evaluate(variant.when, evaluated);
    const unmet: Unmet[] = [];
    if (!matched) collect(variant.when, false);
    return { rule: variant.id, effect: EFFECT[variant.kind], matched, reason: variant.reason, unmet };

    function collect(condition: Condition, negated: boolean): void {
      if ('all' in condition)
        condition.all.filter((part) => evaluate(part, evaluated) === negated).forEach((part) => collect(part, negated));
      else if ('any' in condition)
        condition.any.filter((part) => evaluate(part, evaluated) === negated).forEach((part) => collect(part, negated));
      else if ('not' in condition) collect(condition.not, !negated);
      else if (holds(condition, valueAt(evaluated, condition.path)) === negated) {
        unmet.push({
          path: condition.path,
          op: condition.op,
          value: condition.value,
          found: valueAt(evaluated, condition.path),
          negated,
        });
      }
    }
  });
  const seen = Object.keys(model.paths).map((path) => ({ path, value: valueAt(evaluated, path) }));
  return { decision: decide(ruleset, kept), considered: united(considered, ruleset.engine.variants), seen };
}

/** Matrix cells that speak of another row or column are left out: they only say that this is another cell. */
function united(considered: Considered[], variants: readonly Variant[]): Considered[] {
  return considered.filter(
    ({ matched, rule }, at) => matched || !rule.startsWith('M:') || variants[at]!.kind === 'NOTE',
  );
}
