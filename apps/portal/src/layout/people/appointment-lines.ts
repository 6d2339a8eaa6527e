import type { Tx } from '#lib/kernel';
import type { RoleCatalogue, RoleCode, Scope } from '#lib/organisation';
import { day, lastDay } from '../format';
import { APPOINTMENT_SCOPE_NAME } from '../words';

/** An appointment as the administration sees it. */
export interface AppointmentLine {
  id: string;
  role: RoleCode;
  roleName: string;
  personId: string;
  personName: string;
  unitId: string;
  unitName: string;
  /** `die ganze Stadt`; null when it is the unit */
  scope: string | null;
  scopeKind: Scope['kind'];
  validFrom: Date;
  validTo: Date | null;
  /** whom they stand in for */
  principalName: string | null;
  proposedBy: string | null;
  proposedByName: string | null;
}

const APPOINTMENT = `SELECT a.id, a.role, a.person_id AS "personId", p.given_name || ' ' || p.family_name AS "personName", a.unit_id AS "unitId", u.name AS "unitName",
       a.scope_kind AS "scopeKind", a.scope_id AS "scopeId", a.valid_from AS "validFrom", a.valid_to AS "validTo",
       op.given_name || ' ' || op.family_name AS "principalName", a.proposed_by AS "proposedBy", b.given_name || ' ' || b.family_name AS "proposedByName"
  FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id JOIN organisation.unit u ON u.id = a.unit_id
  LEFT JOIN organisation.appointment o ON o.id = a.deputy_of LEFT JOIN organisation.person op ON op.id = o.person_id
  LEFT JOIN organisation.person b ON b.id = a.proposed_by`;
type Row = Omit<AppointmentLine, 'roleName' | 'scope'> & { scopeId: string | null };

/** Appointments that are not over. `where` is a condition on `a`, with its order. */
export async function appointments(
  tx: Tx,
  roles: RoleCatalogue,
  where: string,
  values: unknown[] = [],
): Promise<AppointmentLine[]> {
  const rows = await tx.sql<Row>(
    `${APPOINTMENT} WHERE (a.valid_to IS NULL OR now() < a.valid_to) AND ${where}`,
    values,
  );
  return rows.map(({ scopeId, ...row }) => ({
    ...row,
    scope:
      row.scopeKind === 'UNIT'
        ? null
        : `${APPOINTMENT_SCOPE_NAME[row.scopeKind]}${scopeId === null ? '' : ` (${scopeId})`}`,
    roleName: roles.role(row.role).name,
  }));
}

export const validity = ({ validFrom, validTo }: Pick<AppointmentLine, 'validFrom' | 'validTo'>): string =>
  `ab ${day(validFrom)}${validTo ? ` bis ${lastDay(validTo)}` : ''}`;
