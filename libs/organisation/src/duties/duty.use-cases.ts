import { defineUseCase, isoTime, itemsOf, line } from '#lib/kernel';
import { z } from 'zod';

const moment = z.iso.datetime({ offset: true });
export const dutyCode = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{1,59}$/, 'Großbuchstaben, Ziffern und Unterstriche, zum Beispiel SPIELPLATZPFLEGE.');

const dutySchema = z.strictObject({
  unitId: z.uuid('Bitte wählen Sie eine Stelle.'),
  code: dutyCode,
  name: line(200, { least: 5, says: 'Bitte nennen Sie die Pflichtaufgabe.' }),
  norm: line(300).nullable().default(null),
  validFrom: moment,
  validTo: moment.nullable().default(null),
});
export type DutyInput = z.input<typeof dutySchema>;

const dutyLine = z.strictObject({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  norm: z.string().nullable(),
  /** whose duty it is now: of a merged unit, the one in its place */
  unitId: z.uuid(),
  unitName: z.string(),
  /** half-open */
  validFrom: isoTime,
  validTo: isoTime.nullable(),
});
/** One duty that is not over. */
export type DutyLine = z.output<typeof dutyLine>;

/** The register of duties: for what the units of the city need data by their own task. */
export const dutyUseCases = {
  list: defineUseCase({
    may: 'organisation.read',
    audit: 'none: tasks of offices are no secret among those who take part',
    output: itemsOf(dutyLine),
  }),
  register: defineUseCase({
    may: 'duty.register',
    audit: 'duty.registered.v1',
    input: dutySchema,
    output: z.strictObject({ dutyId: z.uuid() }),
  }),
  end: defineUseCase({ may: 'duty.register', audit: 'duty.ended.v1' }),
};
