import { defineUseCase, document, isoTime, line, madeId, text } from '#lib/kernel';
import { z } from 'zod';
import { readableLaw, readableVocabulary } from './readable.view';
import { change } from './changes.view';
import { VOTES } from './rulebook.states';
import { moved, versionLine, versionView } from './ruleset.view';

const fileSchema = z.strictObject({
  file: z
    .string()
    .regex(/^[a-z0-9-]+(?:\/[a-z0-9-]+)?\.yaml$/, 'Bitte nennen Sie eine YAML-Datei wie `rules/general.yaml`.')
    .max(100),
  /** null takes the file away */
  text: document(500_000).nullable(),
});
/** Files that differ from the version the draft starts from; all others stay as they are. */
const draftRulesetSchema = z.strictObject({
  title: line(200),
  reason: text(10_000),
  files: z.array(fileSchema).max(60),
});
const changeRulesetSchema = draftRulesetSchema.extend({ revision: z.int() });
const checkRulesetSchema = z.strictObject({
  versionId: z.uuid().optional(),
  files: z.array(fileSchema).max(60),
});
const commentSchema = z.strictObject({
  text: text(10_000),
  ruleId: line(100).nullable().default(null),
});
const callVoteSchema = z.strictObject({ until: z.iso.datetime({ offset: true }).optional() });
const voteSchema = z.strictObject({ vote: z.enum(VOTES, 'Bitte wählen Sie eine Stimme.') });
const adoptSchema = z.strictObject({
  decisionNumber: line(100),
  /** ISO with offset; left out: in one minute */
  inForceFrom: z.iso.datetime({ offset: true }).optional(),
});
export type DraftFiles = z.infer<typeof fileSchema>[];
const recallSchema = z.strictObject({ reason: text(10_000), decisionNumber: line(100) });

const at = z.strictObject({ at: z.iso.datetime({ offset: true }).optional() });
const which = z.strictObject({ versionId: z.uuid().optional() });
const OPEN = 'none: the law book is open to everybody who may read it';

/** The law book: read it, draft a change, discuss it, vote on it, put it into force. */
export const rulebookUseCases = {
  law: defineUseCase({
    may: 'rulebook.read',
    audit: OPEN,
    input: which,
    output: z.strictObject({ ...readableLaw.shape, version: versionLine }),
  }),
  vocabulary: defineUseCase({ may: 'rulebook.read', audit: OPEN, input: which, output: readableVocabulary }),
  versions: defineUseCase({ may: 'rulebook.read', audit: OPEN, input: at, output: z.array(versionLine) }),
  version: defineUseCase({ may: 'rulebook.read', audit: OPEN, output: versionView }),
  changes: defineUseCase({
    may: 'rulebook.read',
    audit: OPEN,
    output: z.strictObject({ items: z.array(change).nullable() }),
  }),
  files: defineUseCase({
    may: 'rulebook.read',
    audit: OPEN,
    output: z.array(z.strictObject({ file: z.string(), text: z.string() })),
  }),
  check: defineUseCase({
    may: 'rulebook.draft',
    audit: 'none: nothing is kept',
    input: checkRulesetSchema,
    output: z.strictObject({ hash: z.string(), rules: z.int(), cases: z.int(), faults: z.array(z.string()) }),
  }),
  draft: defineUseCase({
    may: 'rulebook.draft',
    audit: 'rulebook.drafted.v1',
    input: draftRulesetSchema,
    output: moved,
  }),
  change: defineUseCase({
    may: 'rulebook.draft',
    audit: 'rulebook.drafted.v1',
    input: changeRulesetSchema,
    output: moved,
  }),
  consult: defineUseCase({ may: 'rulebook.draft', audit: 'rulebook.consulted.v1', output: moved }),
  revise: defineUseCase({ may: 'rulebook.draft', audit: 'rulebook.returned.v1', output: moved }),
  withdraw: defineUseCase({ may: 'rulebook.draft', audit: 'rulebook.withdrawn.v1', output: moved }),
  comment: defineUseCase({
    may: 'rulebook.comment',
    audit: 'rulebook.commented.v1',
    input: commentSchema,
    output: madeId,
  }),
  callVote: defineUseCase({
    may: 'rulebook.draft',
    audit: 'rulebook.vote-called.v1',
    input: callVoteSchema,
    output: moved,
  }),
  vote: defineUseCase({ may: 'rulebook.vote', audit: 'rulebook.voted.v1', input: voteSchema, output: moved }),
  adopt: defineUseCase({
    may: 'rulebook.vote',
    audit: 'rulebook.adopted.v1',
    input: adoptSchema,
    output: z.strictObject({ ...moved.shape, inForceFrom: isoTime }),
  }),
  recall: defineUseCase({
    may: 'rulebook.vote',
    audit: 'rulebook.recall-asked.v1',
    input: recallSchema,
    output: z.strictObject({ ...moved.shape, votes: z.int(), needed: z.int() }),
  }),
};
