import { decide, type Decision, type Facts, type Obligation, OUTCOME, type Parameter, type Ruleset } from '#lib/policy';
import { z } from 'zod';

/** Which way a decision would go: looser or stricter for the recipient, or merely different. */
export const DIRECTION = ['LOOSER', 'STRICTER', 'OTHER'] as const;
export type Direction = (typeof DIRECTION)[number];
export const DIRECTION_LABEL: Record<Direction, string> = {
  LOOSER: 'großzügiger',
  STRICTER: 'strenger',
  OTHER: 'anders',
};

/** What differs: the outcome itself, the steps of the chain, the obligations, or only the rules that are cited. */
export const ASPECT = ['OUTCOME', 'CHAIN', 'OBLIGATIONS', 'RULES'] as const;
export type Aspect = (typeof ASPECT)[number];
export const ASPECT_LABEL: Record<Aspect, string> = {
  OUTCOME: 'Ergebnis',
  CHAIN: 'Freigabekette',
  OBLIGATIONS: 'Auflagen',
  RULES: 'nur die genannten Regeln',
};

/** The part of a decision that people compare. */
export const decisionSummary = z.strictObject({
  outcome: z.enum(OUTCOME),
  /** as the law book names it */
  outcomeName: z.string(),
  rules: z.array(z.string()),
  /** ids of chains, e.g. `A3`; steps in order, side by side with `+` */
  chain: z.array(z.string()),
  steps: z.array(z.string()),
  /** `O-LOG(12)` */
  obligations: z.array(z.string()),
});
export type DecisionSummary = z.output<typeof decisionSummary>;

export const difference = z.strictObject({
  direction: z.enum(DIRECTION),
  aspects: z.array(z.enum(ASPECT)),
  before: decisionSummary,
  after: decisionSummary,
});
export type Difference = z.output<typeof difference>;

/** `O-MASK(gutachter, telefon)` */
export function obligationText({ id, params }: Obligation): string {
  const values = Object.values(params).flat();
  return values.length === 0 ? id : `${id}(${values.join(', ')})`;
}

/** What comparing needs of the law book. */
type Words = Pick<Ruleset, 'obligation' | 'label'>;

export function summaryOf({ outcome, rules, chain, obligations }: Decision, law: Words): DecisionSummary {
  return {
    outcome,
    outcomeName: law.label('outcome', outcome),
    rules,
    chain: chain?.ids ?? [],
    steps: chain?.stages.map((stage) => stage.map(({ id }) => id).join('+')) ?? [],
    obligations: obligations.map(obligationText),
  };
}

/**
 * What changes from one decision to another, null when nothing that people would notice does. The outcome decides the
 * direction; with the same outcome, steps and obligations must all point the same way, else it is `OTHER`.
 */
export function compareDecisions(before: Decision, after: Decision, law: Words): Difference | null {
  const [was, is] = [summaryOf(before, law), summaryOf(after, law)];
  const differs = (key: keyof DecisionSummary): boolean => JSON.stringify(was[key]) !== JSON.stringify(is[key]);
  const aspects: Aspect[] = [];
  const ways: Direction[] = [];
  if (was.outcome !== is.outcome) {
    aspects.push('OUTCOME');
    ways.push(OUTCOME.indexOf(is.outcome) > OUTCOME.indexOf(was.outcome) ? 'STRICTER' : 'LOOSER');
  }
  if (differs('steps') || differs('chain')) {
    aspects.push('CHAIN');
    ways.push(
      ofSets(
        was.steps.flatMap((stage) => stage.split('+')),
        is.steps.flatMap((stage) => stage.split('+')),
      ),
    );
  }
  if (differs('obligations')) {
    aspects.push('OBLIGATIONS');
    ways.push(ofObligations(before.obligations, after.obligations, law));
  }
  if (differs('rules')) {
    aspects.push('RULES');
    if (ways.length === 0) ways.push('OTHER');
  }
  if (aspects.length === 0) return null;
  const direction = aspects[0] === 'OUTCOME' ? ways[0]! : new Set(ways).size === 1 ? ways[0]! : 'OTHER';
  return { direction, aspects, before: was, after: is };
}

function ofSets(before: readonly string[], after: readonly string[]): Direction {
  const more = after.some((item) => !before.includes(item));
  const less = before.some((item) => !after.includes(item));
  return more === less ? 'OTHER' : more ? 'STRICTER' : 'LOOSER';
}

function ofObligations(before: readonly Obligation[], after: readonly Obligation[], law: Words): Direction {
  const ways = new Set<Direction>();
  for (const { id } of before) if (!after.some((one) => one.id === id)) ways.add('LOOSER');
  for (const one of after) {
    const old = before.find(({ id }) => id === one.id);
    if (!old) ways.add('STRICTER');
    else for (const way of ofParameters(old, one, law)) ways.add(way);
  }
  return ways.size === 1 ? [...ways][0]! : 'OTHER';
}

function* ofParameters(before: Obligation, after: Obligation, law: Words): Generator<Direction> {
  for (const name of new Set([...Object.keys(before.params), ...Object.keys(after.params)])) {
    const [was, is] = [before.params[name], after.params[name]];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    const declared = law.obligation(after.id)?.params?.find((param) => param.name === name);
    yield declared && was !== undefined && is !== undefined ? ofValues(declared, was, is) : 'OTHER';
  }
}

type Declared = { merge: 'min' | 'max' | 'union' | 'intersect' | 'order'; order?: string[] | undefined };

function ofValues({ merge, order = [] }: Declared, was: Parameter, is: Parameter): Direction {
  const up = (stricter: boolean): Direction => (stricter ? 'STRICTER' : 'LOOSER');
  if (typeof was === 'number' && typeof is === 'number')
    return merge === 'min' ? up(is < was) : merge === 'max' ? up(is > was) : 'OTHER';
  if (merge === 'union') return ofSets([was].flat().map(String), [is].flat().map(String));
  if (merge === 'intersect') return ofSets([is].flat().map(String), [was].flat().map(String));
  const [from, to] = [order.indexOf(String(was)), order.indexOf(String(is))];
  return merge === 'order' && from >= 0 && to >= 0 ? up(to > from) : 'OTHER';
}

/** The same facts under two law books. */
export const differenceBetween = (from: Ruleset, to: Ruleset, facts: Facts): Difference | null =>
  compareDecisions(decide(from, facts), decide(to, facts), to);
