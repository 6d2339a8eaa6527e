import type { Decision, Ruleset } from '#lib/policy';

/** The name of an outcome as the law book has it, at the beginning of a line. */
export function outcomeName(ruleset: Ruleset, outcome: Decision['outcome']): string {
  const name = ruleset.label('outcome', outcome);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export const OUTCOME_SUMMARY: Record<Decision['outcome'], string> = {
  PERMIT: 'Nach dem Regelwerk ist der Antrag ohne weitere Prüfung zulässig.',
  PERMIT_OBL: 'Nach dem Regelwerk ist der Antrag mit Auflagen zulässig.',
  APPROVAL: 'Nach dem Regelwerk müssen die genannten Stellen zustimmen.',
  FORBID: 'Nach dem Regelwerk ist der Antrag nicht zulässig.',
};

export const STEP_KIND_LABEL: Record<'APPROVE' | 'CONSULT', string> = {
  APPROVE: 'entscheidet',
  CONSULT: 'nimmt Stellung',
};
