import { defineEvent } from '#lib/kernel';
import { z } from 'zod';

/** First entry of a yearly log: commits to the final checkpoint of the log before it. */
export const logOpened = defineEvent(
  'audit.log_opened.v1',
  z.object({ log: z.string(), previous: z.object({ origin: z.string(), size: z.int(), root: z.string() }) }),
);

/** Somebody looked into the log: which log, and at what. Who it was is in the entry itself, as in every other. */
export const auditRead = defineEvent(
  'audit.read.v1',
  z.object({
    log: z.int().nullable(),
    what: z.enum(['OVERVIEW', 'ENTRY', 'SEARCH', 'BUNDLE', 'PROOF', 'CHECK']),
    index: z.int().optional(),
    subjectId: z.uuid().optional(),
    /** audit mandates it rests on; absent for those who need none */
    mandateIds: z.array(z.uuid()).optional(),
  }),
);
