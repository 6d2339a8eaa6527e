import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '#lib/kernel';
import { Delegations } from './delegation.service';
import { OrganisationReads } from './organisation.reads';
import { OrganisationService } from './organisation.service';
import { readRolesFile, RoleCatalogue } from './roles';

@Module({
  providers: [
    OrganisationReads,
    Delegations,
    OrganisationService,
    {
      provide: RoleCatalogue,
      useFactory: (config: Config) => readRolesFile(join(config.governanceDir, 'roles.yaml')),
      inject: [CONFIG],
    },
  ],
  exports: [OrganisationReads, Delegations, OrganisationService, RoleCatalogue],
})
export class OrganisationModule {}
