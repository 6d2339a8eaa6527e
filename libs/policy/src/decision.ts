import type { Facts } from './facts';

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
export type Parameter = number | string | readonly string[];

export interface Obligation {
  readonly id: string;
  readonly params: Readonly<Record<string, Parameter>>;
  readonly enforcement: Enforcement;
}

export const STEP_KIND = ['APPROVE', 'CONSULT'] as const;
export const SEAT = ['CONSUMER', 'PROVIDER', 'CITY'] as const;

/** One task of a chain. CONSULT must be present and does not decide. */
export interface Step {
  /** name of the step in `approvals.yaml`, unique within a chain */
  readonly id: string;
  /** role code of `roles.yaml`; the owner's role follows the legal form of the provider */
  readonly role: string;
  readonly kind: (typeof STEP_KIND)[number];
  /** whose organisation the role is looked up in */
  readonly seat: (typeof SEAT)[number];
  readonly workingDays: number;
  /** a deputy may stand in when the principal is absent or late */
  readonly deputy: boolean;
  /** no written delegation; deputies stay possible */
  readonly inPerson?: boolean;
  /** what must be attached before the step can be fulfilled */
  readonly needs?: 'CONTRACT' | 'EVIDENCE' | 'ADMISSION';
  /** votes needed of offices entitled, own office excluded */
  readonly quorum?: { readonly votes: number; readonly of: number };
}

/** Stages in order; the steps of one stage stand side by side. */
export interface Chain {
  readonly ids: readonly string[];
  readonly stages: readonly (readonly Step[])[];
}

export interface Reason {
  /** id of the rule or matrix cell */
  readonly rule: string;
  /** one German sentence for the applicant */
  readonly text: string;
  readonly source: string;
  readonly mark: Mark;
  /** machine-readable ground of a refusal, e.g. `unclassified`, `contract_missing`, `chain_not_available` */
  readonly code?: string;
}

/** Plain JSON, deeply frozen; the same ruleset and facts give the same decision byte for byte. */
export interface Decision {
  readonly outcome: Outcome;
  /** ids of the deciding rules and cells, sorted */
  readonly rules: readonly string[];
  /** sorted by id; empty unless PERMIT_OBL, APPROVAL, or PERMIT with a licence */
  readonly obligations: readonly Obligation[];
  /** null unless APPROVAL */
  readonly chain: Chain | null;
  readonly because: readonly Reason[];
  readonly rulesetHash: string;
  /** the facts as decided upon */
  readonly facts: Facts;
}
