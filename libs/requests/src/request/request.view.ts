import type { Decision, Obligation, Phase, Reason } from '#lib/policy';
import type { Conditions, RequestForm } from '../form/request-form';
import type { RequestState } from './request.states';
import type { OfferedAlternative } from '../decision/alternatives.reads';
import type { Refusal } from './access-request.entity';

/** A step of a chain as people read it. */
export interface StepView {
  role: string;
  /** German name of the role, for instance „Datenverantwortliche/r (Amtsleitung)“ */
  roleName: string;
  kind: 'APPROVE' | 'CONSULT';
  kindName: string;
  workingDays: number;
  unitName: string;
}

/** A decision as both sides read it: plain JSON, German texts. */
export interface DecisionView {
  /** null for a pre-check: nothing was decided */
  id: string | null;
  phase: Phase;
  outcome: Decision['outcome'];
  outcomeName: string;
  /** one sentence: what this means for the applicant */
  summary: string;
  rules: string[];
  because: Reason[];
  obligations: (Obligation & { name: string })[];
  /** stages in order; the steps of one stage run side by side. Null when nobody has to decide */
  stages: StepView[][] | null;
  /** expected working days over all stages, null when nobody has to decide */
  workingDays: number | null;
  rulesetHash: string;
  /** fields the purpose does not need: the least proposal leaves them out */
  unneededFields: string[];
  decidedAt: string | null;
  /** only in a pre-check: the smallest changes that would pass, or pass sooner; best first */
  alternatives: OfferedAlternative[];
}

export interface MessageView {
  id: string;
  kind: 'QUESTION' | 'ANSWER';
  text: string;
  /** names of form members an answer changed */
  changed: string[];
  personName: string;
  at: string;
}

/** One line of a list of requests. */
export interface RequestLine {
  id: string;
  number: string;
  state: RequestState;
  stateName: string;
  revision: number;
  productId: string;
  productTitle: string;
  consumerUnitId: string;
  consumerUnitName: string;
  providerUnitId: string;
  providerUnitName: string;
  project: string;
  purposeCode: string;
  from: string;
  until: string;
  submittedAt: string;
  changedAt: string;
}

export interface RequestView extends RequestLine {
  requesterName: string;
  form: RequestForm;
  /** null until approved with narrower conditions */
  conditions: Conditions | null;
  /** first and last instant of use, half-open, ISO 8601 */
  validFrom: string;
  validUntil: string;
  refusal: Refusal | null;
  /** the decision in force, then all of them from the first on */
  decision: DecisionView;
  history: DecisionView[];
  thread: MessageView[];
  /** the question that waits for an answer */
  openQuestionId: string | null;
  /** what the reader may do now; a reason where not */
  may: { withdraw: boolean; answer: boolean; proposeRule: boolean };
  copiedFrom: string | null;
}

/** Answer to a submit: number, decision, and who decides until when. */
export interface Receipt {
  id: string;
  number: string;
  state: RequestState;
  stateName: string;
  revision: number;
  decision: DecisionView;
}
