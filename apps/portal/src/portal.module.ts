import { agreementsEntities, AgreementsModule } from '#lib/agreements';
import { approvalsEntities, ApprovalsModule } from '#lib/approvals';
import { assuranceEntities, AssuranceModule } from '#lib/assurance';
import { auditEntities, AuditModule } from '#lib/audit';
import { catalogueEntities, CatalogueModule } from '#lib/catalogue';
import { exchangeEntities, ExchangeModule, SUPPORTED } from '#lib/exchange';
import { IdentityModule } from '#lib/identity';
import { type Config, KernelModule } from '#lib/kernel';
import {
  accessProviders,
  AUTHENTICATOR,
  HealthController,
  organisationEntities,
  OrganisationModule,
} from '#lib/organisation';
import { ReorganisationModule } from '#lib/reorganisation';
import { requestsEntities, RequestsModule } from '#lib/requests';
import { CapabilitiesModule, rulebookEntities, RulebookModule } from '#lib/rulebook';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AssetsController } from './layout/assets.controller';
import { NAVIGATION } from './layout/navigation';
import { PageInterceptor } from './layout/page.interceptor';
import type { PortalScreen } from './layout/portal-screen';
import * as screens from './screens';
import { NAVIGATION_ENTRIES } from './screens/navigation';
import { FormGuard } from './session/form-guard';
import { SessionAuthenticator } from './session/session-authenticator';
import { SessionStore } from './session/session-store';

const entities = [
  ...organisationEntities,
  ...rulebookEntities,
  ...catalogueEntities,
  ...requestsEntities,
  ...approvalsEntities,
  ...agreementsEntities,
  ...exchangeEntities,
  ...auditEntities,
  ...assuranceEntities,
];

const all: readonly PortalScreen[] = Object.values(screens);

/** The portal for people: server-rendered screens over the same use cases as the API. */
@Module({})
export class PortalModule {
  static forRoot(config: Config, capabilities = SUPPORTED): DynamicModule {
    return {
      module: PortalModule,
      imports: [
        KernelModule.forRoot(config, { entities, app: 'portal' }),
        IdentityModule,
        OrganisationModule,
        CapabilitiesModule.of(capabilities),
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
      controllers: [AssetsController, HealthController, ...all.flatMap(({ controllers }) => controllers)],
      providers: [
        SessionStore,
        ...new Set(all.flatMap(({ providers = [] }) => providers)),
        { provide: NAVIGATION, useValue: NAVIGATION_ENTRIES },
        // the order counts: who a call comes from matters only when it comes from one of our forms
        { provide: APP_GUARD, useClass: FormGuard },
        { provide: AUTHENTICATOR, useClass: SessionAuthenticator },
        ...accessProviders,
        { provide: APP_INTERCEPTOR, useClass: PageInterceptor },
      ],
    };
  }
}
