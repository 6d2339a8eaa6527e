import { z } from 'zod';
import { defineEvent } from '#lib/kernel';
import { MANDATE_BASES } from './audit-mandate.entity';

const id = z.uuid();
const time = z.iso.datetime();

/** The file number and the subject are texts of people: they stay erasable, beside the record. */
export const auditMandateRegistered = defineEvent(
  'audit-mandate.registered.v1',
  z.object({
    mandateId: id,
    basis: z.enum(MANDATE_BASES),
    wholeCity: z.boolean(),
    unitIds: z.array(id),
    validFrom: time,
    validUntil: time,
  }),
);
export const auditMandateConfirmed = defineEvent('audit-mandate.confirmed.v1', z.object({ mandateId: id }));
export const auditMandateEnded = defineEvent('audit-mandate.ended.v1', z.object({ mandateId: id }));
