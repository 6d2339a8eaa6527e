import { parse } from '#lib/kernel';
import type { AppointInput } from '#lib/organisation';
import { z } from 'zod';
import { type FormBody, given } from '../../../layout/form-body';
import { berlinMidnight } from '../../../layout/format';

const optionalDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'Bitte nennen Sie einen Tag.')
  .optional();
const schema = z.object({
  deputyOf: z.uuid('Bitte wählen Sie eine Person aus der Liste.').optional(),
  role: z.string('Bitte wählen Sie eine Rolle.'),
  unitId: z.uuid('Bitte wählen Sie eine Stelle.'),
  scope: z.enum(['UNIT', 'CITY', 'DOMAIN', 'PRODUCT'], 'Bitte wählen Sie, wofür die Rolle gilt.'),
  scopeId: z.string().max(100, 'Bitte nennen Sie höchstens 100 Zeichen.').optional(),
  validFrom: optionalDay,
  validTo: optionalDay,
});

/** Who one stands in for settles role, unit and scope; what was chosen beside it counts only when it differs. */
export interface Principal {
  value: string;
  role: string;
  unitId: string;
  scopeKind: string;
}

/** What the form orders. Throws `validation_failed` with the names of its fields. */
export function orderOf(body: FormBody, personId: string, principals: readonly Principal[]): AppointInput {
  const principal = principals.find(({ value }) => value === given(body, 'deputyOf'));
  const { scope, scopeId, deputyOf, role, unitId, ...days } = parse(schema, {
    deputyOf: given(body, 'deputyOf'),
    role: given(body, 'role') ?? principal?.role,
    unitId: given(body, 'unitId') ?? principal?.unitId,
    scope: given(body, 'scope') ?? principal?.scopeKind,
    scopeId: given(body, 'scopeId'),
    validFrom: given(body, 'validFrom'),
    validTo: given(body, 'validTo'),
  });
  const limited = scope === 'DOMAIN' || scope === 'PRODUCT';
  if (limited)
    parse(z.object({ scopeId: z.string('Bitte nennen Sie das Fachgebiet oder die Kennung des Datenprodukts.') }), {
      scopeId,
    });
  return {
    personId,
    role,
    unitId,
    scope: limited ? { kind: scope, id: scopeId! } : { kind: scope },
    ...(deputyOf ? { deputyOf } : {}),
    ...(days.validFrom ? { validFrom: berlinMidnight(days.validFrom) } : {}),
    ...(days.validTo ? { validTo: berlinMidnight(days.validTo, 1) } : {}),
  };
}
