import { Module } from '@nestjs/common';
import { AgreementsModule } from '#lib/agreements';
import { CatalogueModule } from '#lib/catalogue';
import { OrganisationModule } from '#lib/organisation';
import { RequestsModule } from '#lib/requests';
import { RulebookModule } from '#lib/rulebook';
import { SourcesModule } from '#lib/sources';
import { Admission } from './admission';
import { DeliveryService } from './delivery.service';
import { ExchangeReads } from './exchange.reads';
import { ExchangeRepository } from './exchange.repository';
import { DELIVERY_LIMITS, deliveryLimits } from './limits';
import { Reaper } from './reaper';
import { TicketHolders } from './ticket-holders';
import { TicketRepository } from './ticket.repository';
import * as services from './exchange.services';

@Module({
  imports: [OrganisationModule, RulebookModule, SourcesModule, CatalogueModule, RequestsModule, AgreementsModule],
  providers: [
    ...Object.values(services),
    { provide: DELIVERY_LIMITS, useValue: deliveryLimits },
    ExchangeRepository,
    TicketRepository,
    TicketHolders,
    Admission,
    DeliveryService,
    ExchangeReads,
    Reaper,
  ],
  exports: [...Object.values(services), DeliveryService, ExchangeReads, TicketHolders, Reaper],
})
export class ExchangeModule {}
