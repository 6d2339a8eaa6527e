import { type Decision, OUTCOME, SEAT } from '../engine/decision';
import type { StepText } from './law.schema';
import type { Askable } from './conditions';

/** What a principle may ask of a decision, beside the facts. */
export interface DecidedFacts {
  outcome: string;
  /** ids of the steps of the chain */
  steps: string[];
  /** whose side decides, by a step that is more than an opinion */
  deciding: string[];
  /** ids */
  obligations: string[];
  /** ids of the rules and cells it cites */
  rules: string[];
}

/** The paths of a decision that a principle may name, with what they hold. */
export function decisionPaths(law: {
  steps: readonly StepText[];
  obligations: readonly { id: string }[];
  rules: readonly { id: string }[];
  cells: readonly { id: string }[];
}): Readonly<Record<string, Askable>> {
  const words = (values: readonly string[]): Askable => ({ kind: 'word', values, list: true });
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  return {
    'decision.outcome': { kind: 'word', values: OUTCOME },
    'decision.steps': words(ids(law.steps)),
    'decision.deciding': words(SEAT),
    'decision.obligations': words(ids(law.obligations)),
    'decision.rules': words([...ids(law.rules), ...ids(law.cells)]),
  };
}

export function decidedFacts({ outcome, chain, obligations, rules }: Decision): DecidedFacts {
  const steps = chain?.stages.flat() ?? [];
  return {
    outcome,
    steps: steps.map(({ id }) => id),
    deciding: [...new Set(steps.flatMap(({ kind, seat }) => (kind === 'APPROVE' ? [seat] : [])))],
    obligations: obligations.map(({ id }) => id),
    rules,
  };
}
