import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { EventHandlers } from '#lib/kernel';
import { OrganisationModule } from '#lib/organisation';
import { SourcesModule } from '#lib/sources';
import { CatalogueReads } from './catalogue.reads';
import { CatalogueService } from './catalogue.service';
import { PilotProducts } from './pilot-products';
import { UploadService } from './upload.service';
import { Vacancy } from './vacancy';

@Module({
  imports: [OrganisationModule, SourcesModule],
  providers: [CatalogueReads, CatalogueService, UploadService, PilotProducts, Vacancy],
  exports: [CatalogueReads, CatalogueService, UploadService, PilotProducts],
})
export class CatalogueModule implements OnModuleInit {
  constructor(
    @Inject(EventHandlers) private readonly handlers: EventHandlers,
    @Inject(Vacancy) private readonly vacancy: Vacancy,
  ) {}

  onModuleInit(): void {
    this.handlers.register({
      name: 'catalogue.vacancy',
      on: ['appointment.ended.v1', 'person.disabled.v1'],
      handle: (tx, event) => this.vacancy.tell(tx, event),
    });
  }
}
