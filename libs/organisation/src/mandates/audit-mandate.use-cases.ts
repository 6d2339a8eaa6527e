import { defineUseCase, itemsOf, line, text } from '#lib/kernel';
import { z } from 'zod';
import { MANDATE_BASES } from './audit-mandate.entity';
import { auditMandateView } from './audit-mandate.view';

const moment = z.iso.datetime({ offset: true, error: 'Bitte geben Sie einen Tag an.' });

export const auditMandateInput = z.strictObject({
  reference: line(200, { says: 'Bitte nennen Sie das Aktenzeichen des Auftrags.' }),
  basis: z.enum(MANDATE_BASES, 'Bitte wählen Sie, wer den Auftrag gegeben hat.'),
  subject: text(2000, { least: 10, says: 'Bitte beschreiben Sie, was geprüft wird.' }),
  /** units the mandate is for; empty for the whole city, which must be said */
  unitIds: z.array(z.uuid()).max(200).default([]),
  wholeCity: z.boolean().default(false),
  validFrom: moment,
  validUntil: moment,
});
export type AuditMandateInput = z.input<typeof auditMandateInput>;

/** The register of audit orders: one puts on record, another confirms. */
export const auditMandateUseCases = {
  list: defineUseCase({
    may: 'organisation.read',
    audit: 'none: who may audit what is open to all who take part',
    output: itemsOf(auditMandateView),
  }),
  register: defineUseCase({
    may: 'mandate.register',
    audit: 'audit-mandate.registered.v1',
    input: auditMandateInput,
    output: z.strictObject({ mandateId: z.uuid() }),
  }),
  confirm: defineUseCase({ may: 'mandate.confirm', audit: 'audit-mandate.confirmed.v1' }),
  end: defineUseCase({ may: 'mandate.register', audit: 'audit-mandate.ended.v1' }),
};
