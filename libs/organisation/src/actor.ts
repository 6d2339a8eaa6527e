import type { Acting } from '#lib/kernel';
import type { Scope } from './roles/appointment.entity';
import { organisationProblems } from './organisation.problems';
import type { Permission, RoleCode } from '#lib/policy';

/** A role in force now. */
export interface Appointment {
  id: string;
  personId: string;
  role: RoleCode;
  unitId: string;
  scope: Scope;
  validFrom: Date;
  validTo: Date | null;
  /** id of the appointment this one deputises for */
  deputyOf: string | null;
}

/** Who acts in this request, read from the database at every request. */
export interface Actor {
  /** null for a machine client */
  personId: string | null;
  /** null for a person */
  clientId: string | null;
  /** units whose rows the actor may see */
  units: string[];
  appointments: Appointment[];
  /** rights others passed on to the actor in writing, in force now */
  delegations: Delegated[];
  permissions: Set<Permission>;
  acting: Acting;
  /** for screens only; never in an event, never compared */
  name: string;
}

/** A right passed on in writing (SOD-9), as the one who got it holds it. */
export interface Delegated {
  delegationId: string;
  role: RoleCode;
  unitId: string;
  /** who passed it on */
  fromPersonId: string;
  validTo: Date;
}

/** Somebody who holds a role for a unit. */
export interface Holder {
  appointmentId: string;
  personId: string;
  unitId: string;
  deputyOf: string | null;
  /** marked absent now */
  absent: boolean;
}

/** The right to decide in a role, and whose conflicts of interest count with it. */
export interface Entitlement {
  appointmentId: string;
  role: RoleCode;
  unitId: string;
  /** DELEGATE: by written delegation (SOD-9), whether or not the principal is there */
  as: 'PRINCIPAL' | 'DEPUTY' | 'DELEGATE';
  personId: string;
  /** the person stood in for, else null */
  principalPersonId: string | null;
  /** the delegation acted by, else null */
  delegationId: string | null;
  /** the actor and, for a deputy or delegate, the principal: none of them may be the requester (SOD-8) */
  limits: string[];
}

/** Consumer kinds of the decision matrix which follow from the parties alone (governance §2.1). */
export type ConsumerKind =
  | 'SAME_OFFICE'
  | 'OTHER_OFFICE'
  | 'STATISTIKSTELLE'
  | 'EIGENBETRIEB'
  | 'GESELLSCHAFT'
  | 'OTHER_PUBLIC'
  | 'RESEARCH'
  | 'PRIVATE';

/** True when a role in force gives the permission. */
export function permits(actor: Actor, permission: Permission): boolean {
  return actor.permissions.has(permission);
}

/** The person who administers; throws `not_permitted` for everybody else, programmes included. */
export function administrator(actor: Actor): string {
  if (!permits(actor, 'organisation.administer') || actor.personId === null) throw organisationProblems.not_permitted();
  return actor.personId;
}
