import type { Tx } from '#lib/kernel';
import { OrganisationReads } from '#lib/organisation';
import { Inject, Injectable } from '@nestjs/common';
import type { SuspensionReason, Terms } from './agreement.entity';
import { CONTRACT_NAME, type InstrumentNeed } from './instruments';

/** A contract an agreement rests on, as it stands at the transaction's time. */
export interface NeedStanding extends InstrumentNeed {
  name: string;
  partyAName: string;
  partyBName: string;
  status: 'VALID' | 'MISSING' | 'EXPIRED';
  /** ISO 8601; end of the valid contract, or of the one that ended last */
  validTo: string | null;
}

/** How the contracts stand that an agreement needs. Worked out at every look: no job can be late with it. */
@Injectable()
export class InstrumentStanding {
  constructor(@Inject(OrganisationReads) private readonly organisation: OrganisationReads) {}

  async of(tx: Tx, needs: readonly InstrumentNeed[]): Promise<NeedStanding[]> {
    const standing: NeedStanding[] = [];
    for (const need of needs) {
      const { status, validTo } = await this.organisation.contractBetween(tx, need.partyA, need.partyB, [need.kind]);
      standing.push({
        ...need,
        name: CONTRACT_NAME[need.kind],
        partyAName: (await this.organisation.unit(tx, need.partyA)).name,
        partyBName: (await this.organisation.unit(tx, need.partyB)).name,
        status,
        validTo: validTo?.toISOString() ?? null,
      });
    }
    return standing;
  }

  /** What is missing or over, in words; empty when the agreement may run. Older agreements name no needs. */
  async lacking(tx: Tx, { needs = [] }: Pick<Terms, 'needs'>): Promise<SuspensionReason[]> {
    const standing = await this.of(tx, needs);
    return standing
      .filter(({ status }) => status !== 'VALID')
      .map(({ name, partyAName, partyBName, status }) => ({
        code: status === 'EXPIRED' ? 'contract_expired' : 'contract_missing',
        text: `Es ${status === 'EXPIRED' ? 'gilt nicht mehr' : 'fehlt'}: ${name} zwischen ${partyAName} und ${partyBName}.`,
        source: 'Rollenkonzept §1.3',
      }));
  }
}
