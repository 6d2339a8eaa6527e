import { type Tx, UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import {
  type Actor,
  type ContractKind,
  dutyInWords,
  DutyReads,
  organisationProblems,
  UnitChangeReads,
  type UnitHistory,
  type UnitKind,
} from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import {
  allUnits,
  exists,
  heldRoles,
  seatsInWords,
  type SeatView,
  type UnitLine,
} from '../../../layout/units/unit-lines';

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
  /** of its office, in words */
  duties: string[];
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

/** One unit with its seats and contracts, as everybody in the data space may read them. */
@Injectable()
export class UnitPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly laws: LawInForce,
    private readonly changes: UnitChangeReads,
    private readonly duties: DutyReads,
  ) {}

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
        seats: seatsInWords(unit, await heldRoles(tx), tx.now, await this.laws.roles(tx)),
        contracts: await contracts(tx, signatories(unit, above)),
        duties: exists(unit, tx.now) ? (await this.duties.ofUnits(tx, [id])).map(dutyInWords) : [],
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
}

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
