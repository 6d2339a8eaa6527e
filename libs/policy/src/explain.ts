import { viewOf } from './calc';
import type { Condition } from './conditions';
import { decide } from './decide';
import type { Decision, Reason } from './decision';
import type { Facts } from './facts';
import { evaluate, holds, valueAt } from './match';
import type { Ruleset } from './ruleset';
import { seal } from './seal';
import type { Variant } from './variants';

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
}

const EFFECT = { GRANT: 'PERMIT', FORBID: 'FORBID', ADD: 'TIGHTEN', NOTE: 'NOTE' } as const;

/** Every rule and cell, matched or not and why. Evaluates conditions plainly, not through the compiled engine. */
export function explain(ruleset: Ruleset, facts: Facts): Explanation {
  const kept = seal(facts);
  const view = viewOf(kept, ruleset.engine.law.knows);
  const considered = ruleset.engine.variants.map((variant): Considered => {
    const matched = evaluate(variant.when, view);
    const unmet: Unmet[] = [];
    if (!matched) collect(variant.when, false);
    return { rule: variant.id, effect: EFFECT[variant.kind], matched, reason: variant.reason, unmet };

    function collect(condition: Condition, negated: boolean): void {
      if ('all' in condition)
        condition.all.filter((part) => evaluate(part, view) === negated).forEach((part) => collect(part, negated));
      else if ('any' in condition)
        condition.any.filter((part) => evaluate(part, view) === negated).forEach((part) => collect(part, negated));
      else if ('not' in condition) collect(condition.not, !negated);
      else if (holds(condition, valueAt(view, condition.path)) === negated) {
        unmet.push({
          path: condition.path,
          op: condition.op,
          value: condition.value,
          found: valueAt(view, condition.path),
          negated,
        });
      }
    }
  });
  return { decision: decide(ruleset, kept), considered: united(considered, ruleset.engine.variants) };
}

/** Matrix cells that speak of another row or column are left out: they only say that this is another cell. */
function united(considered: Considered[], variants: readonly Variant[]): Considered[] {
  return considered.filter(
    ({ matched, rule }, at) => matched || !rule.startsWith('M:') || variants[at]!.kind === 'NOTE',
  );
}
