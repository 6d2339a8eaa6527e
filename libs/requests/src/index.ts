export type { AccessRequest, DoneStep, Emergency, Refusal } from './request/access-request.entity';
export { EMERGENCY_HOURS, type EmergencyForm, EmergencyRequests } from './request/emergency-requests.service';
export { type Incident, type Replay, type ReplayLook, Replays } from './feedback/replay.service';
export { type RuleUse, RuleUseReads } from './feedback/rule-use.reads';
export {
  type HandoverInput,
  Handovers,
  type ResponsiblePerson,
  type RestingRequest,
} from './request/handovers.service';
export { checkFields, checkRows, type TypedField } from './form/form-check';
export { type AboutProduct, DECLARED, type Question as DeclaredQuestion, QUESTIONS } from './form/declared';
export { checkCoarser, type CoarserField, declaredForm, formInWords, maskInWords } from './form/generalisation';
export { joined, mustNarrow, narrowed } from './form/narrowing';
export {
  missingSteps,
  type RedecisionPreview,
  type Redecision,
  RequestDecisions,
} from './decision/request-decisions.service';
export {
  type Conditions,
  conditions,
  type ConditionsInput,
  message,
  partialForm,
  type PartialRequestForm,
  type PartialRequestFormInput,
  requestForm,
  type RequestForm,
  type RequestFormInput,
} from './form/request-form';
export { RequestReview, type ReviewResult } from './review/request-review.service';
export {
  isFinal,
  REQUEST_MOVES,
  REQUEST_STATE_LABEL,
  REQUEST_STATES,
  type RequestState,
} from './request/request.states';
export { type RequestListFilter, RequestViews } from './request/request-views.reads';
export { onePage, type TwoSidedFilter } from './request/two-sided-list';
export type { DecisionView, MessageView, Receipt, RequestLine, RequestView, StepView } from './request/request.view';
export {
  decisionReplayed,
  decisionReplayFailed,
  keeperMissing,
  requestAnswered,
  requestApproved,
  requestAsked,
  requestChecked,
  requestDecided,
  requestExpired,
  requestHandedOver,
  requestRedecided,
  requestRedecisionCalled,
  requestRefused,
  requestSubmitted,
  requestWithdrawn,
  ruleDeclined,
  ruleDrafted,
  ruleProposed,
} from './requests.events';
export { type RuleProposal } from './feedback/rule-proposal';
export { PROPOSAL_STATE_LABEL, type ProposalState } from './feedback/rule-proposal.entity';
export { declineSchema, type ProposalLine, proposalSchema, RuleProposals } from './feedback/rule-proposals.service';
export { type DecisionExplained, type Depth, Explanations } from './decision/explanations.service';
export { RequestsModule } from './requests.module';
export { requestProblems } from './requests.problems';
export { type RequestFacts, RequestReads } from './request/requests.reads';
export { RequestService } from './request/requests.service';
export { changesSchema } from './form/alternatives-form';
export type { OfferedAlternative } from './decision/alternatives.reads';
export { conditionsOf, narrowRows, type RowCondition, type RowFilter, rowFilter } from './form/row-filter';
export { type DecisionCause, StoredDecision } from './decision/stored-decision.entity';
export { requestsMigrations } from './migrations';

import { AccessRequest } from './request/access-request.entity';
import { FormRevision } from './form/form-revision.entity';
import { Question } from './request/question.entity';
import { ProposedRule } from './feedback/rule-proposal.entity';
import { StoredReplay } from './feedback/replay.entity';
import { StoredDecision } from './decision/stored-decision.entity';

export const requestsEntities = [AccessRequest, FormRevision, StoredDecision, Question, ProposedRule, StoredReplay];
