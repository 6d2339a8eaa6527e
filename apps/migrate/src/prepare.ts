import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { catalogueEntities, CatalogueModule, PilotProducts } from '#lib/catalogue';
import { SUPPORTED } from '#lib/exchange';
import { type Config, KernelModule, migrate, systemActing, UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import { loadPilotOrganisation, organisationEntities, OrganisationModule } from '#lib/organisation';
import type { RoleCatalogue } from '#lib/policy';
import { CapabilitiesModule, Rulebook, rulebookEntities, RulebookModule } from '#lib/rulebook';
import { databaseShape } from './stages';

export interface Prepared {
  migrations: string[];
  /** of the law in force, whatever the files say */
  roles: RoleCatalogue;
}

/**
 * Brings an installation to the state in which the apps can start: tables, roles, a rule set in force and, where
 * wanted, the pilot domain. Every part can be run again: what is there stays.
 */
export async function prepare(
  config: Config,
  options: { pilotDir?: string; onProgress?: (doing: string) => void },
): Promise<Prepared> {
  const say = options.onProgress ?? (() => undefined);
  if (!config.databaseOwnerUrl) throw new Error('DATABASE_OWNER_URL is needed to migrate');
  say('Tabellen anlegen');
  const migrations = await migrate(config.databaseOwnerUrl, databaseShape);

  @Module({
    imports: [
      KernelModule.forRoot(config, {
        entities: [...organisationEntities, ...rulebookEntities, ...catalogueEntities],
        app: 'migrate',
      }),
      OrganisationModule,
      CapabilitiesModule.of(SUPPORTED),
      RulebookModule,
      CatalogueModule,
    ],
  })
  class Preparation {}

  const app = await NestFactory.createApplicationContext(Preparation, { logger: false, abortOnError: false });
  try {
    say('Regelwerk laden');
    const roles = await installGovernance(app, config);
    if (options.pilotDir) {
      say('Pilotdomäne laden');
      await loadPilot(app, config, options.pilotDir);
    }
    return { migrations, roles };
  } finally {
    await app.close();
  }
}

async function installGovernance(app: INestApplicationContext, config: Config): Promise<RoleCatalogue> {
  return app.get(UnitOfWork).run(systemActing('migrate'), async (tx) => {
    await app.get(Rulebook).install(tx, config.governanceDir);
    return app.get(LawInForce).roles(tx);
  });
}

async function loadPilot(app: INestApplicationContext, config: Config, pilotDir: string): Promise<void> {
  const uow = app.get(UnitOfWork);
  await uow.run(systemActing('pilot'), (tx) =>
    loadPilotOrganisation(tx, `${pilotDir}/organisation.yaml`, config.oidc.issuer),
  );
  await app.get(PilotProducts).load(`${pilotDir}/products.yaml`);
}
