import type { Reason } from '../engine/decision';
import type { Condition } from './conditions';
import type { Variant } from './variants';

/** What the program asks of every law book, by name; a program of before asked nothing of the kind. */
export const STANDING = ['PUBLICATION'] as const;
export type Standing = (typeof STANDING)[number];

interface Refusal {
  when: Condition;
  reason: Omit<Reason, 'rule'> & { code: string };
}

const yes = (path: string): Condition => ({ path, op: 'eq', value: true });

const REFUSALS: Record<Standing, Refusal> = {
  PUBLICATION: {
    when: { all: [yes('calc.publication'), { not: { path: 'calc.column', op: 'eq', value: 'PUBLIC' } }] },
    reason: {
      code: 'publication_is_its_own_act',
      text: 'Veröffentlichen ist kein Zweck einer Lieferung, sondern ein eigener Vorgang, der noch nicht eingerichtet ist. Was schon offen ist, bekommen Sie unter dem Zweck, für den Sie es wirklich brauchen.',
      source: 'Rollenkonzept §2.2',
      mark: 'D',
    },
  },
};

/**
 * Refusals that hold under a law book which says nothing of the matter, because it is older or because it left the
 * sentence out: without them a word would loosen what nobody keeps. A rule with the same code takes their place.
 */
export function standingRefusals(said: ReadonlySet<string>, asked: readonly Standing[]): Variant[] {
  return asked
    .map((name) => ({ name, ...REFUSALS[name] }))
    .filter(({ reason }) => !said.has(reason.code))
    .map(({ name, when, reason }) => ({
      id: name,
      kind: 'FORBID',
      when,
      chains: [],
      steps: [],
      obligations: [],
      reason: { rule: name, ...reason },
    }));
}
