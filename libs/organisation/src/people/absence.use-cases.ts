import { defineUseCase, itemsOf } from '#lib/kernel';
import { z } from 'zod';
import { ABSENCE_REASONS } from '../roles/appointment.entity';
import { absenceLine } from '../roles/appointment.view';

const moment = z.iso.datetime({ offset: true });
const absenceSchema = z.strictObject({ personId: z.uuid(), from: moment, to: moment, reason: z.enum(ABSENCE_REASONS) });
export type AbsenceInput = z.input<typeof absenceSchema>;

/** Times in which deputies act: who is away says so, or the administration does. */
export const absenceUseCases = {
  list: defineUseCase({
    may: 'organisation.read',
    audit: 'none: own absences; administration sees when, never why',
    output: itemsOf(absenceLine),
  }),
  set: defineUseCase({
    may: 'organisation.read',
    audit: 'absence.set.v1',
    input: absenceSchema,
    output: z.strictObject({ absenceId: z.uuid() }),
  }),
  end: defineUseCase({ may: 'organisation.read', audit: 'absence.ended.v1' }),
};
