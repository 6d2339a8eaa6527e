import { Module, type OnModuleInit } from '@nestjs/common';
import { EventHandlers } from '#lib/kernel';
import { OrganisationModule } from '#lib/organisation';
import { RulebookModule } from '#lib/rulebook';
import { SourcesModule } from '#lib/sources';
import { CatalogueReads } from './catalogue.reads';
import { CatalogueService } from './catalogue.service';
import { MovedProducts } from './moved-products';
import { PilotProducts } from './pilot-products';
import { Lowerings } from './lowering.service';
import { Releases } from './releases.service';
import { StatisticsReleases } from './statistics-release.service';
import { UploadService } from './upload.service';
import { Vacancy } from './vacancy';
import * as services from './catalogue.services';

@Module({
  imports: [OrganisationModule, RulebookModule, SourcesModule],
  providers: [
    ...Object.values(services),
    CatalogueReads,
    CatalogueService,
    StatisticsReleases,
    Lowerings,
    Releases,
    UploadService,
    PilotProducts,
    Vacancy,
    MovedProducts,
  ],
  exports: [
    ...Object.values(services),
    CatalogueReads,
    CatalogueService,
    StatisticsReleases,
    Lowerings,
    Releases,
    UploadService,
    PilotProducts,
  ],
})
export class CatalogueModule implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly vacancy: Vacancy,
    private readonly movedProducts: MovedProducts,
  ) {}

  onModuleInit(): void {
    this.handlers.register({
      name: 'catalogue.vacancy',
      on: ['appointment.ended.v1', 'person.disabled.v1'],
      handle: (tx, event) => this.vacancy.tell(tx, event),
    });
    this.handlers.register({
      name: 'catalogue.moved-products',
      on: ['unit.merged.v1', 'unit.split.v1', 'unit.dissolved.v1'],
      handle: (tx, event) => this.movedProducts.move(tx, event),
    });
  }
}
