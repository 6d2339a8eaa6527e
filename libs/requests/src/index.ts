export { CaseContracts, contractUse } from './decision/case-contracts';
export type { AccessRequest, DoneStep, Emergency } from './request/access-request.entity';
export { EMERGENCY_HOURS, EmergencyRequests } from './request/emergency-requests.service';
export { Replays } from './feedback/replay.service';
export { decisionUseCases } from './feedback/decision.use-cases';
export { RuleUseReads } from './feedback/rule-use.reads';
export {
  type Incident,
  incident,
  type Replay,
  replay,
  type ReplayLook,
  type RuleUse,
  ruleUse,
} from './feedback/replay.view';
export { Handovers, type ResponsiblePerson } from './request/handovers.service';
export { type HandoverInput, handoverUseCases, type RestingRequest } from './request/handover.use-cases';
export { requestUseCases } from './request/request.use-cases';
export { EvidenceFiles } from './evidence/evidence-files.service';
export { EvidenceReads } from './evidence/evidence.reads';
export { evidenceUseCases } from './evidence/evidence.use-cases';
export {
  documentInWords,
  type EvidenceFile,
  evidenceInput,
  type EvidenceInput,
  evidenceView,
  type EvidenceView,
  productEvidenceInput,
  type ProductEvidenceInput,
} from './evidence/evidence.view';
export { FILE_TYPES, FILE_TYPES_IN_WORDS } from './evidence/file-type';
export { askedOf, checkFields, checkRows, type Delivered, tellsByChoosing, type TypedField } from './form/form-check';
export { clearTexts, plainestAnswers, statedFacts, unanswered, withStated } from './form/answers';
export { EMERGENCY_FIELDS } from './form/emergency-fields';
export { calledAs, clausesOf, type FormClause, namesOf, whatWasAskedFor } from './form/form-in-words';
export { code, message } from './form/input-schemas';
export {
  type AboutProduct,
  type AnyForm,
  type Names,
  type RequestField,
  type RequestFieldTable,
  SECTIONS,
  type SectionName,
  shapeOfForm,
  valueIn,
} from './form/request-field';
export { REQUEST_FIELDS } from './form/request-fields';
export { sameText } from './form/form-check';
export { type ChangeInWords, changesBetween, changesInWords, onlyNarrows } from './form/comparison';
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
  type EmergencyForm,
  emergencyForm,
  type EmergencyFormInput,
  partialForm,
  type PartialRequestForm,
  type PartialRequestFormInput,
  requestForm,
  type RequestForm,
  type RequestFormInput,
} from './form/request-form';
export { CASE_EVENTS, type CaseRow, type Scope } from './review/case-events';
export { RequestReview, type ReviewResult } from './review/request-review.service';
export { type RequestState, requestStates } from './request/request.states';
export { type RequestListFilter, RequestViews } from './request/request-views.reads';
export { onePage, type TwoSidedFilter } from './request/two-sided-list';
export {
  type DecisionView,
  type MessageView,
  type OfferedAlternative,
  type Overlap,
  type PreCheck,
  type Receipt,
  type Refusal,
  type RequestLine,
  requestLine,
  type RequestView,
  requestView,
  type StepView,
} from './request/request.view';
export {
  decisionReplayed,
  decisionReplayFailed,
  evidenceAttached,
  evidenceLapsed,
  evidenceOpened,
  evidenceUploaded,
  keeperMissing,
  productEvidenceEnded,
  productEvidenceUploaded,
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
  requestReviewCalled,
  requestSubmitted,
  requestWithdrawn,
  ruleDeclined,
  ruleDrafted,
  ruleProposed,
} from './requests.events';
export type { ProposalLine, RuleProposal } from './feedback/rule-proposal.view';
export { ruleProposalUseCases } from './feedback/rule-proposal.use-cases';
export { PROPOSAL_STATE_LABEL, type ProposalState } from './feedback/rule-proposal.entity';
export { RuleProposals } from './feedback/rule-proposals.service';
export { Explanations } from './decision/explanations.service';
export type { DecisionExplained, Depth } from './decision/explanation.view';
export { RequestsModule } from './requests.module';
export { requestProblems } from './requests.problems';
export { type RequestFacts, RequestReads } from './request/requests.reads';
export { RequestService } from './request/requests.service';
export { changesSchema, lostWith } from './form/alternatives-form';
export {
  conditionsOf,
  filterInWords,
  narrowRows,
  type RowCondition,
  type RowFilter,
  rowFilter,
} from './form/row-filter';
export { type DecisionCause, type RequestCause, StoredDecision } from './decision/stored-decision.entity';
export { requestsMigrations } from './migrations';

import { Evidence, RequestEvidence } from './evidence/evidence.entity';
import { AccessRequest } from './request/access-request.entity';
import { FormRevision } from './form/form-revision.entity';
import { Question } from './request/question.entity';
import { ProposedRule } from './feedback/rule-proposal.entity';
import { StoredReplay } from './feedback/replay.entity';
import { StoredDecision } from './decision/stored-decision.entity';

export const requestsEntities = [
  AccessRequest,
  FormRevision,
  StoredDecision,
  Question,
  ProposedRule,
  StoredReplay,
  Evidence,
  RequestEvidence,
];
export * from './requests.services';
