import { CatalogueModule } from '#lib/catalogue';
import { EventHandlers, parse, Schedules } from '#lib/kernel';
import { OrganisationModule } from '#lib/organisation';
import { CASE_EVENTS, RequestsModule } from '#lib/requests';
import { RulebookModule } from '#lib/rulebook';
import { Module, type OnModuleInit } from '@nestjs/common';
import { AgreementOffer } from './agreement/agreement-offer.service';
import { agreementReviewCalled } from './agreements.events';
import { AgreementReview } from './review/agreement-review.service';
import { AgreementLawfulness } from './agreement/agreement-lawfulness.service';
import { AgreementReads } from './agreement/agreements.reads';
import { AgreementRepository } from './agreement/agreements.repository';
import { AgreementService } from './agreement/agreements.service';
import { EmergencyReads } from './emergency/emergency-access.reads';
import { EmergencyAccesses } from './emergency/emergency-access.service';
import { EmergencyReminder } from './emergency/emergency-reminder.service';
import { ImpactQueries, ImpactService } from './review/impact.service';
import { Signing } from './agreement/signing.service';
import { InstrumentStatus } from './instrument/instrument-status.reads';

@Module({
  imports: [OrganisationModule, RulebookModule, CatalogueModule, RequestsModule],
  providers: [
    AgreementRepository,
    InstrumentStatus,
    Signing,
    AgreementOffer,
    AgreementLawfulness,
    AgreementReview,
    AgreementReads,
    AgreementService,
    ImpactService,
    ImpactQueries,
    EmergencyAccesses,
    EmergencyReads,
    EmergencyReminder,
  ],
  exports: [AgreementService, AgreementReads, ImpactService, ImpactQueries, EmergencyAccesses, EmergencyReads],
})
export class AgreementsModule implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly schedules: Schedules,
    private readonly offers: AgreementOffer,
    private readonly reviews: AgreementReview,
    private readonly reminder: EmergencyReminder,
  ) {}

  onModuleInit(): void {
    this.handlers.register({
      name: 'agreements.offer',
      on: ['request.decided.v1', 'request.approved.v1'],
      // the request's state decides, not the event: an event that is out of date by now offers nothing
      handle: (tx, { facts }) => this.offers.offer(tx, String(facts.requestId)),
    });
    this.handlers.register({
      name: 'agreements.call-review',
      on: Object.keys(CASE_EVENTS),
      handle: (tx, event) => this.reviews.scheduleReviews(tx, event),
    });
    this.handlers.register({
      name: 'agreements.review',
      on: ['agreement.review-called.v1'],
      handle: (tx, { facts }) => this.reviews.review(tx, parse(agreementReviewCalled.schema, facts)),
    });
    this.schedules.register({
      name: 'agreements.review',
      everySeconds: 6 * 3600,
      run: (uow) => this.reviews.byClock(uow),
    });
    this.schedules.register({
      name: 'agreements.emergency-reviews',
      everySeconds: 3600,
      run: () => this.reminder.run(),
    });
  }
}
