import { type DynamicModule, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { agreementsEntities, AgreementsModule } from '#lib/agreements';
import { approvalsEntities, ApprovalsModule } from '#lib/approvals';
import { assuranceEntities, AssuranceModule } from '#lib/assurance';
import { AuditModule } from '#lib/audit';
import { catalogueEntities, CatalogueModule } from '#lib/catalogue';
import { exchangeEntities, ExchangeModule, SUPPORTED } from '#lib/exchange';
import { IdentityModule } from '#lib/identity';
import { type Config, KernelModule } from '#lib/kernel';
import { accessProviders, AUTHENTICATOR, organisationEntities, OrganisationModule } from '#lib/organisation';
import { ReorganisationModule } from '#lib/reorganisation';
import { requestsEntities, RequestsModule } from '#lib/requests';
import { CapabilitiesModule, rulebookEntities, RulebookModule } from '#lib/rulebook';
import { AboutController } from './about/about.controller';
import { AgreementsController } from './agreements/agreements.controller';
import { EmergencyAccessesController } from './agreements/emergency-accesses.controller';
import { AuditController } from './audit/audit.controller';
import { AuditEntriesController } from './audit/entries.controller';
import { AuditMandatesController } from './audit/mandates.controller';
import { AuditRevealsController } from './audit/reveals.controller';
import { BearerAuthenticator } from './bearer-authenticator';
import { ProductsController } from './catalogue/products.controller';
import { DeclaredAnswer } from './declared-answer.interceptor';
import { DeclaredInput } from './declared-input.interceptor';
import { AppointmentsController } from './organisation/appointments.controller';
import { OrganisationController } from './organisation/organisation.controller';
import { UnitChangesController } from './organisation/unit-changes.controller';
import { PeopleController } from './organisation/people.controller';
import { EvidenceController } from './requests/evidence.controller';
import { HandoversController } from './requests/handovers.controller';
import { RequestsController } from './requests/requests.controller';
import { RuleProposalsController } from './requests/rule-proposals.controller';
import { RulebookController } from './rulebook/rulebook.controller';
import { TasksController } from './tasks/tasks.controller';

/** The same use cases as the portal, for machines. */
@Module({})
export class ApiModule {
  static forRoot(config: Config): DynamicModule {
    const entities = [
      ...organisationEntities,
      ...rulebookEntities,
      ...catalogueEntities,
      ...requestsEntities,
      ...approvalsEntities,
      ...agreementsEntities,
      ...exchangeEntities,
      ...assuranceEntities,
    ];
    return {
      module: ApiModule,
      imports: [
        KernelModule.forRoot(config, { entities, app: 'api' }),
        IdentityModule,
        OrganisationModule,
        CapabilitiesModule.of(SUPPORTED),
        RulebookModule,
        CatalogueModule,
        RequestsModule,
        ApprovalsModule,
        AgreementsModule,
        ExchangeModule,
        ReorganisationModule,
        AuditModule,
        AssuranceModule,
      ],
      controllers: [
        AboutController,
        ProductsController,
        RequestsController,
        EvidenceController,
        HandoversController,
        RuleProposalsController,
        TasksController,
        AgreementsController,
        EmergencyAccessesController,
        OrganisationController,
        UnitChangesController,
        AppointmentsController,
        PeopleController,
        AuditController,
        AuditEntriesController,
        AuditMandatesController,
        AuditRevealsController,
        RulebookController,
      ],
      providers: [
        { provide: AUTHENTICATOR, useClass: BearerAuthenticator },
        ...accessProviders,
        { provide: APP_INTERCEPTOR, useClass: DeclaredInput },
        ...(config.env === 'test' ? [{ provide: APP_INTERCEPTOR, useClass: DeclaredAnswer }] : []),
      ],
    };
  }
}
