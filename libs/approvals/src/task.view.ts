import type { ContractStatus } from '#lib/organisation';
import type { Conditions, RequestView } from '#lib/requests';
import type { Count } from './committee.service';
import type { AskedEvidence } from './evidence';
import type { CheckedEvidence } from './task.entity';
import type { Opinion, RefusalReason, TaskState } from './task.states';
import type { VoteKind } from './vote.entity';

/** Where a step went that nobody of its office may decide. */
export interface Raised {
  roleName: string;
  /** null: the head of the administration */
  unitName: string | null;
  /** German sentence */
  because: string;
}

/** One line of the inbox: plain JSON. */
export interface TaskLine {
  id: string;
  requestId: string;
  requestNumber: string;
  productTitle: string;
  consumerUnitName: string;
  providerUnitName: string;
  project: string;
  role: string;
  roleName: string;
  kind: 'APPROVE' | 'CONSULT';
  state: TaskState;
  stateName: string;
  openedAt: string | null;
  dueAt: string | null;
  overdue: boolean;
  /** DEPUTY: open to the reader because the principal is absent or late; DELEGATE: passed on in writing */
  as: 'PRINCIPAL' | 'DEPUTY' | 'DELEGATE';
  /** a question is open: nobody decides until it is answered */
  questionOpen: boolean;
  /** nobody of the office may decide (SOD-8): who may besides, and why; null for the ordinary case */
  raised: Raised | null;
}

/** How a committee stands: the votes given, by office. */
export interface VotingView extends Count {
  votes: {
    vote: VoteKind;
    voteName: string;
    text: string | null;
    officeName: string;
    personName: string;
    at: string;
  }[];
}

/** Something the Steuerungskreis and the Geschäftsstelle take notice of. */
export interface Notice {
  /** OPINION_OVERRIDDEN: approved against an adviser; ESCALATED: nobody decided for long after the deadline, or nobody may */
  kind: 'OPINION_OVERRIDDEN' | 'ESCALATED';
  taskId: string;
  requestId: string;
  requestNumber: string;
  productTitle: string;
  consumerUnitName: string;
  providerUnitName: string;
  roleName: string;
  /** roles whose opinion was negative, in German */
  advisers: string[];
  /** written reasons of the decider; of an escalation, why, as a German sentence */
  reasons: string | null;
  at: string;
}

/** A step of the chain as the decision page shows it. */
export interface StepStatus {
  taskId: string;
  stage: number;
  role: string;
  roleName: string;
  kind: 'APPROVE' | 'CONSULT';
  state: TaskState;
  stateName: string;
  dueAt: string | null;
  decidedAt: string | null;
  decidedByName: string | null;
  opinion: Opinion | null;
  opinionName: string | null;
  text: string | null;
  conditions: Conditions | null;
  /** evidence seen, kind and place */
  evidence: CheckedEvidence[] | null;
  admissionReference: string | null;
  /** null unless a committee decides */
  voting: VotingView | null;
  /** who may decide besides, and why (SOD-8) */
  raised: Raised | null;
}

export interface TaskView extends Omit<TaskLine, 'as'> {
  /** send this back with every act (If-Match) */
  revision: number;
  request: RequestView;
  /** what is asked beside the least the purpose needs */
  asked: { fields: string[]; unneededFields: string[]; leastFields: string[]; until: string };
  steps: StepStatus[];
  /** earlier requests for the same product and purpose */
  similar: { approved: number; refused: number };
  /** the contract register between the two parties, for the step of the Rechtsamt */
  contract: Pick<ContractStatus, 'status' | 'kinds'> & { needed: boolean };
  /** kinds the evidence step has to confirm; null for other steps */
  evidence: (AskedEvidence & { name: string })[] | null;
  /** null unless a committee decides */
  voting: VotingView | null;
  refusalReasons: { code: RefusalReason; text: string }[];
  /** a negative opinion was given: approving needs written reasons */
  reasonsRequired: boolean;
  /** which buttons there are, and why there are none */
  may: {
    approve: boolean;
    advise: boolean;
    ask: boolean;
    refuse: boolean;
    confirmContract: boolean;
    confirmEvidence: boolean;
    admit: boolean;
    vote: boolean;
    veto: boolean;
    because: string | null;
  };
}
