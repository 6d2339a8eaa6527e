import type { Facts } from '../facts/facts';

/** What the law book says about one exchange. Any forbid wins, then approvals, then obligations (governance §2.1). */
export const OUTCOME = ['PERMIT', 'PERMIT_OBL', 'APPROVAL', 'FORBID'] as const;
export type Outcome = (typeof OUTCOME)[number];

/** How far a sentence of the role concept is checked: at the source, common knowledge, uncertain, own design. */
export const MARK = ['V', 'K', 'U', 'D'] as const;
export type Mark = (typeof MARK)[number];

/** ENFORCED by the program, CHECKED by it, or PROMISED by the recipient. */
export const ENFORCEMENT = ['ENFORCED', 'CHECKED', 'PROMISED'] as const;
export type Enforcement = (typeof ENFORCEMENT)[number];

/** A parameter is a number, a word, or a sorted list of words. */
export type Parameter = number | string | string[];

export interface Obligation {
  id: string;
  params: Record<string, Parameter>;
  enforcement: Enforcement;
}

export const STEP_KIND = ['APPROVE', 'CONSULT'] as const;
export const SEAT = ['CONSUMER', 'PROVIDER', 'CITY'] as const;

/** One task of a chain. CONSULT must be present and does not decide. */
export interface Step {
  /** name of the step in `approvals.yaml`, unique within a chain */
  id: string;
  /** role code of `roles.yaml`; the owner's role follows the legal form of the provider */
  role: string;
  kind: (typeof STEP_KIND)[number];
  /** whose organisation the role is looked up in */
  seat: (typeof SEAT)[number];
  workingDays: number;
  /** a deputy may stand in when the principal is absent or late */
  deputy: boolean;
  /** no written delegation; deputies stay possible */
  inPerson?: boolean;
  /** what must be attached before the step can be fulfilled */
  needs?: 'CONTRACT' | 'EVIDENCE' | 'ADMISSION';
  /** votes needed of offices entitled, own office excluded */
  quorum?: { votes: number; of: number };
}

/** Stages in order; the steps of one stage stand side by side. */
export interface Chain {
  ids: string[];
  stages: Step[][];
}

export interface Reason {
  /** id of the rule or matrix cell */
  rule: string;
  /** one German sentence for the applicant */
  text: string;
  source: string;
  mark: Mark;
  /** what is contested about the rule (mark U) */
  note?: string;
  /** machine-readable ground of a refusal, e.g. `unclassified`, `contract_missing`, `chain_not_available` */
  code?: string;
}

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
  rulesetHash: string;
  /** the facts as decided upon */
  facts: Facts;
}
