import { CatalogueModule } from '#lib/catalogue';
import { EventHandlers, parse, Schedules, systemActing } from '#lib/kernel';
import { OrganisationModule } from '#lib/organisation';
import { RulebookModule } from '#lib/rulebook';
import { Module, type OnModuleInit } from '@nestjs/common';
import { DecideRequest } from './request/decide-request.service';
import { RequestAdmission } from './request/request-admission.service';
import { EmergencyRequests } from './request/emergency-requests.service';
import { ChangedUnits } from './request/changed-units.service';
import { Handovers } from './request/handovers.service';
import { FactsAssembly } from './decision/facts-assembly';
import { RequestDecisions } from './decision/request-decisions.service';
import { RequestReview } from './review/request-review.service';
import { RequestViews } from './request/request-views.reads';
import { Replays } from './feedback/replay.service';
import { Explanations } from './decision/explanations.service';
import { ReasonRedaction } from './decision/reason-redaction';
import { RuleUseReads } from './feedback/rule-use.reads';
import { requestRedecisionCalled } from './requests.events';
import { RequestReads } from './request/requests.reads';
import { RequestRepository } from './request/requests.repository';
import { RequestService } from './request/requests.service';
import { RuleProposals } from './feedback/rule-proposals.service';
import { AlternativesReads } from './decision/alternatives.reads';
import * as services from './requests.services';

@Module({
  imports: [OrganisationModule, RulebookModule, CatalogueModule],
  providers: [
    ...Object.values(services),
    RequestRepository,
    FactsAssembly,
    RequestDecisions,
    RequestAdmission,
    DecideRequest,
    ChangedUnits,
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
    Handovers,
    RuleProposals,
    RequestReview,
    RequestViews,
    RequestReads,
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
    this.schedules.register({
      name: 'requests.expire',
      everySeconds: 600,
      run: async (uow) => {
        await uow.run(systemActing('requests.expire'), (tx) => this.review.expireOverdue(tx));
      },
    });
  }
}
