/**
 * Entwurf, Beratung, Beschluss, in Kraft ab Datum, außer Kraft. What is stored moves by people; `ADOPTED` is in force
 * from its date until the date of the next one, by the clock of the database and by nobody's act.
 */
export const RULESET_MOVES = {
  DRAFT: { consult: 'CONSULTATION', withdraw: 'WITHDRAWN' },
  CONSULTATION: { revise: 'DRAFT', callVote: 'VOTE', withdraw: 'WITHDRAWN' },
  VOTE: { adopt: 'ADOPTED', refuse: 'REFUSED', withdraw: 'WITHDRAWN' },
  ADOPTED: { recall: 'RECALLED' },
  RECALLED: {},
  REFUSED: {},
  WITHDRAWN: {},
} as const;
export type StoredRulesetState = keyof typeof RULESET_MOVES;
export type RulesetMove = 'consult' | 'revise' | 'callVote' | 'adopt' | 'refuse' | 'withdraw' | 'recall';

/** What people see: a version that was adopted waits for its date, is in force, or has been replaced. */
export type RulesetState = StoredRulesetState | 'IN_FORCE' | 'REPEALED';

/** German words of the states. */
export const RULESET_STATE_LABEL: Record<RulesetState, string> = {
  DRAFT: 'Entwurf',
  CONSULTATION: 'Beratung',
  VOTE: 'Beschluss',
  ADOPTED: 'beschlossen, noch nicht in Kraft',
  IN_FORCE: 'in Kraft',
  REPEALED: 'außer Kraft',
  RECALLED: 'zurückgenommen, nie in Kraft',
  REFUSED: 'nicht beschlossen',
  WITHDRAWN: 'zurückgezogen',
};

/** The state at a moment; validity is half-open: the first moment counts, the last does not. */
export function stateAt(
  row: { state: StoredRulesetState; inForceFrom: Date | null; inForceUntil: Date | null },
  at: Date,
): RulesetState {
  if (row.state !== 'ADOPTED' || row.inForceFrom === null) return row.state;
  if (at < row.inForceFrom) return 'ADOPTED';
  return row.inForceUntil === null || at < row.inForceUntil ? 'IN_FORCE' : 'REPEALED';
}

/** Where a move leads, or null when the state does not know it. */
export const moved = (from: StoredRulesetState, move: RulesetMove): StoredRulesetState | null =>
  (RULESET_MOVES[from] as Partial<Record<RulesetMove, StoredRulesetState>>)[move] ?? null;

export const VOTES = ['YES', 'NO', 'ABSTAIN'] as const;
export type Vote = (typeof VOTES)[number];
export const VOTE_LABEL: Record<Vote, string> = { YES: 'Ja', NO: 'Nein', ABSTAIN: 'Enthaltung' };
