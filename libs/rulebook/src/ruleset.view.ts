import { isoTime } from '#lib/kernel';
import { z } from 'zod';
import { ORIGINS } from '#lib/law';
import { type RulesetState, rulesetStates, VOTES } from './rulebook.states';

export const versionLine = z.strictObject({
  id: z.uuid(),
  version: z.int(),
  hash: z.string(),
  title: z.string(),
  state: z.enum(Object.keys(rulesetStates.label) as RulesetState[]),
  stateName: z.string(),
  origin: z.enum(ORIGINS),
  basedOn: z.int().nullable(),
  decisionNumber: z.string().nullable(),
  inForceFrom: isoTime.nullable(),
  inForceUntil: isoTime.nullable(),
  changedAt: isoTime,
});
export type VersionLine = z.output<typeof versionLine>;

export const versionView = z.strictObject({
  ...versionLine.shape,
  reason: z.string(),
  revision: z.int(),
  proposedByName: z.string().nullable(),
  activatedByName: z.string().nullable(),
  voteUntil: isoTime.nullable(),
  comments: z.array(
    z.strictObject({
      id: z.uuid(),
      by: z.string(),
      role: z.string(),
      unitName: z.string(),
      ruleId: z.string().nullable(),
      text: z.string(),
      aboutThisText: z.boolean(),
      at: isoTime,
    }),
  ),
  votes: z.array(
    z.strictObject({
      unitName: z.string(),
      by: z.string(),
      as: z.enum(['PRINCIPAL', 'DEPUTY']),
      vote: z.enum(VOTES),
      at: isoTime,
    }),
  ),
  quorum: z.strictObject({
    votes: z.int(),
    of: z.int(),
  }),
  /** files that differ from the version it is based on */
  changedFiles: z.array(z.string()),
  /** what the reader can do now */
  may: z.strictObject({
    change: z.boolean(),
    consult: z.boolean(),
    revise: z.boolean(),
    callVote: z.boolean(),
    withdraw: z.boolean(),
    comment: z.boolean(),
    vote: z.boolean(),
    adopt: z.boolean(),
    recall: z.boolean(),
  }),
  /** offices that ask to take it back before it begins */
  recalls: z.array(
    z.strictObject({
      unitName: z.string(),
      by: z.string(),
      reason: z.string(),
      decisionNumber: z.string(),
      at: isoTime,
    }),
  ),
});
export type VersionView = z.output<typeof versionView>;

/** Where a version stands after a step. */
export const moved = z.strictObject({
  id: z.uuid(),
  version: z.int(),
  hash: z.string(),
  state: z.enum(rulesetStates.stored),
  revision: z.int(),
});
export type Moved = z.output<typeof moved>;
