import { defineUseCase, line } from '#lib/kernel';
import { z } from 'zod';
import { message } from '../form/input-schemas';
import { proposalLine, proposalState, ruleProposal } from './rule-proposal.view';

/** What a person has to write beside the case: why, and on what it rests. */
const proposalSchema = z.strictObject({
  because: line(2000, {
    least: 3,
    says: 'Bitte begründen Sie die Regel in einem Satz, den die anfragende Stelle versteht.',
  }),
  source: line(500, {
    least: 3,
    says: 'Bitte nennen Sie die Quelle: eine Vorschrift, einen Beschluss oder das Rollenkonzept.',
  }),
});
const declineSchema = z.strictObject({ answer: message });

/** `versionId`: the draft it became. */
const proposalStatus = z.strictObject({ id: z.uuid(), state: proposalState, versionId: z.uuid().nullable() });

/** A decided case becomes a rule: made as a text, handed over, drafted or answered. */
export const ruleProposalUseCases = {
  handOver: defineUseCase({
    may: 'task.decide',
    audit: 'rule.proposed.v1',
    input: proposalSchema,
    output: proposalStatus,
  }),
  propose: defineUseCase({ may: 'task.decide', audit: 'none: a text made of the own decision', output: ruleProposal }),
  list: defineUseCase({
    may: 'request.read',
    audit: 'none: proposals of the own office; for the Geschäftsstelle all',
    output: z.array(proposalLine),
  }),
  draft: defineUseCase({ may: 'rulebook.draft', audit: 'rule.drafted.v1', output: proposalStatus }),
  decline: defineUseCase({
    may: 'rulebook.draft',
    audit: 'rule.declined.v1',
    input: declineSchema,
    output: proposalStatus.pick({ id: true, state: true }),
  }),
};
