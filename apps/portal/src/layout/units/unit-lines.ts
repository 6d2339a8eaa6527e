import type { Tx } from '#lib/kernel';
import type { RoleCatalogue, RoleCode, Scope, UnitKind } from '#lib/organisation';
import { APPOINTMENT_SCOPE_NAME } from '../words';
import { type HeldRole, type Seat, seatsOf } from './seats';

export interface UnitLine {
  id: string;
  name: string;
  kind: UnitKind;
  parentId: string | null;
  competition: boolean;
  validFrom: Date;
  validTo: Date | null;
}

export interface SeatView extends Seat {
  roleName: string;
}

export const exists = ({ validFrom, validTo }: UnitLine, now: Date): boolean =>
  validFrom <= now && (validTo === null || now < validTo);
const german = new Intl.Collator('de');
export async function allUnits(tx: Tx): Promise<UnitLine[]> {
  const units = await tx.sql<UnitLine>(
    `SELECT id, name, kind, parent_id AS "parentId", competition, valid_from AS "validFrom", valid_to AS "validTo" FROM organisation.unit`,
  );
  return units.sort((a, b) => german.compare(a.name, b.name));
}

/** Who holds or held which role, without why somebody is absent. */
export async function heldRoles(tx: Tx): Promise<HeldRole[]> {
  const rows = await tx.sql<
    Omit<HeldRole, 'scope' | 'role'> & { role: RoleCode; scopeKind: Scope['kind']; scopeId: string | null }
  >(
    `SELECT a.id, a.role, a.unit_id AS "unitId", a.person_id AS "personId", p.given_name || ' ' || p.family_name AS name,
            a.valid_from AS "validFrom", a.valid_to AS "validTo", a.deputy_of AS "deputyOf", a.state,
            a.scope_kind AS "scopeKind", a.scope_id AS "scopeId", p.disabled_at AS "disabledAt",
            EXISTS (SELECT FROM organisation.absence b WHERE b.person_id = a.person_id AND b.from_at <= now() AND now() < b.to_at) AS absent
       FROM organisation.appointment a JOIN organisation.person p ON p.id = a.person_id
      WHERE a.state IN ('IN_FORCE', 'ENDED') ORDER BY a.valid_from, a.id`,
  );
  return rows.map(({ scopeKind, scopeId, ...row }) => ({
    ...row,
    scope:
      scopeKind === 'UNIT' ? null : `${APPOINTMENT_SCOPE_NAME[scopeKind]}${scopeId === null ? '' : `: ${scopeId}`}`,
  }));
}

/** The seats of a unit with the names of their roles. */
export const seatsInWords = (unit: UnitLine, held: readonly HeldRole[], now: Date, roles: RoleCatalogue): SeatView[] =>
  seatsOf(unit, held, now, roles.all).map((seat) => ({ ...seat, roleName: roles.role(seat.role).name }));
