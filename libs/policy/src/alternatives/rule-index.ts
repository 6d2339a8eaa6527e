import { FORM_NOT_BUILT, UNCLASSIFIED } from '../engine/conclusion';
import type { Decision } from '../engine/decision';
import { evaluate } from '../engine/match';
import { leavesOf } from '../law/conditions';
import type { Ruleset } from '../law/ruleset';
import type { Variant } from '../law/variants';

/** What the search asks of a law book again and again, worked out once. */
export interface RuleIndex {
  byRule: Map<string, Variant[]>;
  /** paths a condition asks about, and `path=value` for what it names */
  paths: Map<Variant, string[]>;
  /** longest lengths of use the rules know, in months, longest first */
  months: number[];
  /** grounds for a change of purpose that rules tell apart: the first of those all rules treat alike */
  grounds: string[];
}
const indexes = new WeakMap<Ruleset, RuleIndex>();

export function indexRules(ruleset: Ruleset): RuleIndex {
  const before = indexes.get(ruleset);
  if (before) return before;
  const index: RuleIndex = { byRule: new Map(), paths: new Map(), months: [], grounds: [] };
  const namedBy = new Map<string, string>();
  for (const variant of ruleset.engine.variants) {
    index.byRule.set(variant.id, [...(index.byRule.get(variant.id) ?? []), variant]);
    const paths = leavesOf(variant.when).flatMap(({ path, value }) => [
      path,
      ...[value].flat().map((one) => `${path}=${String(one)}`),
    ]);
    index.paths.set(variant, [...new Set(paths)]);
    for (const { path, value } of leavesOf(variant.when)) {
      if (path === 'calc.periodMonths' && typeof value === 'number' && value > 1) index.months.push(value - 1);
      if (path === 'purpose.changeGround')
        for (const one of [value].flat())
          namedBy.set(String(one), `${namedBy.get(String(one)) ?? ''} ${index.paths.size}`);
    }
  }
  index.months = [...new Set(index.months)].sort((a, b) => b - a);
  const grounds = ruleset.vocabulary.changeGrounds.map(({ code }) => code).filter((code) => namedBy.has(code));
  index.grounds = grounds.filter(
    (code, at) => grounds.findIndex((other) => namedBy.get(other) === namedBy.get(code)) === at,
  );
  indexes.set(ruleset, index);
  return index;
}

/** Paths that the rules in the way ask about, and values they name (`evidence=DSFA`). Of several refusals each must go, so the first is enough to go on with. */
export function blockingPaths(ruleset: Ruleset, { outcome, rules, facts }: Decision): Set<string> {
  const { variants, law } = ruleset.engine;
  const evaluated = law.model.evaluate(facts, law.codes);
  const { byRule, paths } = indexRules(ruleset);
  const cited = rules.flatMap((id) => byRule.get(id) ?? []).filter(({ when }) => evaluate(when, evaluated));
  const refusing = cited.filter(({ kind }) => kind === 'FORBID').slice(0, 1);
  let asking = refusing.length > 0 ? refusing : cited.filter(({ steps }) => steps.length > 0);
  // what binds to an obligation that nobody can carry out refuses, whatever the rule says
  if (outcome === 'FORBID' && refusing.length === 0) asking = cited;
  // nothing speaks for it: whatever a permit asks about may help
  if (outcome === 'FORBID' && rules.length === 1 && rules[0] === UNCLASSIFIED.rule)
    asking = variants.filter(({ kind }) => kind === 'PERMIT');
  const blocking = asking.flatMap((variant) => paths.get(variant)!);
  return new Set(rules.includes(FORM_NOT_BUILT) ? [...blocking, 'form'] : blocking);
}
