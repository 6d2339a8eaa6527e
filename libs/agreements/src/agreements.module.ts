import { CatalogueModule } from '#lib/catalogue';
import { EventHandlers } from '#lib/kernel';
import { OrganisationModule } from '#lib/organisation';
import { RequestsModule } from '#lib/requests';
import { RulebookModule } from '#lib/rulebook';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { AgreementOffer } from './agreement-offer.service';
import { AgreementReads } from './agreements.reads';
import { AgreementRepository } from './agreements.repository';
import { AgreementService } from './agreements.service';

@Module({
  imports: [OrganisationModule, RulebookModule, CatalogueModule, RequestsModule],
  providers: [AgreementRepository, AgreementOffer, AgreementReads, AgreementService],
  exports: [AgreementService, AgreementReads],
})
export class AgreementsModule implements OnModuleInit {
  constructor(
    @Inject(EventHandlers) private readonly handlers: EventHandlers,
    @Inject(AgreementOffer) private readonly offers: AgreementOffer,
  ) {}

  onModuleInit(): void {
    this.handlers.register({
      name: 'agreements.offer',
      on: ['request.decided.v1', 'request.approved.v1'],
      // the request's state decides, not the event: an event that is out of date by now offers nothing
      handle: (tx, { facts }) => this.offers.offer(tx, String(facts.requestId)),
    });
  }
}
