import { type CedarValueJson, preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import type { Variant } from '../../../libs/policy/src/law/variants';
import type { Condition } from '../../../libs/policy/src/law/conditions';
import type { EvaluatedFacts } from '../../../libs/policy/src/facts/derived-facts';

const SET = 'role-concept';

/**
 * The same rules for Cedar, parsed once: permit and forbid policies over the facts as context. What is open is asked a
 * second time for the rules that ask for approvals and obligations; Cedar names them as determining policies.
 */
export function cedar(variants: readonly Variant[]): (view: EvaluatedFacts) => { open: boolean; asked: number[] } {
  const staticPolicies = Object.fromEntries(
    variants.flatMap(({ kind, when }, at) =>
      kind === 'NOTE'
        ? []
        : [
            [
              `p${at}`,
              `${kind === 'FORBID' ? 'forbid' : 'permit'}(principal, action == Action::"${kind === 'REQUIRE' ? 'add' : 'use'}", resource) when { ${expression(when)} };`,
            ],
          ],
    ),
  );
  const parsed = preparsePolicySet(SET, { staticPolicies });
  if (parsed.type === 'failure') throw new Error(parsed.errors.map(({ message }) => message).join('\n'));
  const ask = (action: string, context: Record<string, CedarValueJson>) => {
    const answer = statefulIsAuthorized({
      principal: { type: 'Unit', id: 'consumer' },
      action: { type: 'Action', id: action },
      resource: { type: 'Product', id: 'product' },
      context,
      preparsedPolicySetId: SET,
      entities: [],
    });
    if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('\n'));
    if (answer.response.diagnostics.errors.length > 0)
      throw new Error(answer.response.diagnostics.errors[0]!.error.message);
    return answer.response;
  };
  return (view) => {
    const context = valueOf(view) as Record<string, CedarValueJson>;
    const open = ask('use', context).decision === 'allow';
    return {
      open,
      asked: open
        ? ask('add', context)
            .diagnostics.reason.map((id) => Number(id.slice(1)))
            .sort((a, b) => a - b)
        : [],
    };
  };
}

function expression(condition: Condition): string {
  if ('all' in condition) return `(${condition.all.map(expression).join(' && ')})`;
  if ('any' in condition) return `(${condition.any.map(expression).join(' || ')})`;
  if ('not' in condition) return `!(${expression(condition.not)})`;
  const { path, op, value, list, among: order } = condition;
  const text = (item: unknown) =>
    typeof item === 'boolean' || typeof item === 'number' ? String(item) : JSON.stringify(item ?? '');
  const at = `context.${path}`;
  const wanted = (order ?? (Array.isArray(value) ? value : [value])).map(text).join(', ');
  if (list)
    return op === 'eq' ? `${at}.isEmpty()` : `${at}.${op === 'all' ? 'containsAll' : 'containsAny'}([${wanted}])`;
  if (!Array.isArray(value) && !order) return `${at} == ${text(value)}`;
  return `[${wanted}].contains(${at})`;
}

/** Cedar knows no null: the empty word stands for it. */
function valueOf(value: unknown): CedarValueJson {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(valueOf);
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, valueOf(member)]));
  return value as CedarValueJson;
}
