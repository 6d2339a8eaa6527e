import { parse } from '#lib/kernel';
import { ABSENCE_REASONS, type AbsenceInput } from '#lib/organisation';
import { z } from 'zod';
import { type FormBody, given } from '../form-body';
import { berlinMidnight } from '../format';

export const dayField = (missing: string) => z.string(missing).regex(/^\d{4}-\d{2}-\d{2}$/, missing);
const schema = z.object({
  from: dayField('Bitte nennen Sie den ersten Tag.'),
  to: dayField('Bitte nennen Sie den letzten Tag.'),
  reason: z.enum(ABSENCE_REASONS, 'Bitte wählen Sie einen Grund.'),
});

/** What the form says of an absence; both days are included. Throws `validation_failed` with the names of its fields. */
export function absenceOf(body: FormBody, personId: string): AbsenceInput {
  const { from, to, reason } = parse(schema, {
    from: given(body, 'from'),
    to: given(body, 'to'),
    reason: given(body, 'reason'),
  });
  return { personId, from: berlinMidnight(from), to: berlinMidnight(to, 1), reason };
}
