import type { Condition } from './conditions';
import type { Reason } from '../engine/decision';
import type { Binding } from './obligations';

/**
 * PERMIT is the ground of a permit or an approval, FORBID ends it, REQUIRE only tightens, NOTE only says something.
 * Nothing but a PERMIT opens anything.
 */
export type VariantKind = 'PERMIT' | 'FORBID' | 'REQUIRE' | 'NOTE';

/** One compiled effect of a rule or a matrix cell. */
export interface Variant {
  /** id of the rule or cell: what a decision cites */
  id: string;
  kind: VariantKind;
  when: Condition;
  chains: readonly string[];
  /** ids of steps */
  steps: readonly string[];
  obligations: readonly Binding[];
  reason: Reason;
}

/** Steps a chain asks for: always, or under a condition of their own. */
export interface ChainParts {
  always: readonly string[];
  sometimes: readonly { step: string; when: Condition }[];
}

/**
 * Adds the variants a chain brings along: a step that is only needed under a condition becomes an addition of its own,
 * so that conditions are asked in one place.
 */
export function withChainSteps(variant: Variant, chains: ReadonlyMap<string, ChainParts>): Variant[] {
  const steps = new Set(variant.steps);
  const extra: Variant[] = [];
  for (const id of variant.chains) {
    const parts = chains.get(id);
    parts?.always.forEach((step) => steps.add(step));
    parts?.sometimes.forEach(({ step, when }) =>
      extra.push({
        ...variant,
        kind: 'REQUIRE',
        when: { all: [variant.when, when] },
        chains: [],
        steps: [step],
        obligations: [],
      }),
    );
  }
  return [{ ...variant, steps: [...steps] }, ...extra];
}
