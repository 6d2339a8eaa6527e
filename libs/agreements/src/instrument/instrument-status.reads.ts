import { dayOf, isoTime, type Tx } from '#lib/kernel';
import { type ContractUse, ENDS_SOON_DAYS, OrganisationReads } from '#lib/organisation';
import type { InstrumentText } from '#lib/policy';
import { CaseContracts, contractUse } from '#lib/requests';
import { Rulebook } from '#lib/rulebook';
import { Injectable } from '@nestjs/common';
import type { Agreement, SuspensionReason, Terms } from '../agreement/agreement.entity';
import { z } from 'zod';
import { instrumentNeed, type InstrumentNeed } from './instruments';

/** A contract an agreement rests on, as it stands at the transaction's time. */
export const needStatus = z.strictObject({
  ...instrumentNeed.shape,
  name: z.string(),
  partyAName: z.string(),
  partyBName: z.string(),
  status: z.enum(['VALID', 'MISSING', 'EXPIRED']),
  /** end of the valid contract, or of the one that ended last */
  validTo: isoTime.nullable(),
  /** why a contract in force between the two does not carry this */
  gap: z.enum(['NO_SUBJECT', 'OTHER_SUBJECT', 'TOO_SHORT']).optional(),
});
export type NeedStatus = z.output<typeof needStatus>;

type Sides = Pick<
  Agreement,
  'consumerUnitId' | 'providerUnitId' | 'requestId' | 'productId' | 'productVersionId' | 'validUntil' | 'consent'
> & {
  terms: Pick<Terms, 'retentionDays'>;
};

const GAP: Record<NonNullable<NeedStatus['gap']>, string> = {
  NO_SUBJECT: 'Der Vertrag im Register nennt keinen Gegenstand.',
  OTHER_SUBJECT: 'Der Vertrag im Register nennt andere Daten als diese.',
  TOO_SHORT: 'Der Vertrag im Register endet, bevor die Daten gelöscht sind.',
};

const german = (moment: Date): string => dayOf(moment).split('-').reverse().join('.');
const DAY = 86_400_000;

/** How the contracts stand that an agreement needs. Worked out at every look: no job can be late with it. */
@Injectable()
export class InstrumentStatus {
  constructor(
    private readonly organisation: OrganisationReads,
    private readonly rulebook: Rulebook,
    private readonly cases: CaseContracts,
  ) {}

  /** The instrument of an agreement, as the law it was made under has it. */
  async instrument(
    tx: Tx,
    { instrument, rulesetHash }: Pick<Agreement, 'instrument' | 'rulesetHash'>,
  ): Promise<InstrumentText> {
    return (await this.rulebook.versionByHash(tx, rulesetHash)).ruleset.instruments.get(instrument);
  }

  /** `sides`: the agreement they are for, so that a party that ended is followed by who stands in its place. */
  async of(tx: Tx, needs: readonly InstrumentNeed[], sides: Sides | null = null): Promise<NeedStatus[]> {
    const standing: NeedStatus[] = [];
    if (needs.length === 0) return standing;
    const { ruleset } = await this.rulebook.inForce(tx);
    const use = sides ? await this.useOf(tx, sides) : null;
    for (const need of needs) {
      const [partyA, partyB] = [await this.now(tx, need.partyA, sides), await this.now(tx, need.partyB, sides)];
      // two parties that became one need no contract with themselves
      const { status, validTo, gap } =
        partyA === partyB
          ? { status: 'VALID' as const, validTo: null, gap: undefined }
          : await this.organisation.contractBetween(tx, partyA, partyB, [need.kind], {
              use,
            });
      standing.push({
        ...need,
        name: capital(ruleset.label('contractKind', need.kind)),
        partyAName: (await this.organisation.unit(tx, need.partyA)).name,
        partyBName: (await this.organisation.unit(tx, need.partyB)).name,
        status,
        validTo: validTo?.toISOString() ?? null,
        ...(gap && { gap }),
      });
    }
    return standing;
  }

  /** What the contracts have to carry. */
  private async useOf(tx: Tx, sides: Sides): Promise<ContractUse> {
    const { productId, validUntil, consent, terms } = sides;
    const providerUnitId = await this.now(tx, sides.providerUnitId, sides);
    // a danger is over long before a contract is made longer for it
    const until = consent === 'EMERGENCY' ? null : dayOf(new Date(validUntil.getTime() - 1));
    const { retentionDays } = terms;
    return contractUse({ productId, providerUnitId, until, retentionDays }, await this.cases.dataOf(tx, sides));
  }

  private now(tx: Tx, unitId: string, sides: Sides | null): Promise<string> {
    const about =
      unitId === sides?.consumerUnitId ? sides.requestId : unitId === sides?.providerUnitId ? sides.productId : null;
    return this.organisation.standsFor(tx, unitId, about);
  }

  /** Contracts that end within `ENDS_SOON_DAYS` and before the agreement, in words. */
  async endingSoon(tx: Tx, agreement: Sides & { terms: Pick<Terms, 'needs' | 'retentionDays'> }): Promise<string[]> {
    const limit = Math.min(agreement.validUntil.getTime(), tx.now.getTime() + ENDS_SOON_DAYS * DAY);
    const standing = await this.of(tx, agreement.terms.needs ?? [], agreement);
    return standing.flatMap(({ name, partyAName, partyBName, status, validTo }) => {
      const end = status === 'VALID' && validTo !== null ? new Date(validTo) : null;
      if (end === null || end.getTime() >= limit) return [];
      const lastDay = german(new Date(end.getTime() - 1));
      return [`${name} zwischen ${partyAName} und ${partyBName}: letzter Tag ${lastDay}.`];
    });
  }

  /** What is missing or over, in words; empty when the agreement may run. Older agreements name no needs. */
  async lacking(
    tx: Tx,
    agreement: Sides & { terms: Pick<Terms, 'needs' | 'retentionDays'> },
  ): Promise<SuspensionReason[]> {
    const standing = await this.of(tx, agreement.terms.needs ?? [], agreement);
    return standing
      .filter(({ status }) => status !== 'VALID')
      .map(({ name, partyAName, partyBName, status, gap }) => ({
        code: status === 'EXPIRED' ? 'contract_expired' : 'contract_missing',
        text: `Es ${status === 'EXPIRED' ? 'gilt nicht mehr' : 'fehlt'}: ${name} zwischen ${partyAName} und ${partyBName}.${gap ? ` ${GAP[gap]}` : ''}`,
        source: 'Rollenkonzept §1.3',
      }));
  }
}

const capital = (name: string): string => `${name[0]!.toUpperCase()}${name.slice(1)}`;
