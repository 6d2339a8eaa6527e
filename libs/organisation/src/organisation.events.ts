import { z } from 'zod';
import { defineEvent } from '#lib/kernel';
import { CONTRACT_KINDS, SUBJECT_KINDS } from './contracts/contract.entity';
import { PERSON_ORDER_KINDS } from './people/person-order.entity';
import { roleCode } from '#lib/policy';

const id = z.uuid();
const time = z.iso.datetime();
// Who the person is goes into the erasable part of the record (`clear`), because the log cannot forget.
const appointment = { appointmentId: id, role: roleCode, unitId: id };

export const organisationLoaded = defineEvent(
  'organisation.loaded.v1',
  z.object({
    units: z.int(),
    people: z.int(),
    appointments: z.int(),
    contracts: z.int(),
    mandates: z.int().optional(),
    duties: z.int().optional(),
    sourceSha256: z.string(),
  }),
);
export const appointmentProposed = defineEvent(
  'appointment.proposed.v1',
  z.object({ ...appointment, deputyOf: id.nullable(), validFrom: time, validTo: time.nullable() }),
);
export const appointmentConfirmed = defineEvent('appointment.confirmed.v1', z.object(appointment));
export const appointmentDeclined = defineEvent('appointment.declined.v1', z.object(appointment));
export const appointmentEnded = defineEvent('appointment.ended.v1', z.object({ ...appointment, validTo: time }));
/** without the reason: an illness is nobody's business in a log that cannot forget */
export const absenceSet = defineEvent('absence.set.v1', z.object({ absenceId: id, from: time, to: time }));
export const absenceEnded = defineEvent('absence.ended.v1', z.object({ absenceId: id, to: time }));
const delegation = { delegationId: id, ...appointment };
export const delegationGiven = defineEvent(
  'delegation.given.v1',
  z.object({ ...delegation, validFrom: time, validTo: time }),
);
export const delegationRevoked = defineEvent('delegation.revoked.v1', z.object(delegation));
export const personDisabled = defineEvent('person.disabled.v1', z.object({ accounts: z.int() }));
const order = { orderId: id, kind: z.enum(PERSON_ORDER_KINDS) };
/** Two administrators admit, link an account, bring back or erase; the event says which, never whom. */
export const personOrderProposed = defineEvent('person-order.proposed.v1', z.object(order));
export const personOrderConfirmed = defineEvent('person-order.confirmed.v1', z.object(order));
export const personOrderDeclined = defineEvent('person-order.declined.v1', z.object(order));
/** What went: accounts, and clear values beside the log. The pseudonym in the log stays. */
export const personErased = defineEvent('person.erased.v1', z.object({ accounts: z.int(), clearValues: z.int() }));
/** Left the city (`unitId` null) or a unit. Who it was stands in `organisation.departure`, for the stages that follow. */
export const personDeparted = defineEvent(
  'person.departed.v1',
  z.object({
    departureId: id,
    kind: z.enum(['LEFT', 'MOVED']),
    unitId: id.nullable(),
    appointments: z.int(),
    delegations: z.int(),
    clients: z.int(),
  }),
);
const client = { clientId: z.string().max(200), unitId: id };
/** Nobody answers for the programme any more: it is off until the unit names somebody. */
export const machineClientFrozen = defineEvent('machine-client.frozen.v1', z.object(client));
export const machineClientNamed = defineEvent('machine-client.named.v1', z.object(client));
export const contractRegistered = defineEvent(
  'contract.registered.v1',
  z.object({
    contractId: id,
    partyA: id,
    partyB: id,
    kind: z.enum(CONTRACT_KINDS),
    subject: z.enum(SUBJECT_KINDS).optional(),
    products: z.array(id).optional(),
    validFrom: time,
    validTo: time,
  }),
);
export const contractCompleted = defineEvent(
  'contract.completed.v1',
  z.object({
    contractId: id,
    partyA: id,
    partyB: id,
    subject: z.enum(SUBJECT_KINDS),
    products: z.array(id).optional(),
  }),
);
export const contractEnded = defineEvent(
  'contract.ended.v1',
  z.object({ contractId: id, partyA: id, partyB: id, validTo: time }),
);
const duty = { dutyId: id, unitId: id, code: z.string().max(60) };
export const dutyRegistered = defineEvent(
  'duty.registered.v1',
  z.object({ ...duty, validFrom: time, validTo: time.nullable() }),
);
export const dutyEnded = defineEvent('duty.ended.v1', z.object({ ...duty, validTo: time }));
