import { defineUseCase, itemsOf } from '#lib/kernel';
import { emergencyForm, message } from '#lib/requests';
import { z } from 'zod';
import { EMERGENCY_FINDINGS, EMERGENCY_OPINIONS } from './emergency-access.states';
import { emergencyLine, emergencyStatus, emergencyView } from './emergency-access.view';

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
    input: emergencyForm,
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
