import { join } from 'node:path';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config, Schedules } from '#lib/kernel';
import { Absences } from './absences.service';
import { AppointmentReads } from './appointments.reads';
import { Appointments } from './appointments.service';
import { AuditMandateReads } from './audit-mandate.reads';
import { AuditMandates } from './audit-mandate.service';
import { AuditReveals } from './audit-reveals.service';
import { Contracts } from './contracts.service';
import { Departures } from './departures.service';
import { Delegations } from './delegation.service';
import { OrganisationReads } from './organisation.reads';
import { OrganisationService } from './organisation.service';
import { PeopleReads } from './people.reads';
import { People } from './people.service';
import { readRolesFile, RoleCatalogue } from './roles';
import { UnitChangeEffect } from './unit-change-effect.service';
import { UnitChangeReads } from './unit-change.reads';
import { UnitChanges } from './unit-changes.service';

@Module({
  providers: [
    OrganisationReads,
    Appointments,
    AppointmentReads,
    Absences,
    Delegations,
    People,
    PeopleReads,
    Departures,
    Contracts,
    AuditMandates,
    AuditMandateReads,
    AuditReveals,
    UnitChangeEffect,
    UnitChanges,
    UnitChangeReads,
    OrganisationService,
    {
      provide: RoleCatalogue,
      useFactory: (config: Config) => readRolesFile(join(config.governanceDir, 'roles.yaml')),
      inject: [CONFIG],
    },
  ],
  exports: [
    OrganisationReads,
    Appointments,
    AppointmentReads,
    Absences,
    Delegations,
    People,
    PeopleReads,
    Departures,
    Contracts,
    AuditMandates,
    AuditMandateReads,
    AuditReveals,
    UnitChangeEffect,
    UnitChanges,
    UnitChangeReads,
    OrganisationService,
    RoleCatalogue,
  ],
})
export class OrganisationModule implements OnModuleInit {
  constructor(
    @Inject(Schedules) private readonly schedules: Schedules,
    @Inject(UnitChangeEffect) private readonly unitChanges: UnitChangeEffect,
  ) {}

  onModuleInit(): void {
    this.schedules.register({
      name: 'organisation.unit-changes',
      everySeconds: 5,
      run: (uow) => this.unitChanges.due(uow),
    });
  }
}
