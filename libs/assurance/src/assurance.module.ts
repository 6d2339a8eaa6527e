import { AuditModule } from '#lib/audit';
import { OrganisationModule } from '#lib/organisation';
import { Module } from '@nestjs/common';
import { AuditRevealService } from './audit-reveal.service';
import { AuditReveals } from './audit-reveals';

@Module({
  imports: [OrganisationModule, AuditModule],
  providers: [AuditReveals, AuditRevealService],
  exports: [AuditReveals, AuditRevealService],
})
export class AssuranceModule {}
