import { isoTime } from '#lib/kernel';
import { z } from 'zod';

/** A yearly log and its last checkpoint. */
export const logState = z.strictObject({
  year: z.int(),
  origin: z.string(),
  vkey: z.string(),
  /** sealed entries */
  size: z.int(),
  /** base64, as in the checkpoint */
  root: z.string(),
  /** the signed checkpoint, null before the first */
  checkpoint: z.string().nullable(),
  signedAt: isoTime.nullable(),
  closed: z.boolean(),
});
export type LogState = z.output<typeof logState>;

/** One event as it was sealed: everything here is read from the leaf bytes, never from the columns beside them. */
export const entry = z.strictObject({
  eventId: z.uuid(),
  type: z.string(),
  /** ISO 8601, UTC */
  time: z.string(),
  /** pseudonym of a person, or the machine client, or the job, in clear */
  actor: z.string(),
  unitId: z.uuid().nullable(),
  facts: z.record(z.string(), z.unknown()),
  /** place in the log, null while it waits for the sealer */
  year: z.int().nullable(),
  index: z.int().nullable(),
  /** MISMATCH: the stored event is not the one that was sealed, an alarm */
  state: z.enum(['MATCHES', 'MISMATCH']),
});
export type Entry = z.output<typeof entry>;

/** A value that was kept out of the log. ERASED is lawful; MISMATCH means it was changed and is an alarm. */
export const clearField = z.strictObject({
  field: z.string(),
  state: z.enum(['MATCHES', 'ERASED', 'MISMATCH']),
  /** only when it matches */
  value: z.string().nullable(),
});
export type ClearField = z.output<typeof clearField>;

export const entryDetail = z.strictObject({
  ...entry.shape,
  /** the leaf, byte for byte what the log commits to */
  leaf: z.string(),
  clear: z.array(clearField),
  /** `.tlog-proof` file for this entry, null while it is not sealed */
  proof: z.string().nullable(),
});
export type EntryDetail = z.output<typeof entryDetail>;

export const overview = z.strictObject({
  logs: z.array(logState),
  /** events that wait for the sealer, and for how many seconds the oldest does */
  pending: z.int(),
  oldestPendingSeconds: z.int().nullable(),
  recent: z.array(entry),
});
export type Overview = z.output<typeof overview>;

/** The outcome of checking a whole log, as the checker of `#proof` words it; `fault` is null when everything holds. */
export const logReport = z.strictObject({
  ok: z.boolean(),
  origin: z.string(),
  size: z.int().nullable(),
  root: z.string().nullable(),
  checked: z.int(),
  grownFrom: z.array(z.int()),
  fault: z
    .strictObject({
      code: z.string(),
      index: z.int().nullable(),
      until: z.int().nullable(),
      path: z.string(),
      detail: z.string(),
    })
    .nullable(),
});
