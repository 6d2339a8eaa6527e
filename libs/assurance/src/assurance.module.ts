import { AuditModule } from '#lib/audit';
import { OrganisationModule } from '#lib/organisation';
import { Module } from '@nestjs/common';
import { AskForReveal } from './ask-for-reveal.service';
import { AuditRevealService } from './assurance.services';
import { AuditReveals } from './audit-reveals.service';

@Module({
  imports: [OrganisationModule, AuditModule],
  providers: [AuditReveals, AuditRevealService, AskForReveal],
  exports: [AuditReveals, AuditRevealService, AskForReveal],
})
export class AssuranceModule {}
