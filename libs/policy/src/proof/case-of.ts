import { decide } from '../engine/decide';
import type { Facts } from '../facts/facts';
import type { Ruleset } from '../law/ruleset';

type Written = Record<string, unknown>;

/** Facts as a case of the law book: what is otherwise than in the plainest exchange, and what is decided now. */
export function caseOf(name: string, facts: Facts, plain: Facts, ruleset: Ruleset): Written {
  const { outcome, rules, chain } = decide(ruleset, structuredClone(facts));
  const cell = rules.find((id) => id.startsWith('M:'));
  const by = rules.filter((id) => !id.startsWith('M:'));
  const { fields, fieldClasses: _follows, ...others } = facts;
  const { fields: usual, fieldClasses: _too, ...plainOthers } = plain;
  return {
    case: name,
    facts: {
      ...departures(others, plainOthers),
      ...(same(fields, usual) ? {} : { fields: written(fields, ruleset.neededClasses(facts.purpose.code)) }),
    },
    expect: {
      outcome,
      by,
      ...(cell && { cell }),
      ...(chain && { steps: chain.stages.map((stage) => stage.map(({ id }) => id).join('+')) }),
    },
  };
}

/** What differs, group by group. The relation of purposes is said wherever the purpose is: a case would work it out anew. */
function departures(facts: object, plain: object): Written {
  const [now, usual] = [facts as Written, plain as Written];
  const changed = [...new Set([...Object.keys(usual), ...Object.keys(now)])].flatMap((key): [string, unknown][] => {
    const [value, before] = [now[key], usual[key]];
    if (same(value, before)) return [];
    return [[key, isGroup(value) && isGroup(before) ? departures(value, before) : (value ?? null)]];
  });
  const found = Object.fromEntries(changed);
  return isPurposeChanged(now, found)
    ? { ...found, purpose: { relation: relationOf(now), ...(found.purpose as object) } }
    : found;
}

const relationOf = (facts: Written): unknown => (facts.purpose as Written).relation;
const isPurposeChanged = (facts: Written, found: Written): boolean =>
  'purpose' in facts && ['purpose', 'evidence', 'product', 'consumer'].some((key) => key in found);

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function written(fields: Facts['fields'], needed: readonly string[]): Written {
  return Object.fromEntries(
    fields.map(({ name, ...field }) => {
      const plain = field.maskable === undefined && field.needed === needed.includes(field.class);
      return [name, plain ? field.class : field];
    }),
  );
}
