import { isoTime, type Tx } from '#lib/kernel';
import { OrganisationReads } from '#lib/organisation';
import { Injectable } from '@nestjs/common';
import type { Agreement, SuspensionReason, Terms } from '../agreement/agreement.entity';
import { z } from 'zod';
import { CONTRACT_NAME, instrumentNeed, type InstrumentNeed } from './instruments';

/** A contract an agreement rests on, as it stands at the transaction's time. */
export const needStatus = z.strictObject({
  ...instrumentNeed.shape,
  name: z.string(),
  partyAName: z.string(),
  partyBName: z.string(),
  status: z.enum(['VALID', 'MISSING', 'EXPIRED']),
  /** end of the valid contract, or of the one that ended last */
  validTo: isoTime.nullable(),
});
export type NeedStatus = z.output<typeof needStatus>;

type Sides = Pick<Agreement, 'consumerUnitId' | 'providerUnitId' | 'requestId' | 'productId'>;

/** How the contracts stand that an agreement needs. Worked out at every look: no job can be late with it. */
@Injectable()
export class InstrumentStatus {
  constructor(private readonly organisation: OrganisationReads) {}

  /** `sides`: the agreement they are for, so that a party that ended is followed by who stands in its place. */
  async of(tx: Tx, needs: readonly InstrumentNeed[], sides: Sides | null = null): Promise<NeedStatus[]> {
    const standing: NeedStatus[] = [];
    for (const need of needs) {
      const [partyA, partyB] = [await this.now(tx, need.partyA, sides), await this.now(tx, need.partyB, sides)];
      // two parties that became one need no contract with themselves
      const { status, validTo } =
        partyA === partyB
          ? { status: 'VALID' as const, validTo: null }
          : await this.organisation.contractBetween(tx, partyA, partyB, [need.kind]);
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

  private now(tx: Tx, unitId: string, sides: Sides | null): Promise<string> {
    const about =
      unitId === sides?.consumerUnitId ? sides.requestId : unitId === sides?.providerUnitId ? sides.productId : null;
    return this.organisation.standsFor(tx, unitId, about);
  }

  /** What is missing or over, in words; empty when the agreement may run. Older agreements name no needs. */
  async lacking(tx: Tx, agreement: Sides & { terms: Pick<Terms, 'needs'> }): Promise<SuspensionReason[]> {
    const standing = await this.of(tx, agreement.terms.needs ?? [], agreement);
    return standing
      .filter(({ status }) => status !== 'VALID')
      .map(({ name, partyAName, partyBName, status }) => ({
        code: status === 'EXPIRED' ? 'contract_expired' : 'contract_missing',
        text: `Es ${status === 'EXPIRED' ? 'gilt nicht mehr' : 'fehlt'}: ${name} zwischen ${partyAName} und ${partyBName}.`,
        source: 'Rollenkonzept §1.3',
      }));
  }
}
