import { type Role, type RoleCode, type SeatGap, seatGaps, type UnitKind } from '#lib/organisation';

/** One appointment as the database keeps it, with the person in words. */
export interface HeldRole {
  id: string;
  role: RoleCode;
  unitId: string;
  personId: string;
  name: string;
  validFrom: Date;
  validTo: Date | null;
  deputyOf: string | null;
  state: 'IN_FORCE' | 'ENDED';
  /** what the role is limited to, in words; null when it is the unit */
  scope: string | null;
  /** shut out since; null for everybody who may act */
  disabledAt: Date | null;
  /** marked absent now */
  absent: boolean;
}

/** A role in a unit: who holds it, who stands in, and what is missing. */
export interface Seat {
  role: RoleCode;
  unitId: string;
  holders: HeldRole[];
  deputies: HeldRole[];
  /** the worst of what it lacks */
  gap: SeatGap | null;
  /** EMPTY only: since when; null when nobody ever held it */
  emptySince: Date | null;
}

/** What the seats need to know of a role: where it must be filled, and whether a missing deputy is a gap. In the order in which seats are shown. */
export type RoleNeed = Pick<Role, 'code' | 'deputy' | 'mustBeFilledIn'>;

/**
 * The seats of one unit at a moment, those its kind must fill first. A role somebody held once and nobody holds now is an empty
 * seat and stays one until somebody is appointed.
 */
export function seatsOf(
  unit: { id: string; kind: UnitKind },
  held: readonly HeldRole[],
  now: Date,
  roles: readonly RoleNeed[],
): Seat[] {
  const here = held.filter(({ unitId }) => unitId === unit.id);
  const needed = roles.filter(({ mustBeFilledIn }) => mustBeFilledIn.includes(unit.kind)).map(({ code }) => code);
  const codes = new Set([...needed, ...here.map(({ role }) => role)]);
  return roles
    .filter(({ code }) => codes.has(code))
    .sort((a, b) => Number(needed.includes(b.code)) - Number(needed.includes(a.code)))
    .map(({ code, deputy }) =>
      seat(
        code,
        unit.id,
        here.filter((one) => one.role === code),
        now,
        deputy.needed,
      ),
    );
}

function seat(role: RoleCode, unitId: string, ever: readonly HeldRole[], now: Date, deputyNeeded: boolean): Seat {
  const inOffice = ever.filter(
    (one) =>
      one.state === 'IN_FORCE' &&
      one.validFrom <= now &&
      (one.validTo === null || now < one.validTo) &&
      one.disabledAt === null,
  );
  const holders = inOffice.filter(({ deputyOf }) => deputyOf === null);
  const deputies = inOffice.filter(({ deputyOf }) => deputyOf !== null);
  const ends = ever
    .filter(({ deputyOf }) => deputyOf === null)
    .flatMap(({ validTo, disabledAt }) => [validTo, disabledAt].filter((end) => end !== null && end <= now) as Date[]);
  const empty = holders.length === 0;
  return {
    role,
    unitId,
    holders,
    deputies,
    gap: seatGaps({ holders, deputies }, deputyNeeded)[0] ?? null,
    emptySince: empty && ends.length > 0 ? new Date(Math.max(...ends.map(Number))) : null,
  };
}
