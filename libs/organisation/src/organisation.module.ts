import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '#lib/kernel';
import { OrganisationReads } from './organisation.reads';
import { OrganisationService } from './organisation.service';
import { readRolesFile, RoleCatalogue } from './roles';

@Module({
  providers: [
    OrganisationReads,
    OrganisationService,
    {
      provide: RoleCatalogue,
      useFactory: (config: Config) => readRolesFile(join(config.governanceDir, 'roles.yaml')),
      inject: [CONFIG],
    },
  ],
  exports: [OrganisationReads, OrganisationService, RoleCatalogue],
})
export class OrganisationModule {}
