import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { agreementsEntities, AgreementsModule } from '#lib/agreements';
import { approvalsEntities, ApprovalsModule } from '#lib/approvals';
import { catalogueEntities, CatalogueModule } from '#lib/catalogue';
import { exchangeEntities, ExchangeModule, SUPPORTED } from '#lib/exchange';
import { type Config, KernelModule, Logger, Relay } from '#lib/kernel';
import { organisationEntities, OrganisationModule } from '#lib/organisation';
import { requestsEntities, RequestsModule } from '#lib/requests';
import { CapabilitiesModule, rulebookEntities, RulebookModule } from '#lib/rulebook';

/**
 * Starts the worker: moves events into the queue, runs what follows from them (tasks, agreements) and what comes
 * back by the clock (reminders, reaper). Any number may run at once; each effect happens once.
 */
export async function startWorker(config: Config): Promise<INestApplicationContext> {
  const entities = [
    ...organisationEntities,
    ...rulebookEntities,
    ...catalogueEntities,
    ...requestsEntities,
    ...approvalsEntities,
    ...agreementsEntities,
    ...exchangeEntities,
  ];
  @Module({
    imports: [
      KernelModule.forRoot(config, { entities, app: 'worker' }),
      OrganisationModule,
      CapabilitiesModule.of(SUPPORTED),
      RulebookModule,
      CatalogueModule,
      RequestsModule,
      ApprovalsModule,
      AgreementsModule,
      ExchangeModule,
    ],
  })
  class WorkerApp {}

  const app = await NestFactory.createApplicationContext(WorkerApp, { bufferLogs: true, abortOnError: false });
  app.useLogger(app.get(Logger));
  const relay = app.get(Relay);
  await relay.start();
  const close = app.close.bind(app);
  // running jobs end first; what is left stays in PostgreSQL and is taken up at the next start
  app.close = async () => {
    await relay.stop();
    await close();
  };
  return app;
}
