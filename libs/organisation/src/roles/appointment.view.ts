import { isoTime } from '#lib/kernel';
import { z } from 'zod';
import { SCOPE_KINDS } from './appointment.entity';
import { roleCode } from '#lib/policy';

/** `id`: unit, domain or product the appointment is limited to; absent for CITY and UNIT. */
export const scope = z.strictObject({ kind: z.enum(SCOPE_KINDS), id: z.string().optional() });

/** PROPOSED waits for a second person; PLANNED begins later; LAPSED ran out by its own term. */
export const appointmentStatus = z.enum(['PROPOSED', 'PLANNED', 'IN_FORCE', 'LAPSED', 'ENDED', 'DECLINED']);

/** One role of one person, as a list shows it: plain JSON, times as ISO 8601. */
export const appointmentLine = z.strictObject({
  id: z.uuid(),
  role: roleCode,
  roleName: z.string(),
  unitId: z.uuid(),
  unitName: z.string(),
  scope,
  personId: z.uuid(),
  personName: z.string(),
  standing: appointmentStatus,
  validFrom: isoTime,
  validTo: isoTime.nullable(),
  /** the person stood in for, and the appointment, of a deputy */
  deputyOf: z.string().nullable(),
  deputyForName: z.string().nullable(),
  /** null for an appointment that came with the setup */
  proposedByName: z.string().nullable(),
  confirmedByName: z.string().nullable(),
  /** marked absent now; never why */
  absent: z.boolean(),
  disabled: z.boolean(),
});
export type AppointmentLine = z.output<typeof appointmentLine>;

/** EMPTY: nobody holds it; NO_DEPUTY: a deputy is needed and missing; AWAY: the holder is absent and nobody stands in. */
export const seatGap = z.enum(['EMPTY', 'NO_DEPUTY', 'AWAY']);
export type SeatGap = z.output<typeof seatGap>;

/** A seat of a unit: who holds the role there, who stands in, and what is missing. */
export const seat = z.strictObject({
  role: roleCode,
  roleName: z.string(),
  unitId: z.uuid(),
  unitName: z.string(),
  scope,
  holders: z.array(appointmentLine),
  deputies: z.array(appointmentLine),
  gaps: z.array(seatGap),
});
export type Seat = z.output<typeof seat>;

/** An absence that runs or comes. The reason is not told. */
export const absenceLine = z.strictObject({
  id: z.uuid(),
  personId: z.uuid(),
  personName: z.string(),
  from: isoTime,
  to: isoTime,
});
export type AbsenceLine = z.output<typeof absenceLine>;

/** A written delegation in force or to come. */
export const delegationLine = z.strictObject({
  id: z.uuid(),
  appointmentId: z.uuid(),
  role: roleCode,
  roleName: z.string(),
  unitId: z.uuid(),
  unitName: z.string(),
  fromPersonId: z.uuid(),
  fromName: z.string(),
  toPersonId: z.uuid(),
  toName: z.string(),
  reference: z.string(),
  validFrom: isoTime,
  validTo: isoTime,
});
export type DelegationLine = z.output<typeof delegationLine>;
