import { defineUseCase, itemsOf, text } from '#lib/kernel';
import { z } from 'zod';
import { REVEAL_REASONS } from './audit-reveal.entity';
import { revealLine } from './audit-reveal.view';

export const revealInput = z.strictObject({
  reasonCode: z.enum(REVEAL_REASONS, 'Bitte wählen Sie einen Grund aus der Liste.'),
  reason: text(2000, { least: 10, says: 'Bitte begründen Sie die Offenlegung.' }),
});
export type RevealInput = z.input<typeof revealInput>;

const asking = z.strictObject({ entryId: z.uuid(), ...revealInput.shape });

/** Naming the person behind an entry of the log: asked for, consented to by two roles, read for seven days. */
export const auditRevealUseCases = {
  list: defineUseCase({
    may: 'reveal.read',
    audit: 'none: those who decide and the Personalrat read the same list, which names nobody',
    output: itemsOf(revealLine),
  }),
  ask: defineUseCase({
    may: 'audit.read',
    audit: 'audit-reveal.asked.v1',
    input: asking,
    output: z.strictObject({ revealId: z.uuid() }),
  }),
  consent: defineUseCase({ may: 'task.decide', audit: 'audit-reveal.consented.v1' }),
  refuse: defineUseCase({ may: 'task.decide', audit: 'audit-reveal.refused.v1' }),
  person: defineUseCase({
    may: 'audit.read',
    audit: 'audit-reveal.read.v1',
    output: z.strictObject({ personName: z.string() }),
  }),
};
