import { isoTime } from '#lib/kernel';
import { OUTCOME } from '#lib/policy';
import { z } from 'zod';

const written = z.record(z.string(), z.unknown());

/** One exchange as people read it: what is otherwise than in the plainest one, and what is decided. */
export const shownCase = z.strictObject({
  name: z.string(),
  facts: z.array(z.string()),
  decided: z.string(),
  /** the same as a case of the law book */
  written,
});
export type ShownCase = z.output<typeof shownCase>;

/** The plainest exchange that breaks a principle, or the two; `confirmed`: `decide` decides it so. */
export const counterexample = z.strictObject({ cases: z.array(shownCase), confirmed: z.boolean() });

export const provedPrinciple = z.strictObject({
  id: z.string(),
  sentence: z.string(),
  source: z.string(),
  /** EMPTY: there is no exchange that it speaks of */
  verdict: z.enum(['HOLDS', 'REFUTED', 'EMPTY']),
  milliseconds: z.int(),
  /** of one that holds: its size, SHA-256 of its clauses and steps, and whether the separate checker accepts it */
  proof: z.strictObject({ clauses: z.int(), steps: z.int(), sha256: z.string(), accepted: z.boolean() }).nullable(),
  counterexample: counterexample.nullable(),
  exceptions: z.array(z.string()),
});
export type ProvedPrinciple = z.output<typeof provedPrinciple>;

export const DIRECTIONS_OVER_ALL = ['OPENS', 'CLOSES', 'LOOSER', 'STRICTER'] as const;

/** One way in which a law book decides otherwise than another, over all exchanges there can be. */
export const kindOfDifference = z.strictObject({
  direction: z.enum(DIRECTIONS_OVER_ALL),
  what: z.enum(['OUTCOME', 'STEP', 'OBLIGATION', 'PARAMETER']),
  was: z.enum(OUTCOME),
  is: z.enum(OUTCOME),
  name: z.string().nullable(),
  comes: z.boolean(),
  /** the same in German, and for whom */
  told: z.string(),
  whom: z.array(z.string()),
  confirmed: z.boolean(),
  example: shownCase,
});
export type ShownDifference = z.output<typeof kindOfDifference>;

export const lawDifference = z.strictObject({
  /** both decide every exchange alike; `accepted`: the separate checker accepts the proof */
  equal: z.strictObject({ accepted: z.boolean() }).nullable(),
  kinds: z.array(kindOfDifference),
});
export type LawDifference = z.output<typeof lawDifference>;

/** What of a law book does nothing, whatever is asked. */
export const idleParts = z.strictObject({
  rules: z.array(z.string()),
  proven: z.boolean(),
  never: z.array(z.strictObject({ id: z.string(), steps: z.array(z.string()) })),
});

/** What the proof of one law book found. */
export const proofReport = z.strictObject({
  principles: z.array(provedPrinciple),
  /** principles of the law in force that this text changes or leaves out, as they stand there, proved of this text; those that can not be read with it are missing */
  former: z.array(provedPrinciple),
  /** against the law in force; null where that is this one */
  difference: lawDifference.nullable(),
  /** of the law in force only */
  idle: idleParts.nullable(),
  milliseconds: z.int(),
});
export type ProofReport = z.output<typeof proofReport>;

/** A principle of the law in force that a draft changes or leaves out. */
export const principleChange = z.strictObject({
  /** `L-08`; `Annahmen` for what is assumed of all facts */
  id: z.string(),
  before: z.array(z.string()),
  /** empty: it is left out */
  after: z.array(z.string()),
  /** what the reason of the draft says of it; null: nothing */
  because: z.string().nullable(),
  /** what becomes of the old sentence under the new text; null: not tried, or it can not be read with it */
  former: provedPrinciple.nullable(),
});
export type PrincipleChange = z.output<typeof principleChange>;

/** How a version stands to its principles. */
export const proofView = z.strictObject({
  /** null: not proved */
  provedAt: isoTime.nullable(),
  /** proved by this very program; the one that proved is named by the hash of what decides */
  current: z.boolean(),
  program: z.string().nullable(),
  /** every principle holds */
  holds: z.boolean(),
  /** why the proof could not be finished */
  failure: z.string().nullable(),
  principlesHash: z.string().nullable(),
  proofHash: z.string().nullable(),
  /** the version it was compared with */
  comparedWith: z.int().nullable(),
  /** how many principles its text has, proved or not */
  promised: z.int(),
  report: proofReport.nullable(),
  changes: z.array(principleChange),
  /** why it can not be voted into force now; of a version that is decided none */
  obstacles: z.array(z.string()),
  may: z.strictObject({ prove: z.boolean(), keep: z.boolean() }),
});
export type ProofView = z.output<typeof proofView>;
