import { isoTime } from '#lib/kernel';
import { z } from 'zod';
import { appointmentLine, delegationLine } from '../roles/appointment.view';
import { roleCode } from '#lib/policy';
import { PERSON_ORDER_KINDS } from './person-order.entity';

/** A person in a list: plain JSON. */
export const personLine = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  /** roles in force, with their units */
  roles: z.array(
    z.strictObject({
      role: roleCode,
      unitId: z.uuid(),
      unitName: z.string(),
    }),
  ),
  absent: z.boolean(),
  /** shut out; only administrators find such a person */
  disabled: z.boolean(),
});
export type PersonLine = z.output<typeof personLine>;

/** What only administrators read of a person. */
export const personSheet = z.strictObject({
  ...personLine.shape,
  key: z.string().nullable(),
  email: z.string().nullable(),
  accounts: z.array(
    z.strictObject({
      iss: z.string(),
      sub: z.string(),
    }),
  ),
  erasedAt: isoTime.nullable(),
  /** programmes this person answers for */
  clients: z.array(
    z.strictObject({
      clientId: z.string(),
      unitId: z.uuid(),
      unitName: z.string(),
      frozen: z.boolean(),
    }),
  ),
});
export type PersonSheet = z.output<typeof personSheet>;

/** An order that waits for a second administrator. */
export const personOrderLine = z.strictObject({
  id: z.uuid(),
  kind: z.enum(PERSON_ORDER_KINDS),
  personId: z.uuid(),
  personName: z.string(),
  account: z
    .strictObject({
      iss: z.string(),
      sub: z.string(),
    })
    .nullable(),
  /** of ABSENCE; never why */
  absence: z.strictObject({ from: isoTime, to: isoTime }).nullable(),
  proposedBy: z.string(),
  proposedByName: z.string(),
  proposedAt: isoTime,
});
export type PersonOrderLine = z.output<typeof personOrderLine>;

/** What goes when a person leaves a unit or the city. Requests and agreements rest by event, see the stages that own them. */
export const departurePreview = z.strictObject({
  /** roles that end; proposals that fall */
  appointments: z.array(appointmentLine),
  /** delegations given and got that are revoked */
  delegations: z.array(delegationLine),
  /** programmes that are switched off until the unit names somebody */
  clients: z.array(
    z.strictObject({
      clientId: z.string(),
      unitId: z.uuid(),
      unitName: z.string(),
    }),
  ),
});
export type DeparturePreview = z.output<typeof departurePreview>;

/** A programme of a unit that is off because nobody answers for it, and whether the reader may name somebody. */
export const unansweredClient = z.strictObject({
  clientId: z.string(),
  unitId: z.uuid(),
  unitName: z.string(),
  mayName: z.boolean(),
});
