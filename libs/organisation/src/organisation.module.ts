import { Module, type OnModuleInit } from '@nestjs/common';
import { Schedules } from '#lib/kernel';
import { LawModule } from '#lib/law';
import { Absences } from './people/absences.service';
import { AppointmentReads } from './roles/appointments.reads';
import { Appointments } from './roles/appointments.service';
import { AuditMandateReads } from './mandates/audit-mandate.reads';
import { AuditMandates } from './mandates/audit-mandate.service';
import { ContractReads } from './contracts/contracts.reads';
import { Contracts } from './contracts/contracts.service';
import { DutyReads } from './duties/duties.reads';
import { Duties } from './duties/duties.service';
import { Departures } from './people/departures.service';
import { Delegations } from './roles/delegation.service';
import { OrganisationReads } from './organisation.reads';
import { OrganisationService } from './organisation.service';
import * as services from './organisation.services';
import { PeopleReads } from './people/people.reads';
import { People } from './people/people.service';
import { UnitChangeEffect } from './units/unit-change-effect.service';
import { UnitChangeReads } from './units/unit-change.reads';
import { UnitChanges } from './units/unit-changes.service';

/** All of it is for other stages and apps: they inject what they name in their own constructors. */
const OPEN_TO_ALL = [
  OrganisationReads,
  Appointments,
  AppointmentReads,
  Absences,
  Delegations,
  People,
  PeopleReads,
  Departures,
  Contracts,
  ContractReads,
  Duties,
  DutyReads,
  AuditMandates,
  AuditMandateReads,
  UnitChangeEffect,
  UnitChanges,
  UnitChangeReads,
  OrganisationService,
  ...Object.values(services),
];

@Module({
  imports: [LawModule],
  providers: OPEN_TO_ALL,
  exports: [...OPEN_TO_ALL, LawModule],
})
export class OrganisationModule implements OnModuleInit {
  constructor(
    private readonly schedules: Schedules,
    private readonly unitChanges: UnitChangeEffect,
  ) {}

  onModuleInit(): void {
    this.schedules.register({
      name: 'organisation.unit-changes',
      everySeconds: 5,
      run: (uow) => this.unitChanges.due(uow),
    });
  }
}
