import type { CodeList } from '../facts/lists';
import { type Condition, leavesOf } from '../law/conditions';
import type { Ruleset } from '../law/ruleset';
import type { Words } from './space';

const LISTS: readonly CodeList[] = ['purposes', 'legalBases', 'evidence', 'changeGrounds', 'themes'];

/** What several law books and further conditions speak of: every code one of them knows, every number one of them names. */
export function wordsOf(rulesets: readonly Ruleset[], conditions: readonly Condition[] = []): Words {
  const codes = Object.fromEntries(
    LISTS.map((list) => [list, [...new Set(rulesets.flatMap(({ engine }) => [...engine.law.codes[list]]))].sort()]),
  ) as unknown as Words['codes'];
  const cuts: Record<string, number[]> = {};
  for (const { path, op, value } of [
    ...rulesets.flatMap(({ engine }) => engine.variants.map(({ when }) => when)),
    ...conditions,
  ].flatMap(leavesOf)) {
    const numbers = [value].flat().filter((one): one is number => typeof one === 'number');
    // worked out from one number under the same name, or that number itself
    const of = path.replace(/^calc\./, '');
    (cuts[of] ??= []).push(
      ...numbers.flatMap((one) => (op === 'gte' ? [one] : op === 'lte' ? [one + 1] : [one, one + 1])),
    );
  }
  return { codes, cuts };
}
