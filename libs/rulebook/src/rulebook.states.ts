import { defineStates, type StateOf, type StoredStateOf } from '#lib/kernel';

/**
 * Entwurf, Beratung, Beschluss, in Kraft ab Datum, außer Kraft. What is stored moves by people; `ADOPTED` is in force
 * from its date until the date of the next one, by the clock of the database and by nobody's act: what people see
 * then is IN_FORCE or REPEALED.
 */
export const rulesetStates = defineStates(
  {
    DRAFT: { label: 'Entwurf', to: { consult: 'CONSULTATION', withdraw: 'WITHDRAWN' } },
    CONSULTATION: { label: 'Beratung', to: { revise: 'DRAFT', callVote: 'VOTE', withdraw: 'WITHDRAWN' } },
    VOTE: { label: 'Beschluss', to: { adopt: 'ADOPTED', refuse: 'REFUSED', withdraw: 'WITHDRAWN' } },
    ADOPTED: { label: 'beschlossen, noch nicht in Kraft', to: { recall: 'RECALLED' } },
    RECALLED: { label: 'zurückgenommen, nie in Kraft', to: {} },
    REFUSED: { label: 'nicht beschlossen', to: {} },
    WITHDRAWN: { label: 'zurückgezogen', to: {} },
  },
  { IN_FORCE: 'in Kraft', REPEALED: 'außer Kraft' },
);
export type StoredRulesetState = StoredStateOf<typeof rulesetStates>;
export type RulesetStep = ReturnType<typeof rulesetStates.stepsFrom>[number];
/** What people see: a version that was adopted waits for its date, is in force, or has been replaced. */
export type RulesetState = StateOf<typeof rulesetStates>;

/** The state at a moment; validity is half-open: the first moment counts, the last does not. */
export function stateAt(
  row: { state: StoredRulesetState; inForceFrom: Date | null; inForceUntil: Date | null },
  at: Date,
): RulesetState {
  if (row.state !== 'ADOPTED' || row.inForceFrom === null) return row.state;
  if (at < row.inForceFrom) return 'ADOPTED';
  return row.inForceUntil === null || at < row.inForceUntil ? 'IN_FORCE' : 'REPEALED';
}

export const VOTES = ['YES', 'NO', 'ABSTAIN'] as const;
export type Vote = (typeof VOTES)[number];
export const VOTE_LABEL: Record<Vote, string> = { YES: 'Ja', NO: 'Nein', ABSTAIN: 'Enthaltung' };
