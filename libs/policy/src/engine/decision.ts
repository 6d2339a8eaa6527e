import { z } from 'zod';
import type { Facts } from '../facts/facts';

/** What the law book says about one exchange. Any forbid wins, then approvals, then obligations (governance §2.1). */
export const OUTCOME = ['PERMIT', 'PERMIT_OBL', 'APPROVAL', 'FORBID'] as const;
export type Outcome = (typeof OUTCOME)[number];

/** How far a sentence of the role concept is checked: at the source, common knowledge, uncertain, own design. */
export const MARK = ['V', 'K', 'U', 'D'] as const;

/** ENFORCED by the program, CHECKED by it, or PROMISED by the recipient. */
export const ENFORCEMENT = ['ENFORCED', 'CHECKED', 'PROMISED'] as const;

/** A parameter is a number, a word, or a sorted list of words. */
const parameter = z.union([z.number(), z.string(), z.array(z.string())]);
export type Parameter = z.output<typeof parameter>;

export const obligationSchema = z.strictObject({
  id: z.string(),
  params: z.record(z.string(), parameter),
  enforcement: z.enum(ENFORCEMENT),
});
export type Obligation = z.output<typeof obligationSchema>;

export const STEP_KIND = ['APPROVE', 'CONSULT'] as const;
/** Whose side: asks, instructs whoever asks (Art. 28 GDPR), gives, or the city's own offices. */
export const SEAT = ['CONSUMER', 'CONTROLLER', 'PROVIDER', 'CITY'] as const;

/** One task of a chain. CONSULT must be present and does not decide. */
export const stepSchema = z.strictObject({
  /** name of the step in `approvals.yaml`, unique within a chain */
  id: z.string(),
  /** role code of `roles.yaml`; the owner's role follows the legal form of the provider */
  role: z.string(),
  kind: z.enum(STEP_KIND),
  /** whose organisation the role is looked up in */
  seat: z.enum(SEAT),
  workingDays: z.number(),
  /** a deputy may stand in when the principal is absent or late */
  deputy: z.boolean(),
  /** no written delegation; deputies stay possible */
  inPerson: z.boolean().optional(),
  /** what must be attached before the step can be fulfilled */
  needs: z.enum(['CONTRACT', 'EVIDENCE', 'ADMISSION']).optional(),
  /** votes needed of offices entitled, own office excluded */
  quorum: z.strictObject({ votes: z.number(), of: z.number() }).optional(),
});
export type Step = z.output<typeof stepSchema>;

/** Stages in order; the steps of one stage stand side by side. */
export const chainSchema = z.strictObject({ ids: z.array(z.string()), stages: z.array(z.array(stepSchema)) });
export type Chain = z.output<typeof chainSchema>;

export const reasonSchema = z.strictObject({
  /** id of the rule or matrix cell */
  rule: z.string(),
  /** one German sentence for the applicant */
  text: z.string(),
  source: z.string(),
  mark: z.enum(MARK),
  /** what is contested about the rule (mark U) */
  note: z.string().optional(),
  /** machine-readable ground of a refusal, e.g. `unclassified`, `contract_missing`, `not_enforceable_yet`, `nothing_left`,
   * `told_by_choice` */
  code: z.string().optional(),
});
export type Reason = z.output<typeof reasonSchema>;

/** Plain JSON, deeply frozen; the same ruleset and facts give the same decision byte for byte. */
export interface Decision {
  outcome: Outcome;
  /** ids of the deciding rules and cells, sorted; notes are only in `because` */
  rules: string[];
  /** sorted by id; empty unless PERMIT_OBL, APPROVAL, or PERMIT with a licence */
  obligations: Obligation[];
  /** null unless APPROVAL */
  chain: Chain | null;
  because: Reason[];
  /** codes of the legal bases that carry it, those that lift a ban beside them last; empty where no persons are concerned, and in a refusal */
  carriedBy: string[];
  rulesetHash: string;
  /** the facts as decided upon */
  facts: Facts;
}
