import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '#lib/kernel';
import { Absences } from './absences.service';
import { AppointmentReads } from './appointments.reads';
import { Appointments } from './appointments.service';
import { Contracts } from './contracts.service';
import { Delegations } from './delegation.service';
import { OrganisationReads } from './organisation.reads';
import { OrganisationService } from './organisation.service';
import { People } from './people.service';
import { readRolesFile, RoleCatalogue } from './roles';

@Module({
  providers: [
    OrganisationReads,
    Appointments,
    AppointmentReads,
    Absences,
    Delegations,
    People,
    Contracts,
    OrganisationService,
    {
      provide: RoleCatalogue,
      useFactory: (config: Config) => readRolesFile(join(config.governanceDir, 'roles.yaml')),
      inject: [CONFIG],
    },
  ],
  exports: [OrganisationReads, Appointments, AppointmentReads, Absences, Delegations, People, Contracts, OrganisationService, RoleCatalogue],
})
export class OrganisationModule {}
