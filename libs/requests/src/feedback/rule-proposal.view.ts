import { isoTime } from '#lib/kernel';
import { z } from 'zod';
import { PROPOSAL_STATE_LABEL, type ProposalState } from './rule-proposal.entity';

export const proposalState = z.enum(Object.keys(PROPOSAL_STATE_LABEL) as ProposalState[]);

/** A decided case handed over as a rule, in a list. */
export const proposalLine = z.strictObject({
  id: z.uuid(),
  requestId: z.uuid(),
  number: z.string(),
  ruleId: z.string(),
  because: z.string(),
  source: z.string(),
  proposedByName: z.string(),
  unitName: z.string(),
  proposedAt: isoTime,
  state: proposalState,
  stateName: z.string(),
  /** the draft it became */
  versionId: z.uuid().nullable(),
  answer: z.string().nullable(),
  files: z.array(
    z.strictObject({
      file: z.string(),
      text: z.string(),
    }),
  ),
  /** what the reader can do now */
  may: z.strictObject({
    draft: z.boolean(),
    decline: z.boolean(),
  }),
});
export type ProposalLine = z.output<typeof proposalLine>;

/** A decided case as a draft of a rule, with the case that shows what it does. Text for the editor of the law book. */
export const ruleProposal = z.strictObject({
  ruleId: z.string(),
  /** `rules/…yaml`: the rule; `because` and `source` are still to be written by a person */
  rules: z.strictObject({
    file: z.string(),
    text: z.string(),
  }),
  /** `cases/…yaml`: the case from the facts of the decision */
  cases: z.strictObject({
    file: z.string(),
    text: z.string(),
  }),
});
export type RuleProposal = z.output<typeof ruleProposal>;
