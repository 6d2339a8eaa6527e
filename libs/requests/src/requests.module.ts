import { CatalogueModule } from '#lib/catalogue';
import { Schedules, systemActing } from '#lib/kernel';
import { OrganisationModule } from '#lib/organisation';
import { RulebookModule } from '#lib/rulebook';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { EmergencyRequests } from './emergency-requests.service';
import { FactsAssembly } from './facts-assembly';
import { RequestDecisions } from './request-decisions.service';
import { RequestReview } from './request-review.service';
import { RequestViews } from './request-views.reads';
import { Replays } from './replay.service';
import { RuleUseReads } from './rule-use.reads';
import { RequestReads } from './requests.reads';
import { RequestRepository } from './requests.repository';
import { RequestService } from './requests.service';
import { RuleProposals } from './rule-proposals.service';
import { WayOutReads } from './way-out.reads';

@Module({
  imports: [OrganisationModule, RulebookModule, CatalogueModule],
  providers: [
    RequestRepository,
    FactsAssembly,
    RequestDecisions,
    RequestReview,
    RequestViews,
    RequestReads,
    WayOutReads,
    RuleProposals,
    RequestService,
    Replays,
    RuleUseReads,
    EmergencyRequests,
  ],
  exports: [RequestService, RuleProposals, RequestReview, RequestViews, RequestReads, RequestDecisions, Replays, RuleUseReads, EmergencyRequests],
})
export class RequestsModule implements OnModuleInit {
  constructor(
    @Inject(Schedules) private readonly schedules: Schedules,
    @Inject(RequestReview) private readonly review: RequestReview,
  ) {}

  onModuleInit(): void {
    this.schedules.register({
      name: 'requests.expire',
      everySeconds: 600,
      run: async (uow) => {
        await uow.run(systemActing('requests.expire'), (tx) => this.review.expireOverdue(tx));
      },
    });
  }
}
