import { type Tx } from '#lib/kernel';
import { OrganisationReads, type RoleCode, type UnitKind } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { Agreement, Terms } from './agreement.entity';

/** Part of the one legal person of the city: between such units a recorded note stands where a contract would. */
const CITY: readonly UnitKind[] = ['STADT', 'DEZERNAT', 'AMT', 'ABTEILUNG', 'STAB', 'STATISTIKSTELLE'];
const WITH_NOTE: readonly RoleCode[] = ['REQ_HEAD', 'REQUESTER'];

type Signed = Pick<Agreement, 'instrument' | 'consumerUnitId'> & { terms: Pick<Terms, 'needs'> };

/** Whether the agreement itself rests on a contract of the receiving side; what its processor needs is another matter. */
const isContract = ({ instrument, consumerUnitId, terms: { needs } }: Signed): boolean =>
  needs ? needs.some(({ partyB }) => partyB === consumerUnitId) : instrument !== 'VERMERK';

/** Who may confirm an agreement for a side. The database asks the same when it comes into force (`signer_holds`). */
@Injectable()
export class Signing {
  constructor(private readonly organisation: OrganisationReads) {}

  /**
   * For an office of the city that is given a note, its head or whoever may request; whatever binds like a contract, and
   * everything for an Eigenbetrieb, a company or anybody else of their own, takes the role that answers for the unit.
   */
  async roles(tx: Tx, agreement: Signed, unitId: string): Promise<readonly RoleCode[]> {
    const { kind } = await this.organisation.office(tx, unitId);
    if (!isContract(agreement) && CITY.includes(kind)) return WITH_NOTE;
    return [await this.organisation.accountableRole(tx, unitId)];
  }
}
