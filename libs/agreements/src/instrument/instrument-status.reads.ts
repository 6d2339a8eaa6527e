import { isoTime, type Tx } from '#lib/kernel';
import { type ContractUse, ENDS_SOON_DAYS, OrganisationReads } from '#lib/organisation';
import type { InstrumentText } from '#lib/policy';
import { CaseContracts, isAboutPersons } from '#lib/requests';
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
});
export type NeedStatus = z.output<typeof needStatus>;

type Sides = Pick<
  Agreement,
  'consumerUnitId' | 'providerUnitId' | 'requestId' | 'productId' | 'productVersionId' | 'validUntil'
> & {
  terms: Pick<Terms, 'retentionDays'>;
};

const dayOf = (moment: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(moment);

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
      const { status, validTo } =
        partyA === partyB
          ? { status: 'VALID' as const, validTo: null }
          : await this.organisation.contractBetween(tx, partyA, partyB, [need.kind], {
              // only who processes on instructions is bound for as long as the data is there (see R-AVV-01)
              use: use && { ...use, lasts: need.kind === 'AVV' ? use.lasts : null },
            });
      standing.push({
        ...need,
        name: capital(ruleset.label('contractKind', need.kind)),
        partyAName: (await this.organisation.unit(tx, need.partyA)).name,
        partyBName: (await this.organisation.unit(tx, need.partyB)).name,
        status,
        validTo: validTo?.toISOString() ?? null,
      });
    }
    return standing;
  }

  /** What the contracts have to carry. */
  private async useOf(tx: Tx, sides: Sides): Promise<ContractUse> {
    const { productId, providerUnitId, validUntil, terms } = sides;
    const personal = isAboutPersons(await this.cases.dataOf(tx, sides));
    const until = dayOf(new Date(validUntil.getTime() - 1));
    return {
      productId,
      providerUnitId: await this.now(tx, providerUnitId, sides),
      personal,
      lasts: personal ? { until, keptDays: terms.retentionDays ?? 0 } : null,
    };
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
      .map(({ name, partyAName, partyBName, status }) => ({
        code: status === 'EXPIRED' ? 'contract_expired' : 'contract_missing',
        text: `Es ${status === 'EXPIRED' ? 'gilt nicht mehr' : 'fehlt'}: ${name} zwischen ${partyAName} und ${partyBName}.`,
        source: 'Rollenkonzept §1.3',
      }));
  }
}

const capital = (name: string): string => `${name[0]!.toUpperCase()}${name.slice(1)}`;
