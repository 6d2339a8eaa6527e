import { isoTime } from '#lib/kernel';
import { OUTCOME, PHASE } from '#lib/policy';
import { z } from 'zod';

/** Parts of a decision that a replay compares, byte for byte. */
export const PARTS = ['facts', 'outcome', 'rules', 'obligations', 'chain', 'because'] as const;
export type Part = (typeof PARTS)[number] | 'ruleset';

export const replay = z.strictObject({
  decisionId: z.uuid(),
  requestId: z.uuid(),
  rulesetHash: z.string(),
  /** number of the version it was decided by; null when that version can not be read any more */
  version: z.int().nullable(),
  same: z.boolean(),
  /** parts that came out differently */
  differs: z.array(z.enum([...PARTS, 'ruleset'])),
  storedSha256: z.string(),
  /** null when the law of then can not be read */
  replayedSha256: z.string().nullable(),
});
export type Replay = z.output<typeof replay>;

/** A stored decision beside what comes out now, and how often it was tried. */
export const replayLook = z.strictObject({
  decisionId: z.uuid(),
  requestId: z.uuid(),
  number: z.string(),
  outcome: z.enum(OUTCOME),
  outcomeName: z.string(),
  phase: z.enum(PHASE),
  phaseName: z.string(),
  decidedAt: isoTime,
  rulesetHash: z.string(),
  factsSha256: z.string(),
  result: replay,
  /** newest first */
  runs: z.array(
    z.strictObject({
      same: z.boolean(),
      differs: z.array(z.string()),
      at: isoTime,
    }),
  ),
});
export type ReplayLook = z.output<typeof replayLook>;

/** A replay that came out differently. */
export const incident = z.strictObject({
  decisionId: z.uuid(),
  requestId: z.uuid(),
  number: z.string(),
  differs: z.array(z.string()),
  version: z.int().nullable(),
  at: isoTime,
});
export type Incident = z.output<typeof incident>;

/** Decisions taken under a rule or by a version, as far as the reader may see the requests. */
export const ruleUse = z.strictObject({
  total: z.int(),
  byOutcome: z.array(
    z.strictObject({
      outcome: z.enum(OUTCOME),
      outcomeName: z.string(),
      count: z.int(),
    }),
  ),
  /** newest first */
  latest: z.array(
    z.strictObject({
      decisionId: z.uuid(),
      requestId: z.uuid(),
      number: z.string(),
      outcome: z.enum(OUTCOME),
      outcomeName: z.string(),
      decidedAt: isoTime,
    }),
  ),
});
export type RuleUse = z.output<typeof ruleUse>;
