import { defineUseCase, itemsOf } from '#lib/kernel';
import { DANGER, FORM } from '#lib/policy';
import { message, rowFilter } from '#lib/requests';
import { z } from 'zod';
import { EMERGENCY_FINDINGS, EMERGENCY_OPINIONS } from './emergency-access.states';
import { emergencyLine, emergencyStatus, emergencyView } from './emergency-access.view';

const openingInput = z.strictObject({
  productId: z.uuid('Bitte wählen Sie ein Datenprodukt.'),
  consumerUnitId: z.uuid('Bitte wählen Sie Ihre Stelle.'),
  danger: z.enum(DANGER, 'Bitte wählen Sie die Gefahr.'),
  reason: message.pipe(
    z.string().min(10, 'Bitte beschreiben Sie die Gefahr in einem Satz.').max(2000, 'Bitte höchstens 2000 Zeichen.'),
  ),
  caseNumber: z
    .string('Bitte nennen Sie das Aktenzeichen.')
    .trim()
    .min(1, 'Bitte nennen Sie das Aktenzeichen.')
    .max(100, 'Bitte höchstens 100 Zeichen.'),
  fields: z
    .array(z.string().min(1).max(200))
    .min(1, 'Bitte wählen Sie mindestens ein Feld.')
    .max(500, 'Höchstens 500 Felder.')
    .refine((names) => new Set(names).size === names.length, 'Ein Feld ist doppelt genannt.'),
  rows: rowFilter.nullable().default(null),
  form: z.enum(FORM).exclude(['API_LIVE'], 'Bitte wählen Sie, wie genau die Daten sein müssen.').default('ROWLEVEL'),
});
const opinionInput = z.strictObject({
  opinion: z.enum(EMERGENCY_OPINIONS, 'Bitte wählen Sie Ihre Einschätzung.'),
  text: message,
});
const findingInput = z.strictObject({
  finding: z.enum(EMERGENCY_FINDINGS, 'Bitte wählen Sie das Ergebnis.'),
  text: message,
});

/** Break glass: two people of one unit open, both sides end, others look at it afterwards. */
export const emergencyUseCases = {
  list: defineUseCase({
    may: 'request.read',
    audit: 'none: both sides and those who are told read the same list',
    output: itemsOf(emergencyLine),
  }),
  view: defineUseCase({
    may: 'request.read',
    audit: 'none: both sides and those who are told read the same record',
    output: emergencyView,
  }),
  open: defineUseCase({
    may: 'request.submit',
    audit: 'emergency.opened.v1',
    input: openingInput,
    output: emergencyStatus,
  }),
  confirm: defineUseCase({ may: 'task.decide', audit: 'emergency.confirmed.v1', output: emergencyStatus }),
  end: defineUseCase({
    may: 'request.read',
    audit: 'agreement.revoked.v1',
    input: z.strictObject({ reason: message }),
    output: emergencyStatus,
  }),
  giveOpinion: defineUseCase({
    may: 'task.decide',
    audit: 'emergency.opinion-given.v1',
    input: opinionInput,
    output: emergencyStatus,
  }),
  review: defineUseCase({
    may: 'task.decide',
    audit: 'emergency.reviewed.v1',
    input: findingInput,
    output: emergencyStatus,
  }),
};
export type OpeningInput = z.input<typeof openingInput>;
