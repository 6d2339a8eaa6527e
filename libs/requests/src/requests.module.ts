import { CatalogueModule } from '#lib/catalogue';
import { EventHandlers, parse, Schedules, systemActing } from '#lib/kernel';
import { OrganisationModule } from '#lib/organisation';
import { RulebookModule } from '#lib/rulebook';
import { SourcesModule } from '#lib/sources';
import { Module, type OnModuleInit } from '@nestjs/common';
import { DecideRequest } from './request/decide-request.service';
import { RequestAdmission } from './request/request-admission.service';
import { EmergencyRequests } from './request/emergency-requests.service';
import { ChangedUnits } from './request/changed-units.service';
import { Handovers } from './request/handovers.service';
import { CaseContracts } from './decision/case-contracts';
import { EvidenceFiles } from './evidence/evidence-files.service';
import { EvidenceReads } from './evidence/evidence.reads';
import { FactsAssembly } from './decision/facts-assembly';
import { RequestDecisions } from './decision/request-decisions.service';
import { RequestReview } from './review/request-review.service';
import { RequestViews } from './request/request-views.reads';
import { Replays } from './feedback/replay.service';
import { Explanations } from './decision/explanations.service';
import { ReasonRedaction } from './decision/reason-redaction';
import { RuleUseReads } from './feedback/rule-use.reads';
import { requestRedecisionCalled, requestReviewCalled } from './requests.events';
import { CASE_EVENTS } from './review/case-events';
import { CaseReview } from './review/case-review.service';
import { RequestReads } from './request/requests.reads';
import { RequestRepository } from './request/requests.repository';
import { RequestService } from './request/requests.service';
import { RuleProposals } from './feedback/rule-proposals.service';
import { AlternativesReads } from './decision/alternatives.reads';
import * as services from './requests.services';

@Module({
  imports: [OrganisationModule, RulebookModule, CatalogueModule, SourcesModule],
  providers: [
    ...Object.values(services),
    RequestRepository,
    CaseContracts,
    EvidenceReads,
    EvidenceFiles,
    FactsAssembly,
    RequestDecisions,
    RequestAdmission,
    DecideRequest,
    ChangedUnits,
    CaseReview,
    RequestReview,
    Handovers,
    RequestViews,
    RequestReads,
    AlternativesReads,
    RuleProposals,
    RequestService,
    Replays,
    ReasonRedaction,
    Explanations,
    RuleUseReads,
    EmergencyRequests,
  ],
  exports: [
    ...Object.values(services),
    RequestService,
    EvidenceReads,
    EvidenceFiles,
    Handovers,
    RuleProposals,
    RequestReview,
    RequestViews,
    RequestReads,
    CaseContracts,
    RequestDecisions,
    Replays,
    Explanations,
    RuleUseReads,
    EmergencyRequests,
  ],
})
export class RequestsModule implements OnModuleInit {
  constructor(
    private readonly schedules: Schedules,
    private readonly handlers: EventHandlers,
    private readonly changedUnits: ChangedUnits,
    private readonly handovers: Handovers,
    private readonly review: RequestReview,
    private readonly cases: CaseReview,
    private readonly evidence: EvidenceFiles,
  ) {}

  onModuleInit(): void {
    this.handlers.register({
      name: 'requests.changed-units',
      on: ['unit.merged.v1', 'unit.split.v1', 'unit.dissolved.v1', 'unit.moved.v1'],
      handle: (tx, event) => this.changedUnits.call(tx, event),
    });
    this.handlers.register({
      name: 'requests.decide-anew',
      on: ['request.redecision-called.v1'],
      handle: (tx, { facts }) =>
        this.changedUnits.decideAnew(tx, parse(requestRedecisionCalled.schema, facts).requestIds),
    });
    this.handlers.register({
      name: 'requests.keeper-missing',
      on: ['person.departed.v1'],
      handle: (tx, event) => this.handovers.tell(tx, event),
    });
    this.handlers.register({
      name: 'requests.call-review',
      on: Object.keys(CASE_EVENTS),
      handle: (tx, event) => this.cases.call(tx, event),
    });
    this.handlers.register({
      name: 'requests.review',
      on: ['request.review-called.v1'],
      handle: (tx, { facts }) => this.cases.review(tx, parse(requestReviewCalled.schema, facts)),
    });
    this.schedules.register({
      name: 'requests.review',
      everySeconds: 6 * 3600,
      run: (uow) => this.cases.byClock(uow),
    });
    this.schedules.register({
      name: 'requests.lapse-evidence',
      everySeconds: 3600,
      run: () => this.evidence.lapse(),
    });
    this.schedules.register({
      name: 'requests.expire',
      everySeconds: 600,
      run: async (uow) => {
        await uow.run(systemActing('requests.expire'), (tx) => this.review.expireOverdue(tx));
      },
    });
  }
}
