export type { SuspensionReason, Terms } from './agreement/agreement.entity';
export { type AgreementState, agreementStates, stateAt } from './agreement/agreement.states';
export type {
  AgreementConcern,
  AgreementLine,
  AgreementStatus,
  AgreementView,
  Revoked,
} from './agreement/agreement.view';
export { type AgreementDocument, introduced } from './agreement/agreement-document';
export {
  agreementActivated,
  agreementOffered,
  agreementPartyEnded,
  agreementResumed,
  agreementReviewCalled,
  agreementReviewed,
  agreementRevoked,
  agreementSuspended,
  agreementTerminated,
  emergencyConfirmed,
  emergencyDropped,
  emergencyOpened,
  emergencyOpinionGiven,
  emergencyReviewed,
} from './agreements.events';
export { AgreementsModule } from './agreements.module';
export { agreementProblems } from './agreements.problems';
export { type AgreementForDelivery, type AgreementListFilter, AgreementReads } from './agreement/agreements.reads';
export { AgreementService } from './agreement/agreements.service';
export { AGREEMENT_ENFORCERS } from './agreement/obligation-text';
export { agreementUseCases } from './agreement/agreement.use-cases';
export { EmergencyReads } from './emergency/emergency-access.reads';
export { EmergencyAccesses } from './emergency/emergency-access.service';
export { emergencyUseCases } from './emergency/emergency-access.use-cases';
export type { EmergencyLine, EmergencyStatus, EmergencyTask, EmergencyView } from './emergency/emergency-access.view';
export {
  CONFIRM_WITHIN_HOURS,
  EMERGENCY_FINDING_LABEL,
  EMERGENCY_FINDINGS,
  EMERGENCY_OPINION_LABEL,
  EMERGENCY_OPINIONS,
  type EmergencyState,
} from './emergency/emergency-access.states';
export { ImpactQueries, ImpactService } from './review/impact.service';
export { impactUseCases } from './review/impact.use-cases';
export type { Affected, Count, ImpactReport } from './review/impact.view';
export type { NeedStatus } from './instrument/instrument-status.reads';
export type { InstrumentNeed } from './instrument/instruments';
export type { InstrumentAnswer, InstrumentQuestion } from './instrument/instrument-questions';
export { agreementsMigrations } from './migrations';

import { Agreement } from './agreement/agreement.entity';
import { Annex } from './agreement/annex.entity';
import { EmergencyAccess } from './emergency/emergency-access.entity';

export const agreementsEntities = [Agreement, EmergencyAccess, Annex];
