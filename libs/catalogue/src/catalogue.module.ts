import { Module } from '@nestjs/common';
import { OrganisationModule } from '#lib/organisation';
import { SourcesModule } from '#lib/sources';
import { CatalogueReads } from './catalogue.reads';
import { CatalogueService } from './catalogue.service';
import { PilotProducts } from './pilot-products';
import { UploadService } from './upload.service';

@Module({
  imports: [OrganisationModule, SourcesModule],
  providers: [CatalogueReads, CatalogueService, UploadService, PilotProducts],
  exports: [CatalogueReads, CatalogueService, UploadService, PilotProducts],
})
export class CatalogueModule {}
