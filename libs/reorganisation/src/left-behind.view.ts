import { isoTime } from '#lib/kernel';
import { z } from 'zod';

/** An agreement one side of which is gone. */
export const leftBehind = z.strictObject({
  agreementId: z.uuid(),
  number: z.string(),
  endedUnitName: z.string(),
  /** the other side: it terminates or revokes */
  actsUnitId: z.uuid(),
  actsUnitName: z.string(),
  /** ISO 8601 */
  since: isoTime,
});
export type LeftBehind = z.output<typeof leftBehind>;
