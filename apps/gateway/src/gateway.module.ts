import { type DynamicModule, Module } from '@nestjs/common';
import { agreementsEntities } from '#lib/agreements';
import { catalogueEntities } from '#lib/catalogue';
import { exchangeEntities, ExchangeModule, SUPPORTED } from '#lib/exchange';
import { IdentityModule } from '#lib/identity';
import { type Config, KernelModule } from '#lib/kernel';
import {
  accessProviders,
  HealthController,
  AUTHENTICATOR,
  organisationEntities,
  OrganisationModule,
} from '#lib/organisation';
import { requestsEntities } from '#lib/requests';
import { CapabilitiesModule, rulebookEntities } from '#lib/rulebook';
import { DataController } from './data.controller';
import { ExchangeController } from './exchange.controller';
import { GateAuthenticator } from './gate-authenticator';

/** The data plane: check, bind, stream, record. Nothing else. */
@Module({})
export class GatewayModule {
  static forRoot(config: Config): DynamicModule {
    const entities = [
      ...organisationEntities,
      ...rulebookEntities,
      ...catalogueEntities,
      ...requestsEntities,
      ...agreementsEntities,
      ...exchangeEntities,
    ];
    return {
      module: GatewayModule,
      imports: [
        KernelModule.forRoot(config, { entities, app: 'gateway' }),
        IdentityModule,
        OrganisationModule,
        CapabilitiesModule.of(SUPPORTED),
        ExchangeModule,
      ],
      controllers: [DataController, ExchangeController, HealthController],
      providers: [{ provide: AUTHENTICATOR, useClass: GateAuthenticator }, ...accessProviders],
    };
  }
}
