import { createMongoAbility, mongoQueryMatcher, buildMongoQueryMatcher } from '@casl/ability';
import { $and, $nor, and, nor, $or, or } from '@ucast/mongo2js';
import { law } from '../../../test/support/law';
import { decideByHand } from '../../../test/bench/policy/by-hand';
import { someInputs } from '../../../test/bench/policy/inputs';
import { decide, type Decision, explain } from '.';
import { viewOf } from './calc';

const ruleset = law();
const lists = {
  purposes: new Set(ruleset.purposes.map(({ code }) => code)),
  legalBases: new Set(ruleset.legalBases.map(({ code }) => code)),
};
const inputs = someInputs(12_000, 20_260_211, ruleset);

const plain = ({ outcome, rules, obligations, chain }: Decision) => ({
  outcome,
  rules,
  obligations: obligations.map(({ id, params }) => ({ id, value: Object.values(params)[0] ?? null })),
  steps: chain?.stages.map((stage) => stage.map(({ id }) => id).join('+')) ?? [],
});

test('the engine agrees with the role concept written by hand, rule ids, parameters and steps included', () => {
  for (const facts of inputs) {
    const ours = plain(decide(ruleset, facts));
    const theirs = decideByHand(facts, lists);
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) expect({ ours, facts }).toEqual({ ours: theirs, facts });
  }
});

test('the inputs reach every outcome often', () => {
  const counts = new Map<string, number>();
  const cited = new Set<string>();
  for (const facts of inputs) {
    const { outcome, rules, because } = decide(ruleset, facts);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    [...rules, ...because.map(({ rule }) => rule)].forEach((rule) => cited.add(rule));
  }
  for (const outcome of ['PERMIT', 'PERMIT_OBL', 'APPROVAL', 'FORBID'])
    expect(counts.get(outcome)).toBeGreaterThan(100);
  // the rest has its cases; what is this rare here is not worth more inputs
  expect(ruleset.rules.filter(({ id }) => !cited.has(id)).length).toBeLessThan(12);
});

test('the generated matcher agrees with the matcher of CASL on every rule', () => {
  const conditionsMatcher = buildMongoQueryMatcher({ $and, $or, $nor }, { and, or, nor });
  expect(conditionsMatcher).not.toBe(mongoQueryMatcher);
  const raw = ruleset.engine.rawRules(new Map());
  const slow = createMongoAbility(raw, { detectSubjectType: () => 'Exchange', conditionsMatcher } as never);
  const matching = (ability: ReturnType<typeof ruleset.engine.ability>, view: object): number[] =>
    (['use', 'add', 'note'] as const).flatMap((action) =>
      ability
        .rulesFor(action, 'Exchange')
        .filter((rule) => rule.matchesConditions(view as never))
        .map((rule) => (rule.origin as unknown as { variant: number }).variant),
    );
  const fast = ruleset.engine.ability(new Map());
  for (const facts of inputs) {
    const view = viewOf(facts, ruleset.engine.law.knows);
    expect(matching(fast, view)).toEqual(matching(slow as never, view));
    expect(slow.can('use', view as never)).toBe(fast.can('use', view));
  }
});

test('the explanation, which evaluates plainly, names the same rules as the engine', () => {
  for (const facts of inputs.slice(0, 2_000)) {
    const { decision, considered } = explain(ruleset, facts);
    const matched = new Set(considered.filter(({ matched }) => matched).map(({ rule }) => rule));
    if (decision.rules[0] !== 'UNCLASSIFIED') for (const rule of decision.rules) expect(matched).toContain(rule);
    const forbidden = considered.some(({ matched, effect }) => matched && effect === 'FORBID');
    expect(decision.outcome === 'FORBID').toBe(forbidden || decision.rules[0] === 'UNCLASSIFIED');
  }
});
