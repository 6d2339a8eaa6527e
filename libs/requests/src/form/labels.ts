import type { Decision } from '#lib/policy';

export const OUTCOME_LABEL: Record<Decision['outcome'], string> = {
  PERMIT: 'Freigegeben',
  PERMIT_OBL: 'Freigegeben mit Auflagen',
  APPROVAL: 'Genehmigung nötig',
  FORBID: 'Nicht zulässig',
};

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
