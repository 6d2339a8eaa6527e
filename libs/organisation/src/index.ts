export * from './organisation.module';
export * from './organisation.service';
export * from './organisation.reads';
export * from './organisation.problems';
export * from './organisation.events';
export * from './actor';
export { type AppointInput, Appointments } from './appointments.service';
export * from './appointments.reads';
export { type AbsenceInput, Absences } from './absences.service';
export { type AuditMandateInput, auditMandateInput, AuditMandates, MANDATE_MONTHS } from './audit-mandate.service';
export { AuditMandateReads, type AuditMandateView, type MandateState } from './audit-mandate.reads';
export { MANDATE_BASES, MANDATE_BASIS_NAME } from './audit-mandate.entity';
export * from './audit-mandate.events';
export * from './audit-reveal.events';
export { REVEAL_REASON_NAME, REVEAL_REASONS, type RevealReason } from './audit-reveal.entity';
export { AuditReveals, revealInput, type RevealInput, type RevealLine } from './audit-reveals.service';
export { type ContractInput, Contracts } from './contracts.service';
export { type AccountInput, type AdmitInput, People } from './people.service';
export * from './people.reads';
export { type DeparturePreview, Departures, type MoveInput } from './departures.service';
export { PERSON_ORDER_KINDS, type PersonOrderKind } from './person-order.entity';
export { DELEGABLE, type DelegationInput, Delegations } from './delegation.service';
export * from './unit-change.events';
export * from './unit-change.states';
export {
  type UnitChangeInput,
  type UnitChangeItemsInput,
  unitChangeItemsSchema,
  unitChangeSchema,
} from './unit-change-input';
export { type ChangedUnit, UnitChangeReads, type UnitChangeView, type UnitHistory } from './unit-change.reads';
export { UnitChangeEffect } from './unit-change-effect.service';
export { UnitChanges } from './unit-changes.service';
export { Unit, UNIT_KINDS, type UnitKind } from './unit.entity';
export { Account, MachineClient, Person } from './person.entity';
export { type AbsenceReason, ABSENCE_REASONS, type Scope } from './appointment.entity';
export { Contract, CONTRACT_KINDS, type ContractKind } from './contract.entity';
export {
  PERMISSIONS,
  type Permission,
  readRoles,
  readRolesFile,
  type Role,
  ROLE_CODES,
  RoleCatalogue,
  type RoleCode,
  RolesFault,
} from './roles';
export { installRoles, loadPilotOrganisation } from './pilot-organisation';
export * from './http';

import { Absence, AppointmentRow } from './appointment.entity';
import { AuditMandate, AuditMandateUnit } from './audit-mandate.entity';
import { AuditReveal } from './audit-reveal.entity';
import { Contract } from './contract.entity';
import { Delegation } from './delegation.entity';
import { InitOrganisation1763703000000 } from './migrations/1763703000000-init-organisation';
import { AuditMandate1763703000004 } from './migrations/1763703000004-audit-mandate';
import { AuditReveal1763703000006 } from './migrations/1763703000006-audit-reveal';
import { Delegation1763703000001 } from './migrations/1763703000001-delegation';
import { PeopleAndScope1763703000003 } from './migrations/1763703000003-people-and-scope';
import { UnitChange1763703000002 } from './migrations/1763703000002-unit-change';
import { Erasure1763703000008 } from './migrations/1763703000008-erasure';
import { Departure, PersonOrder } from './person-order.entity';
import { Account, MachineClient, Person } from './person.entity';
import { UnitChange, UnitChangeItem, UnitChangeUnit } from './unit-change.entity';
import { Unit } from './unit.entity';

export const organisationEntities = [
  Unit,
  Person,
  Account,
  MachineClient,
  AppointmentRow,
  Absence,
  Contract,
  Delegation,
  UnitChange,
  UnitChangeUnit,
  UnitChangeItem,
  PersonOrder,
  Departure,
  AuditMandate,
  AuditMandateUnit,
  AuditReveal,
];
export const organisationMigrations = [
  InitOrganisation1763703000000,
  Delegation1763703000001,
  UnitChange1763703000002,
  PeopleAndScope1763703000003,
  AuditMandate1763703000004,
  AuditReveal1763703000006,
  Erasure1763703000008,
];
