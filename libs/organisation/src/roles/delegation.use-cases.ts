import { defineUseCase, isoTime, itemsOf, line } from '#lib/kernel';
import { z } from 'zod';
import { roleCode } from '#lib/policy';

const moment = z.iso.datetime({ offset: true });
const delegationSchema = z.strictObject({
  /** the own appointment whose right is passed on */
  appointmentId: z.uuid(),
  delegatePersonId: z.uuid(),
  reference: line(200, { says: 'Bitte nennen Sie die Fundstelle der schriftlichen Übertragung.' }),
  validFrom: moment.optional(),
  validTo: moment,
});
export type DelegationInput = z.input<typeof delegationSchema>;

/** A right passed on, as the one who got it holds it. */
const heldDelegation = z.strictObject({
  delegationId: z.uuid(),
  role: roleCode,
  unitId: z.uuid(),
  fromPersonId: z.uuid(),
  validTo: isoTime,
});

/** The own decision passed on in writing (SOD-9). */
export const delegationUseCases = {
  held: defineUseCase({ may: 'organisation.read', audit: 'none: own rights', output: itemsOf(heldDelegation) }),
  give: defineUseCase({
    may: 'product.release',
    audit: 'delegation.given.v1',
    input: delegationSchema,
    output: z.strictObject({ delegationId: z.uuid() }),
  }),
  revoke: defineUseCase({ may: 'organisation.read', audit: 'delegation.revoked.v1' }),
};
