export * from './organisation.module';
export * from './organisation.service';
export * from './organisation.reads';
export * from './organisation.problems';
export * from './organisation.events';
export * from './actor';
export { Appointments } from './roles/appointments.service';
export { type AppointInput, appointmentUseCases, roleUseCases } from './roles/appointment.use-cases';
export * from './roles/appointment.view';
export * from './roles/appointments.reads';
export { Absences } from './people/absences.service';
export { type AbsenceInput, absenceUseCases } from './people/absence.use-cases';
export { AuditMandates, MANDATE_MONTHS } from './mandates/audit-mandate.service';
export { type AuditMandateInput, auditMandateUseCases } from './mandates/audit-mandate.use-cases';
export { AuditMandateReads } from './mandates/audit-mandate.reads';
export type { AuditMandateView, MandateState } from './mandates/audit-mandate.view';
export { MANDATE_BASES, MANDATE_BASIS_NAME } from './mandates/audit-mandate.entity';
export * from './mandates/audit-mandate.events';
export { Contracts } from './contracts/contracts.service';
export { ContractReads, ENDS_SOON_DAYS } from './contracts/contracts.reads';
export {
  type ContractInput,
  type ContractLine,
  contractSubject,
  type ContractSubject,
  contractUseCases,
} from './contracts/contract.use-cases';
export { Duties } from './duties/duties.service';
export { dutyInWords, DutyReads } from './duties/duties.reads';
export { type DutyInput, type DutyLine, dutyUseCases } from './duties/duty.use-cases';
export { People } from './people/people.service';
export { PeopleReads } from './people/people.reads';
export type { DeparturePreview, PersonLine, PersonOrderLine, PersonSheet } from './people/people.view';
export {
  type AccountInput,
  type AdmitInput,
  machineClientUseCases,
  type MoveInput,
  personUseCases,
} from './people/person.use-cases';
export { Departures } from './people/departures.service';
export { PERSON_ORDER_KINDS, type PersonOrderKind } from './people/person-order.entity';
export { Delegations } from './roles/delegation.service';
export { type DelegationInput, delegationUseCases } from './roles/delegation.use-cases';
export * from './units/unit-change.events';
export * from './units/unit-change.states';
export {
  type UnitChangeInput,
  type UnitChangeItemsInput,
  unitChangeItemsSchema,
  unitChangeSchema,
} from './units/unit-change-input';
export { UnitChangeReads } from './units/unit-change.reads';
export { unitChangeUseCases } from './units/unit-change.use-cases';
export { type ChangedUnit, type UnitChangeView, unitChangeView, type UnitHistory } from './units/unit-change.view';
export { unitUseCases } from './units/unit.use-cases';
export { UnitChangeEffect } from './units/unit-change-effect.service';
export { UnitChanges } from './units/unit-changes.service';
export { Unit, UNIT_KINDS, type UnitKind } from './units/unit.entity';
export { Account, MachineClient, Person } from './people/person.entity';
export { type AbsenceReason, ABSENCE_REASONS, type Scope } from './roles/appointment.entity';
export { Contract, CONTRACT_KINDS, type ContractKind, type SubjectKind } from './contracts/contract.entity';
export {
  PERMISSIONS,
  type Permission,
  type Role,
  NAMED_ROLES,
  RoleCatalogue,
  roleCode,
  type RoleCode,
} from '#lib/policy';
export { loadPilotOrganisation } from './pilot-organisation';
export * from './http';
export * from './organisation.services';

import { Absence, AppointmentRow } from './roles/appointment.entity';
import { AuditMandate, AuditMandateUnit } from './mandates/audit-mandate.entity';
import { Contract } from './contracts/contract.entity';
import { Duty } from './duties/duty.entity';
import { Delegation } from './roles/delegation.entity';
import { InitOrganisation1763703000000 } from './migrations/1763703000000-init-organisation';
import { AuditMandate1763703000004 } from './migrations/1763703000004-audit-mandate';
import { AuditReveal1763703000006 } from './migrations/1763703000006-audit-reveal';
import { Delegation1763703000001 } from './migrations/1763703000001-delegation';
import { PeopleAndScope1763703000003 } from './migrations/1763703000003-people-and-scope';
import { UnitChange1763703000002 } from './migrations/1763703000002-unit-change';
import { Erasure1763703000008 } from './migrations/1763703000008-erasure';
import { PlainNamesOrganisation1796040000100 } from './migrations/1796040000100-plain-names';
import { InstalledRoles1796040000120 } from './migrations/1796040000120-installed-roles';
import { PowerByTwo1796040000340 } from './migrations/1796040000340-power-by-two';
import { ContractSubject1796040000300 } from './migrations/1796040000300-contract-subject';
import { Duties1796040000360 } from './migrations/1796040000360-duties';
import { Departure, PersonOrder } from './people/person-order.entity';
import { Account, MachineClient, Person } from './people/person.entity';
import { UnitChange, UnitChangeItem, UnitChangeUnit } from './units/unit-change.entity';
import { Unit } from './units/unit.entity';

export const organisationEntities = [
  Unit,
  Person,
  Account,
  MachineClient,
  AppointmentRow,
  Absence,
  Contract,
  Duty,
  Delegation,
  UnitChange,
  UnitChangeUnit,
  UnitChangeItem,
  PersonOrder,
  Departure,
  AuditMandate,
  AuditMandateUnit,
];
export const organisationMigrations = [
  InitOrganisation1763703000000,
  Delegation1763703000001,
  UnitChange1763703000002,
  PeopleAndScope1763703000003,
  AuditMandate1763703000004,
  AuditReveal1763703000006,
  Erasure1763703000008,
  PlainNamesOrganisation1796040000100,
  InstalledRoles1796040000120,
  PowerByTwo1796040000340,
  ContractSubject1796040000300,
  Duties1796040000360,
];
