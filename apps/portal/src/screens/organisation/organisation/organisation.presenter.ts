import { type Tx, UnitOfWork } from '#lib/kernel';
import {
  type Actor,
  type ContractKind,
  organisationProblems,
  RoleCatalogue,
  type RoleCode,
  type Scope,
  UnitChangeReads,
  type UnitHistory,
  type UnitKind,
} from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import { APPOINTMENT_SCOPE_NAME } from '../../../layout/words';
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

/** A unit in the tree, with the units below it. */
export interface Branch {
  unit: UnitLine;
  /** roles that somebody holds */
  filled: number;
  gaps: SeatView[];
  below: Branch[];
}

export interface OrganisationModel {
  /** the city and its units */
  city: Branch[];
  /** other parties: companies, other authorities, research */
  others: Branch[];
  former: UnitLine[];
}

export interface ContractLine {
  id: string;
  kind: ContractKind;
  partnerId: string;
  partnerName: string;
  /** the unit that signed, when it is one above */
  signedBy: string | null;
  reference: string;
  validFrom: Date;
  validTo: Date;
  standing: 'VALID' | 'FUTURE' | 'ENDED';
}

export interface UnitModel {
  unit: UnitLine;
  above: UnitLine[];
  below: UnitLine[];
  seats: SeatView[];
  contracts: ContractLine[];
  ended: boolean;
  history: UnitHistory;
  /** units in whose place this one stands, wholly or for single matters */
  before: { id: string; name: string; at: Date; whole: boolean }[];
}

/** Legal persons, or units run like one: they sign contracts under their own name, and no contract of the city covers them. */
const OWN_PARTY: readonly UnitKind[] = [
  'EIGENBETRIEB',
  'GESELLSCHAFT',
  'STATISTIKSTELLE',
  'ANDERE_KOMMUNE',
  'LAND',
  'FORSCHUNG',
  'PRIVATE',
];
const german = new Intl.Collator('de');

/** Units, seats and contracts as everybody in the data space may read them. Reasons of absences are not among it. */
@Injectable()
export class OrganisationPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly roles: RoleCatalogue,
    private readonly changes: UnitChangeReads,
  ) {}

  organisation(actor: Actor): Promise<OrganisationModel> {
    return this.uow.read(actor.acting, async (tx) => {
      const [units, held] = [await allUnits(tx), await heldRoles(tx)];
      const present = units.filter((unit) => exists(unit, tx.now));
      const known = new Set(present.map(({ id }) => id));
      const branch = (unit: UnitLine): Branch => {
        const seats = this.seats(unit, held, tx.now);
        return {
          unit,
          filled: seats.filter(({ holders }) => holders.length > 0).length,
          gaps: seats.filter(({ gap }) => gap !== null),
          below: present.filter(({ parentId }) => parentId === unit.id).map(branch),
        };
      };
      // a unit whose parent is gone would otherwise not be seen at all
      const roots = present.filter(({ parentId }) => parentId === null || !known.has(parentId)).map(branch);
      return {
        city: roots.filter(({ unit }) => unit.kind === 'STADT' || unit.parentId !== null),
        others: roots.filter(({ unit }) => unit.kind !== 'STADT' && unit.parentId === null),
        former: units.filter(({ validTo }) => validTo !== null && validTo <= tx.now),
      };
    });
  }

  /** Throws `unit_not_found`. */
  unit(actor: Actor, id: string): Promise<UnitModel> {
    return this.uow.read(actor.acting, async (tx) => {
      const units = await allUnits(tx);
      // a unit of a change that has not begun is for nobody to see yet
      const unit = units.find((one) => one.id === id && one.validFrom <= tx.now);
      if (!unit) throw organisationProblems.unit_not_found();
      const above = ancestors(unit, units);
      return {
        unit,
        above,
        below: units.filter((one) => one.parentId === id && exists(one, tx.now)),
        seats: this.seats(unit, await heldRoles(tx), tx.now),
        contracts: await contracts(tx, signatories(unit, above)),
        ended: unit.validTo !== null && unit.validTo <= tx.now,
        history: await this.changes.history(tx, id),
        before: await tx.sql<UnitModel['before'][number]>(
          `SELECT u.id, u.name, min(s.at) AS at, bool_or(s.subject IS NULL) AS whole FROM organisation.unit_succession s JOIN organisation.unit u ON u.id = s.from_unit
            WHERE s.to_unit = $1 AND s.at <= now() GROUP BY u.id ORDER BY 3, 2`,
          [id],
        ),
      };
    });
  }

  private seats(unit: UnitLine, held: readonly HeldRole[], now: Date): SeatView[] {
    return seatsOf(unit, held, now, this.roles.all).map((seat) => ({
      ...seat,
      roleName: this.roles.role(seat.role).name,
    }));
  }
}

const exists = ({ validFrom, validTo }: UnitLine, now: Date): boolean =>
  validFrom <= now && (validTo === null || now < validTo);

/** From the top down, without the unit itself. */
function ancestors(unit: UnitLine, units: readonly UnitLine[]): UnitLine[] {
  const parent = units.find(({ id }) => id === unit.parentId);
  return parent ? [...ancestors(parent, units), parent] : [];
}

/** The unit and the units above it whose contracts bind it too. */
function signatories(unit: UnitLine, above: readonly UnitLine[]): UnitLine[] {
  if (OWN_PARTY.includes(unit.kind)) return [unit];
  const barrier = above.findLastIndex(({ kind }) => OWN_PARTY.includes(kind));
  return [unit, ...above.slice(Math.max(barrier, 0))];
}

async function allUnits(tx: Tx): Promise<UnitLine[]> {
  const units = await tx.sql<UnitLine>(
    `SELECT id, name, kind, parent_id AS "parentId", competition, valid_from AS "validFrom", valid_to AS "validTo" FROM organisation.unit`,
  );
  return units.sort((a, b) => german.compare(a.name, b.name));
}

/** Who holds or held which role, without why somebody is absent. */
async function heldRoles(tx: Tx): Promise<HeldRole[]> {
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

function contracts(tx: Tx, units: readonly UnitLine[]): Promise<ContractLine[]> {
  const [unit] = units;
  return tx.sql<ContractLine>(
    `SELECT c.id, c.kind, o.id AS "partnerId", o.name AS "partnerName", CASE WHEN s.id <> $2 THEN s.name END AS "signedBy", c.reference,
            c.valid_from AS "validFrom", c.valid_to AS "validTo",
            CASE WHEN c.valid_to <= now() THEN 'ENDED' WHEN now() < c.valid_from THEN 'FUTURE' ELSE 'VALID' END AS standing
       FROM organisation.contract c
       JOIN organisation.unit s ON s.id IN (c.party_a, c.party_b) AND s.id = ANY($1)
       JOIN organisation.unit o ON o.id IN (c.party_a, c.party_b) AND o.id <> s.id AND o.id <> ALL($1)
      ORDER BY c.valid_to <= now(), c.valid_to, c.id`,
    [units.map(({ id }) => id), unit!.id],
  );
}
