import { z } from 'zod';
import { defineEvent } from '#lib/kernel';
import { CONSENTING_ROLES, REVEAL_REASONS } from './audit-reveal.entity';

const id = z.uuid();
/** The Personalrat reads its list from the moment of this event. */
export const revealAsked = defineEvent(
  'audit-reveal.asked.v1',
  z.object({ revealId: id, entryId: id, mandateId: id, ground: z.enum(REVEAL_REASONS) }),
);
export const revealConsented = defineEvent(
  'audit-reveal.consented.v1',
  z.object({ revealId: id, role: z.enum(CONSENTING_ROLES) }),
);
export const revealRefused = defineEvent(
  'audit-reveal.refused.v1',
  z.object({ revealId: id, role: z.enum(CONSENTING_ROLES) }),
);
/** Each look at the name, not only the first. */
export const revealRead = defineEvent(
  'audit-reveal.read.v1',
  z.object({ revealId: id, entryId: id, mandateIds: z.array(id) }),
);
