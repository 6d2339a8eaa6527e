import type { Condition } from '../law/conditions';
import type { RuleText } from '../law/law.schema';
import type { Variant } from '../law/variants';

const NOT_IN_AN_EMERGENCY: Condition = { not: { path: 'calc.emergency', op: 'eq', value: 'RUNNING' } };

/**
 * Refusals that a running emergency access sets aside (`setsAside` of a rule) get that as part of their own condition,
 * as every statutory exception does; no permit beats a refusal. A rule that is not named stands, also one written later.
 */
export function setAside<Rule extends Pick<RuleText, 'setsAside'>>(
  rules: readonly Rule[],
  variants: readonly Variant[],
  report: (rule: Rule, text: string) => void,
): Variant[] {
  const forbidding = new Set(variants.flatMap(({ id, kind }) => (kind === 'FORBID' ? [id] : [])));
  const named = new Set<string>();
  for (const rule of rules) {
    for (const id of rule.setsAside ?? []) {
      if (id !== 'MATRIX' && !forbidding.has(id))
        report(rule, `\`${id}\` lehnt nichts ab, was ein Notzugriff aussetzen könnte (\`setsAside\`)`);
      named.add(id);
    }
  }
  return variants.map((variant) =>
    variant.kind === 'FORBID' && named.has(variant.id.startsWith('M:') ? 'MATRIX' : variant.id)
      ? { ...variant, when: { all: [variant.when, NOT_IN_AN_EMERGENCY] } }
      : variant,
  );
}
