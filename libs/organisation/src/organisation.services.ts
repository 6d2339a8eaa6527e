import { opening } from '#lib/kernel';
import { Injectable } from '@nestjs/common';
import { ContractReads } from './contracts/contracts.reads';
import { Contracts } from './contracts/contracts.service';
import { DutyReads } from './duties/duties.reads';
import { Duties } from './duties/duties.service';
import { AuditMandateReads } from './mandates/audit-mandate.reads';
import { AuditMandates } from './mandates/audit-mandate.service';
import { OrganisationReads } from './organisation.reads';
import { Absences } from './people/absences.service';
import { Departures } from './people/departures.service';
import { PeopleReads } from './people/people.reads';
import { People } from './people/people.service';
import { AppointmentReads } from './roles/appointments.reads';
import { Appointments } from './roles/appointments.service';
import { Delegations } from './roles/delegation.service';
import { UnitChangeReads } from './units/unit-change.reads';
import { UnitChanges } from './units/unit-changes.service';

// What controllers call: the use cases of this stage, each in a transaction of its own.

@Injectable()
export class OrganisationQueries extends opening(OrganisationReads, { reads: ['units'] }) {}
@Injectable()
export class PeopleService extends opening(People, {
  writes: [
    'admit',
    'addAccount',
    'disablePerson',
    'bringBack',
    'erase',
    'proposeAbsence',
    'confirmOrder',
    'declineOrder',
  ],
}) {}
@Injectable()
export class PeopleQueries extends opening(PeopleReads, { readsAs: ['search'], reads: ['sheet', 'proposed'] }) {}
@Injectable()
export class AbsenceService extends opening(Absences, { writes: ['setAbsence', 'endAbsence'] }) {}
@Injectable()
export class DepartureService extends opening(Departures, {
  writes: ['leave', 'move', 'nameResponsible'],
  readsAs: ['preview', 'unanswered'],
}) {}
@Injectable()
export class AppointmentService extends opening(Appointments, {
  writes: ['appoint', 'confirmAppointment', 'declineAppointment', 'endAppointment'],
}) {}
@Injectable()
export class AppointmentQueries extends opening(AppointmentReads, {
  reads: ['ofUnit', 'ofPerson', 'seats', 'proposed', 'absences', 'delegations'],
}) {}
@Injectable()
export class DelegationService extends opening(Delegations, { writes: ['delegate', 'revoke'] }) {}
@Injectable()
export class ContractService extends opening(Contracts, {
  writes: ['registerContract', 'completeContract', 'endContract'],
}) {}
@Injectable()
export class ContractQueries extends opening(ContractReads, { reads: ['list', 'incomplete'] }) {}
@Injectable()
export class DutyService extends opening(Duties, { writes: ['registerDuty', 'endDuty'] }) {}
@Injectable()
export class DutyQueries extends opening(DutyReads, { reads: ['list', 'ofUnits'] }) {}
@Injectable()
export class UnitChangeService extends opening(UnitChanges, { writes: ['prepare', 'assign', 'cancel'] }) {}
@Injectable()
export class UnitChangeQueries extends opening(UnitChangeReads, { reads: ['changes', 'change', 'find'] }) {}
@Injectable()
export class AuditMandateService extends opening(AuditMandates, { writes: ['register', 'confirm', 'end'] }) {}
@Injectable()
export class AuditMandateQueries extends opening(AuditMandateReads, { readsAs: ['list'] }) {}
