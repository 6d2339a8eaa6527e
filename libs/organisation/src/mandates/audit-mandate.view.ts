import { isoTime } from '#lib/kernel';
import { z } from 'zod';
import { MANDATE_BASES } from './audit-mandate.entity';

/** Where a mandate stands, worked out at every look: no job can be late with its end. */
export const MANDATE_STATE_NAME = {
  WAITING: 'Wartet auf Bestätigung',
  COMING: 'Beginnt noch',
  IN_FORCE: 'In Kraft',
  OVER: 'Vorbei',
  ENDED: 'Beendet',
} as const;
export type MandateState = keyof typeof MANDATE_STATE_NAME;

/** A mandate as everybody of the organisation may read it: plain JSON. */
export const auditMandateView = z.strictObject({
  id: z.uuid(),
  reference: z.string(),
  basis: z.enum(MANDATE_BASES),
  basisName: z.string(),
  subject: z.string(),
  wholeCity: z.boolean(),
  units: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
    }),
  ),
  /** half-open, ISO 8601 */
  validFrom: isoTime,
  validUntil: isoTime,
  state: z.enum(Object.keys(MANDATE_STATE_NAME) as MandateState[]),
  stateName: z.string(),
  registeredByName: z.string(),
  confirmedByName: z.string().nullable(),
  may: z.strictObject({
    confirm: z.boolean(),
    end: z.boolean(),
  }),
});
export type AuditMandateView = z.output<typeof auditMandateView>;
