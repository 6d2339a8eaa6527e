import { defineUseCase, itemsOf, line } from '#lib/kernel';
import { z } from 'zod';
import { SCOPE_KINDS } from './appointment.entity';
import { appointmentLine, seat } from './appointment.view';
import { roleCode, roleSchema } from '#lib/policy';

const moment = z.iso.datetime({ offset: true });
const appointSchema = z.strictObject({
  personId: z.uuid(),
  role: roleCode,
  unitId: z.uuid(),
  scope: z.strictObject({ kind: z.enum(SCOPE_KINDS), id: line(100).optional() }),
  validFrom: moment.optional(),
  validTo: moment.nullable().optional(),
  deputyOf: z.uuid().nullable().optional(),
});
export type AppointInput = z.input<typeof appointSchema>;

const past = z.strictObject({ past: z.enum(['true', 'false']).default('false') });

/** The roles of the role concept. */
export const roleUseCases = {
  list: defineUseCase({
    may: 'organisation.read',
    audit: 'none: the role concept is open to everybody who takes part',
    output: itemsOf(roleSchema),
  }),
};

/** Who holds which role: two people give (SOD-4), one takes. */
export const appointmentUseCases = {
  ofUnit: defineUseCase({
    may: 'organisation.read',
    audit: 'none: who holds which role is open to everybody who takes part',
    input: past,
    output: itemsOf(appointmentLine),
  }),
  seats: defineUseCase({
    may: 'organisation.read',
    audit: 'none: who holds which role is open to everybody who takes part',
    output: itemsOf(seat),
  }),
  proposed: defineUseCase({
    may: 'organisation.administer',
    audit: 'none: administration reads its own queue',
    output: itemsOf(appointmentLine),
  }),
  propose: defineUseCase({
    may: 'organisation.administer',
    audit: 'appointment.proposed.v1',
    input: appointSchema,
    output: z.strictObject({ appointmentId: z.uuid() }),
  }),
  confirm: defineUseCase({ may: 'organisation.administer', audit: 'appointment.confirmed.v1' }),
  decline: defineUseCase({ may: 'organisation.administer', audit: 'appointment.declined.v1' }),
  end: defineUseCase({ may: 'organisation.administer', audit: 'appointment.ended.v1' }),
};
