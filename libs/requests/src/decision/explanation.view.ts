import { isoTime } from '#lib/kernel';
import { factsSchema, OUTCOME } from '#lib/policy';
import { z } from 'zod';
import { replay } from '../feedback/replay.view';

/** CLERK: what, why, what to do. OWNER: the rules and facts as well. AUDITOR: everything that was looked at, and the proof. */
export const depth = z.enum(['CLERK', 'OWNER', 'AUDITOR']);
export type Depth = z.output<typeof depth>;

export const decisionExplained = z.strictObject({
  depth: depth,
  requestId: z.uuid(),
  number: z.string(),
  decisionId: z.uuid(),
  decidedAt: isoTime,
  outcome: z.enum(OUTCOME),
  outcomeName: z.string(),
  summary: z.string(),
  /** what people decided after the rules, in one sentence; null while nobody did */
  afterwards: z.string().nullable(),
  /** sentences that decided, for everybody */
  because: z.array(z.string()),
  /** what the reader can do now */
  toDo: z.array(z.string()),
  /** from OWNER on */
  rules: z
    .array(
      z.strictObject({
        id: z.string(),
        text: z.string(),
        source: z.string(),
        markName: z.string(),
      }),
    )
    .optional(),
  obligations: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        meaning: z.string(),
        parameters: z.string(),
        label: z.string(),
      }),
    )
    .optional(),
  /** every fact the rules may ask about that says something, in German */
  facts: z
    .array(
      z.strictObject({
        name: z.string(),
        value: z.string(),
      }),
    )
    .optional(),
  /** AUDITOR only */
  considered: z
    .array(
      z.strictObject({
        id: z.string(),
        effectName: z.string(),
        matched: z.boolean(),
        text: z.string(),
        source: z.string(),
        unmet: z.array(z.string()),
      }),
    )
    .optional(),
  snapshot: factsSchema.optional(),
  factsSha256: z.string().optional(),
  rulesetHash: z.string().optional(),
  replay: replay.optional(),
});
export type DecisionExplained = z.output<typeof decisionExplained>;
