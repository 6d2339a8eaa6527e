import type { ContractStanding } from '#lib/organisation';
import type { Conditions, RequestView } from '#lib/requests';
import type { Opinion, RefusalReason, TaskState } from './task.states';

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
}

/** A step of the chain as the decision page shows it. */
export interface StepStanding {
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
}

export interface TaskView extends Omit<TaskLine, 'as'> {
  /** send this back with every act (If-Match) */
  revision: number;
  request: RequestView;
  /** what is asked beside the least the purpose needs */
  asked: { fields: string[]; unneededFields: string[]; leastFields: string[]; until: string };
  steps: StepStanding[];
  /** earlier requests for the same product and purpose */
  similar: { approved: number; refused: number };
  /** the contract register between the two parties, for the step of the Rechtsamt */
  contract: Pick<ContractStanding, 'status' | 'kinds'> & { needed: boolean };
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
    because: string | null;
  };
}
