import { defineUseCase, itemsOf, line } from '#lib/kernel';
import { contractSubject, contractUseCases } from '#lib/organisation';
import { code, conditions, evidenceUseCases, message } from '#lib/requests';
import { z } from 'zod';
import { OPINIONS, REFUSAL_REASONS, type RefusalReason } from './task.states';
import { actResult, notice, taskLine, taskView } from './task.view';
import { VOTES } from './vote.entity';

const revision = z.int('Bitte senden Sie die Revision mit, die Sie gelesen haben.');
const reference = line(200, { says: 'Bitte nennen Sie die Fundstelle.' });
const approval = z.strictObject({ revision, conditions: conditions.optional(), reasons: message.optional() });
const opinion = z.strictObject({
  revision,
  opinion: z.enum(OPINIONS),
  text: message,
  conditions: conditions.optional(),
});
const question = z.strictObject({ revision, text: message });
const refusal = z.strictObject({
  revision,
  reasonCode: z.enum(
    Object.keys(REFUSAL_REASONS) as [RefusalReason, ...RefusalReason[]],
    'Bitte wählen Sie einen Grund aus der Liste.',
  ),
  text: message,
});
const contract = z.strictObject({
  revision,
  /** to be put into the register; left out when a valid one is there already */
  contract: contractUseCases.register.input
    .omit({ unitA: true, unitB: true })
    // left out: the product of the request
    .extend({ subject: contractSubject.optional() })
    .optional(),
  reasons: message.optional(),
});
const evidence = z.strictObject({
  revision,
  /** each document by its id; a kind without one by its name alone */
  evidence: z.array(z.strictObject({ kind: code, reference, evidenceId: z.uuid().optional() })).max(40),
  reasons: message.optional(),
});
const admission = z.strictObject({
  revision,
  reference,
  conditions: conditions.optional(),
  reasons: message.optional(),
});
const vote = z
  .strictObject({ revision, vote: z.enum(VOTES, 'Bitte wählen Sie aus.'), text: message.optional() })
  .refine((given) => given.vote === 'FOR' || given.text, { path: ['text'], message: 'Bitte begründen Sie Ihr Nein.' });

export type ApprovalInput = z.input<typeof approval>;
export type OpinionInput = z.input<typeof opinion>;
export type QuestionInput = z.input<typeof question>;
export type RefusalInput = z.input<typeof refusal>;
export type ContractStepInput = z.input<typeof contract>;
export type EvidenceInput = z.input<typeof evidence>;
export type AdmissionInput = z.input<typeof admission>;
export type VoteInput = z.input<typeof vote>;

/** What deciders and advisers do, and what they read for it. */
export const taskUseCases = {
  inbox: defineUseCase({ may: 'task.decide', audit: 'none: the own inbox', output: itemsOf(taskLine) }),
  notices: defineUseCase({
    may: 'task.decide',
    audit: 'none: the Steuerungskreis takes notice',
    output: itemsOf(notice),
  }),
  view: defineUseCase({ may: 'task.decide', audit: 'none: deciders read what they decide on', output: taskView }),
  approve: defineUseCase({ may: 'task.decide', audit: 'approval.given.v1', input: approval, output: actResult }),
  giveOpinion: defineUseCase({ may: 'task.decide', audit: 'approval.advised.v1', input: opinion, output: actResult }),
  ask: defineUseCase({
    may: 'task.decide',
    audit: 'request.asked.v1',
    input: question,
    output: z.strictObject({ ...actResult.shape, questionId: z.uuid() }),
  }),
  refuse: defineUseCase({ may: 'task.decide', audit: 'approval.refused.v1', input: refusal, output: actResult }),
  confirmContract: defineUseCase({
    may: 'task.decide',
    audit: 'approval.given.v1, contract.registered.v1',
    input: contract,
    output: actResult,
  }),
  confirmEvidence: defineUseCase({
    may: 'task.decide',
    audit: 'approval.given.v1',
    input: evidence,
    output: actResult,
  }),
  /** the file of a document of the request, for whoever has a task on it */
  openEvidence: evidenceUseCases.open,
  admit: defineUseCase({ may: 'task.decide', audit: 'approval.given.v1', input: admission, output: actResult }),
  vote: defineUseCase({ may: 'task.decide', audit: 'approval.voted.v1', input: vote, output: actResult }),
  veto: defineUseCase({ may: 'task.decide', audit: 'approval.refused.v1', input: question, output: actResult }),
};
