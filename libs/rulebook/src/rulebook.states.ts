/** A version is drafted, comes into force once, and is replaced by the next. A draft can be withdrawn. */
export const RULESET_STATE = ['DRAFT', 'IN_FORCE', 'REPLACED', 'WITHDRAWN'] as const;
export type RulesetState = (typeof RULESET_STATE)[number];

/** German words of the states. */
export const RULESET_STATE_LABEL: Record<RulesetState, string> = {
  DRAFT: 'Entwurf',
  IN_FORCE: 'in Kraft',
  REPLACED: 'außer Kraft',
  WITHDRAWN: 'zurückgezogen',
};
