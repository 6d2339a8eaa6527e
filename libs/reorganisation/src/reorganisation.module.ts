import { OrganisationModule } from '#lib/organisation';
import { Module } from '@nestjs/common';
import { ConfirmUnitChange } from './confirm-unit-change.service';
import { LeftBehindReads } from './left-behind.reads';
import { UnitChangePreviews } from './unit-change-preview.reads';

@Module({
  imports: [OrganisationModule],
  providers: [UnitChangePreviews, LeftBehindReads, ConfirmUnitChange],
  exports: [UnitChangePreviews, LeftBehindReads, ConfirmUnitChange],
})
export class ReorganisationModule {}
