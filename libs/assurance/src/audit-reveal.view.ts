import { isoTime } from '#lib/kernel';
import { z } from 'zod';
import { CONSENTING_ROLES, REVEAL_REASONS } from './audit-reveal.entity';

/** A reveal as those read it who have to do with it: never the person. */
export const revealLine = z.strictObject({
  id: z.uuid(),
  eventId: z.uuid(),
  reasonCode: z.enum(REVEAL_REASONS),
  state: z.enum(['WAITING', 'OPEN', 'REFUSED', 'OVER']),
  consentOfDsb: z.boolean(),
  consentOfGs: z.boolean(),
  /** ISO 8601 */
  askedAt: isoTime,
  expiresAt: isoTime,
  /** whose word the reader can give now; null: none */
  answer: z.enum(CONSENTING_ROLES).nullable(),
});
export type RevealLine = z.output<typeof revealLine>;
