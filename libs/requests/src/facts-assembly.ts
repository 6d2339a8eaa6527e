import type { Tx } from '#lib/kernel';
import { CatalogueReads } from '#lib/catalogue';
import { OrganisationReads } from '#lib/organisation';
import { CONTRACT_KIND, type FieldFact, type Facts, type Phase, type PurposeRel, type Ruleset } from '#lib/policy';
import { Injectable } from '@nestjs/common';
import type { TypedField } from './form-check';
import type { PartialRequestForm } from './request-form';

const DAY = 86_400_000;
/** Statistics and research are compatible with any purpose of collection (Art. 5(1)(b), 89 GDPR). */
const PRIVILEGED: readonly string[] = ['STATISTIK', 'STADTFORSCHUNG', 'FORSCHUNG'];

/** How the purpose of the request stands to the purposes the product was collected for. */
export function purposeRelation(code: string | undefined, allowed: readonly string[]): PurposeRel {
  if (code !== undefined && allowed.includes(code)) return 'SAME';
  return code !== undefined && PRIVILEGED.includes(code) ? 'PRIVILEGED' : 'CHANGED';
}

export interface Asked {
  form: PartialRequestForm;
  providerUnitId: string;
  /** fields of the product version the request is about */
  fields: readonly TypedField[];
  phase: Phase;
}

/**
 * Gathers everything a decision may look at, as it is now: the product from the catalogue, the parties and their
 * contract from the organisation, the rest from the form. What is not given is false or empty, never guessed.
 */
@Injectable()
export class FactsAssembly {
  constructor(
    private readonly catalogue: CatalogueReads,
    private readonly organisation: OrganisationReads,
  ) {}

  async facts(tx: Tx, ruleset: Ruleset, { form, providerUnitId, fields, phase }: Asked): Promise<Facts> {
    const product = await this.catalogue.forPolicy(tx, form.productId);
    const provider = await this.organisation.unit(tx, providerUnitId);
    const consumer = await this.organisation.unit(tx, form.consumerUnitId);
    const contract = await this.organisation.contractBetween(tx, provider.id, consumer.id, CONTRACT_KIND);
    const asked = fieldFacts(ruleset, form, fields);
    const declared = form.declarations;
    return {
      phase,
      product,
      consumer: {
        // who asks in order to publish asks for everybody, whichever office carries it out
        kind: form.purposeCode === 'OPEN_DATA' ? 'PUBLIC' : await this.organisation.consumerKind(tx, provider.id, consumer.id),
        unit: consumer.key,
        competition: consumer.competition,
        nis2: consumer.nis2 || provider.nis2,
        holdsKey: declared?.holdsKey ?? false,
      },
      purpose: {
        code: form.purposeCode ?? null,
        relation: purposeRelation(form.purposeCode, product.allowedPurposes),
        textGiven: Boolean(form.purposeText),
        changeGround: form.changeGround ?? null,
      },
      form: form.form ?? 'ROWLEVEL',
      fields: asked,
      fieldClasses: [...new Set(asked.map((field) => field.class))].sort(),
      insistsOnFields: form.insistsOnFields ?? false,
      necessityGiven: Boolean(form.necessity),
      legalBasis: form.legalBasis ?? [],
      evidence: form.evidence ?? [],
      periodGiven: Boolean(form.from && form.until),
      retentionDays: form.retentionDays ?? null,
      onwardRecipients: await this.onward(tx, form),
      thirdCountry: declared?.thirdCountry ?? false,
      automatedDecision: declared?.automatedDecision ?? false,
      linksPersonalProducts: declared?.linksPersonalProducts ?? false,
      nonProduction: declared?.nonProduction ?? false,
      contract: {
        status: contract.status,
        kinds: contract.kinds,
        endsInDays:
          contract.status === 'VALID' && contract.validTo
            ? Math.floor((contract.validTo.getTime() - tx.now.getTime()) / DAY)
            : null,
      },
    };
  }

  /** Other units that would get the data. A processor is none of them while an AVV with the asking office is valid. */
  private async onward(tx: Tx, form: PartialRequestForm): Promise<string[]> {
    const ids = [...(form.onwardUnitIds ?? [])];
    if (form.processorUnitId) {
      const avv = await this.organisation.contractBetween(tx, form.consumerUnitId, form.processorUnitId, ['AVV']);
      if (avv.status !== 'VALID') ids.push(form.processorUnitId);
    }
    const keys: string[] = [];
    for (const id of new Set(ids)) keys.push((await this.organisation.unit(tx, id)).key);
    return keys.sort();
  }
}

/** The asked fields as the rules see them; all that are held when none is named. */
export function fieldFacts(
  ruleset: Ruleset,
  form: Pick<PartialRequestForm, 'fields' | 'purposeCode'>,
  held: readonly TypedField[],
): FieldFact[] {
  const names = form.fields ?? held.map((field) => field.name);
  const needed = ruleset.neededClasses(form.purposeCode ?? null);
  return held
    .filter((field) => names.includes(field.name))
    .map((field) => ({
      name: field.name,
      class: field.class as FieldFact['class'],
      needed: needed.includes(field.class as FieldFact['class']),
    }));
}
