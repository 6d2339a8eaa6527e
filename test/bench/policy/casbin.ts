import { newEnforcer, newModelFromString, StringAdapter } from 'casbin';
import type { Variant } from '../../../libs/policy/src/law/variants';
import type { Condition } from '../../../libs/policy/src/law/conditions';
import type { EvaluatedFacts } from '../../../libs/policy/src/facts/derived-facts';

/**
 * The same rules for casbin: one policy line per rule, its condition evaluated from the line, forbids override. What is
 * open is asked a second time for approvals and obligations; casbin only says whether there are any.
 */
export async function casbin(
  variants: readonly Variant[],
): Promise<(view: EvaluatedFacts) => Promise<{ open: boolean; asked: boolean }>> {
  const model = newModelFromString(`
[request_definition]
r = sub, act
[policy_definition]
p = rule, act, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.act == p.act && eval(p.rule)
`);
  const lines = variants
    .filter(({ kind }) => kind !== 'NOTE')
    .map(
      ({ when, kind }) =>
        `p, "${expression(when).replaceAll('"', '""')}", ${kind === 'REQUIRE' ? 'add' : 'use'}, ${kind === 'FORBID' ? 'deny' : 'allow'}`,
    );
  const enforcer = await newEnforcer(model, new StringAdapter(lines.join('\n')));
  await enforcer.addFunction('among', (...parts: unknown[]) => {
    const [held, ...wanted] = parts;
    return Array.isArray(held) ? wanted.some((item) => held.includes(item)) : wanted.includes(held ?? '');
  });
  await enforcer.addFunction('every', (held: unknown, ...wanted: unknown[]) =>
    wanted.every((item) => (held as unknown[]).includes(item)),
  );
  await enforcer.addFunction('none', (held: unknown) => (held as unknown[]).length === 0);
  return async (view) => {
    const open = await enforcer.enforce(view, 'use');
    return { open, asked: open && (await enforcer.enforce(view, 'add')) };
  };
}

function expression(condition: Condition): string {
  if ('all' in condition) return `(${condition.all.map(expression).join(' && ')})`;
  if ('any' in condition) return `(${condition.any.map(expression).join(' || ')})`;
  if ('not' in condition) return `!${expression(condition.not)}`;
  const { path, op, value, among: order } = condition;
  const text = (item: unknown) => (typeof item === 'string' ? `'${item}'` : item === null ? `''` : String(item));
  const at = `r.sub.${path}`;
  if (op === 'eq' && Array.isArray(value)) return `none(${at})`;
  const wanted = order ?? (Array.isArray(value) ? value : [value]);
  return `${op === 'all' ? 'every' : 'among'}(${[at, ...wanted.map(text)].join(', ')})`;
}
