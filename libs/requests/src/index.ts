export type { AccessRequest, DoneStep, Emergency, Refusal } from './access-request.entity';
export { EMERGENCY_HOURS, type EmergencyForm, EmergencyRequests } from './emergency-requests.service';
export { type Incident, type Replay, type ReplayLook, Replays } from './replay.service';
export { type RuleUse, RuleUseReads } from './rule-use.reads';
export { type HandoverInput, Handovers, type Keeper, type RestingRequest } from './handovers.service';
export { checkFields, checkRows, type TypedField } from './form-check';
export { type AboutProduct, DECLARED, type Question as DeclaredQuestion, QUESTIONS } from './declared';
export { checkCoarser, type CoarserField, declaredForm, formInWords, maskInWords } from './generalisation';
export { joined, mustNarrow, narrowed } from './narrowing';
export { missingSteps, type Outlook, type Redecision, RequestDecisions } from './request-decisions.service';
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
} from './request-form';
export { RequestReview, type ReviewResult } from './request-review.service';
export { isFinal, REQUEST_MOVES, REQUEST_STATE_LABEL, REQUEST_STATES, type RequestState } from './request.states';
export { type RequestListFilter, RequestViews } from './request-views.reads';
export { onePage, type TwoSidedFilter } from './two-sided-list';
export type { DecisionView, MessageView, Receipt, RequestLine, RequestView, StepView } from './request.view';
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
export { type RuleProposal } from './rule-proposal';
export { PROPOSAL_STATE_LABEL, type ProposalState } from './rule-proposal.entity';
export { declineSchema, type ProposalLine, proposalSchema, RuleProposals } from './rule-proposals.service';
export { type DecisionExplained, type Depth, Explanations } from './explanations.service';
export { RequestsModule } from './requests.module';
export { requestProblems } from './requests.problems';
export { type RequestFacts, RequestReads } from './requests.reads';
export { RequestService } from './requests.service';
export { changesSchema } from './way-out-form';
export type { OfferedWay } from './way-out.reads';
export { conditionsOf, narrowRows, type RowCondition, type RowFilter, rowFilter } from './row-filter';
export { type DecisionCause, StoredDecision } from './stored-decision.entity';
export { requestsMigrations } from './migrations';

import { AccessRequest } from './access-request.entity';
import { FormRevision } from './form-revision.entity';
import { Question } from './question.entity';
import { ProposedRule } from './rule-proposal.entity';
import { StoredReplay } from './replay.entity';
import { StoredDecision } from './stored-decision.entity';

export const requestsEntities = [AccessRequest, FormRevision, StoredDecision, Question, ProposedRule, StoredReplay];
