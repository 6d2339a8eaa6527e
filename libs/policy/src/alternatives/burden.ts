import type { Decision, Outcome } from '../engine/decision';

/** How hard a decision is on the applicant; smaller is better. */
export type Burden = readonly [level: number, days: number, steps: number];
const LEVEL_OF: Record<Outcome, number> = { PERMIT: 0, PERMIT_OBL: 0, APPROVAL: 1, FORBID: 2 };

export function burdenOf({ outcome, chain }: Decision): Burden {
  const stages = chain?.stages ?? [];
  const days = stages.reduce((sum, stage) => sum + Math.max(0, ...stage.map(({ workingDays }) => workingDays)), 0);
  return [LEVEL_OF[outcome], days, stages.flat().length];
}

export function lighter(a: Burden, b: Burden): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]!;
  return false;
}
