import { UnitOfWork } from '#lib/kernel';
import { LawInForce } from '#lib/law';
import type { Actor } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import {
  allUnits,
  exists,
  heldRoles,
  seatsInWords,
  type SeatView,
  type UnitLine,
} from '../../../layout/units/unit-lines';

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

/** Units and their seats as everybody in the data space may read them. Reasons of absences are not among it. */
@Injectable()
export class OrganisationPresenter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly laws: LawInForce,
  ) {}

  organisation(actor: Actor): Promise<OrganisationModel> {
    return this.uow.read(actor.acting, async (tx) => {
      const roles = await this.laws.roles(tx);
      const [units, held] = [await allUnits(tx), await heldRoles(tx)];
      const present = units.filter((unit) => exists(unit, tx.now));
      const known = new Set(present.map(({ id }) => id));
      const branch = (unit: UnitLine): Branch => {
        const seats = seatsInWords(unit, held, tx.now, roles);
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
}
