import type { Tx } from '#lib/kernel';
import { CatalogueReads, type FieldList } from '#lib/catalogue';
import { OrganisationReads } from '#lib/organisation';
import { CONTRACT_KIND, type FieldFact, type Facts, type Phase, type PurposeRel, type Ruleset } from '#lib/policy';
import { Injectable } from '@nestjs/common';
import { type GatheredFacts, type StatedFact, statedFacts, withStated } from '../form/answers';
import { holding } from '../form/evidence-dates';
import type { TypedField } from '../form/form-check';
import { classAsked } from '../form/generalisation';
import { REQUEST_FIELDS } from '../form/request-fields';
import type { PartialRequestForm } from '../form/request-form';
import { conditionsOf } from '../form/row-filter';

const DAY = 86_400_000;
/** Statistics and research are compatible with any purpose of collection (Art. 5(1)(b), 89 GDPR). */
const PRIVILEGED: readonly string[] = ['STATISTIK', 'STADTFORSCHUNG', 'FORSCHUNG'];

const dayOf = (moment: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(moment);

/** How the purpose of the request stands to the purposes the product was collected for. */
export function purposeRelation(code: string | undefined, allowed: readonly string[]): PurposeRel {
  if (code !== undefined && allowed.includes(code)) return 'SAME';
  return code !== undefined && PRIVILEGED.includes(code) ? 'PRIVILEGED' : 'CHANGED';
}

/** Months from the first to the last day, both included, begun ones counted: 1 January to 31 December is twelve. */
export function monthsOf(from: string, until: string): number {
  const [first, last] = [from, until].map((day) => day.split('-').map(Number) as [number, number, number]);
  const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
  // the day after the last one, so that whole months end where they began
  const end =
    last![2] === daysIn(last![0], last![1])
      ? { month: last![0] * 12 + last![1], day: 1 }
      : { month: last![0] * 12 + last![1] - 1, day: last![2] + 1 };
  const whole = end.month - (first![0] * 12 + first![1] - 1);
  // where the month is shorter than the first day (31 January), its last day counts, as PostgreSQL adds months
  const target = Math.min(first![2], daysIn(Math.floor(end.month / 12), (end.month % 12) + 1));
  return Math.max(1, end.day > target ? whole + 1 : whole);
}

/** What is gathered here; the rest is stated in the form (`fact` in the table of fields). */
type Gathered = GatheredFacts<StatedFact<typeof REQUEST_FIELDS>>;

export interface FactsInput {
  form: PartialRequestForm;
  providerUnitId: string;
  /** fields of the product version the request is about */
  fields: readonly TypedField[];
  phase: Phase;
  /** of an emergency access; absent for an ordinary request */
  emergency?: Facts['emergency'];
}

/**
 * Gathers everything a decision may look at, as it is now: the product from the catalogue, the parties and their
 * contract from the organisation, the rest from the form. What is not given is false or empty, never guessed; where a rule
 * protects people and nobody has answered, the stricter answer counts (`answers.ts`, `CatalogueReads.forPolicy`).
 */
@Injectable()
export class FactsAssembly {
  constructor(
    private readonly catalogue: CatalogueReads,
    private readonly organisation: OrganisationReads,
  ) {}

  async facts(
    tx: Tx,
    ruleset: Ruleset,
    { form, providerUnitId, fields, phase, emergency }: FactsInput,
  ): Promise<Facts> {
    const product = await this.catalogue.forPolicy(tx, form.productId);
    const { consumer, contract } = await this.parties(tx, form, providerUnitId);
    const asked = fieldFacts(ruleset, form, fields);
    const gathered: Gathered = {
      phase,
      product,
      consumer,
      purpose: {
        code: form.purposeCode ?? null,
        relation: purposeRelation(form.purposeCode, product.allowedPurposes),
        textGiven: Boolean(form.purposeText),
        changeGround: form.changeGround ?? null,
      },
      form: form.form ?? 'ROWLEVEL',
      fields: asked,
      fieldClasses: [...new Set(asked.map((field) => field.class))].sort(),
      necessityGiven: Boolean(form.necessity),
      legalBasis: form.legalBasis ?? [],
      evidence: holding(form, dayOf(tx.now)),
      periodGiven: Boolean(form.from && form.until),
      ...(form.from && form.until && form.from <= form.until && { periodMonths: monthsOf(form.from, form.until) }),
      retentionDays: form.retentionDays ?? null,
      onwardRecipients: await this.onward(tx, form),
      ...(allListed('BMG_34_1', form, fields) && { beyondBmg34: false }),
      ...(allListed('AO_31_3', form, fields) && { ownerAddressOnly: true }),
      ...(emergency && { emergency }),
      contract,
    };
    return withStated(gathered, statedFacts(REQUEST_FIELDS, form, product, consumer.kind)) as Facts;
  }

  /** Who would ask instead, as the rules see it, with what the form states about whoever gets the data. */
  async recipient(
    tx: Tx,
    form: PartialRequestForm,
    providerUnitId: string,
    product: Facts['product'],
  ): Promise<Pick<Facts, 'consumer' | 'contract'>> {
    const { consumer, contract } = await this.parties(tx, form, providerUnitId);
    const stated = [...statedFacts(REQUEST_FIELDS, form, product, consumer.kind)];
    const about = new Map(stated.filter(([path]) => path.startsWith('consumer.')));
    return { consumer: withStated({ consumer }, about).consumer as Facts['consumer'], contract };
  }

  /** Who asks, as the rules see it, and the contract under which the data would go. */
  async parties(
    tx: Tx,
    form: PartialRequestForm,
    providerUnitId: string,
  ): Promise<Pick<Gathered, 'consumer' | 'contract'>> {
    // as they are now: a unit that ended is followed by who stands in its place, or nothing can be decided
    const provider = await this.organisation.living(tx, providerUnitId, form.productId);
    const consumer = await this.organisation.living(tx, form.consumerUnitId);
    // who works on instructions stands where its office stands, under the contract with that office
    const behalf = form.onBehalfOfUnitId ? await this.organisation.unit(tx, form.onBehalfOfUnitId) : null;
    const { status, kinds, validTo } = behalf
      ? await this.organisation.contractBetween(tx, behalf.id, consumer.id, ['AVV'])
      : await this.organisation.contractBetween(tx, provider.id, consumer.id, CONTRACT_KIND);
    const kindOf = (unitId: string) => this.organisation.consumerKind(tx, provider.id, unitId);
    return {
      consumer: {
        // who asks in order to publish asks for everybody, whichever office carries it out
        kind: behalf ? 'PROCESSOR' : form.purposeCode === 'OPEN_DATA' ? 'PUBLIC' : await kindOf(consumer.id),
        ...(behalf && { worksFor: await kindOf(behalf.id) }),
        unit: consumer.key,
        competition: consumer.competition,
        nis2: consumer.nis2 || provider.nis2,
      },
      contract: {
        status,
        kinds,
        endsInDays: status === 'VALID' && validTo ? Math.floor((validTo.getTime() - tx.now.getTime()) / DAY) : null,
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

/** Whether a statute names every field that is asked for, and every field rows are chosen by. */
export function allListed(
  list: FieldList,
  form: Pick<PartialRequestForm, 'fields' | 'rows'>,
  held: readonly TypedField[],
): boolean {
  const names = [
    ...(form.fields ?? held.map(({ name }) => name)),
    ...(form.rows ? conditionsOf(form.rows) : []).map(({ condition }) => condition.column),
  ];
  return (
    names.length > 0 &&
    names.every((name) => held.some((field) => field.name === name && field.listedIn?.includes(list)))
  );
}

/** The asked fields as the rules see them; all that are held when none is named. */
export function fieldFacts(
  ruleset: Ruleset,
  form: Pick<PartialRequestForm, 'fields' | 'purposeCode' | 'coarser'>,
  held: readonly TypedField[],
): FieldFact[] {
  const names = form.fields ?? held.map((field) => field.name);
  const needed = ruleset.neededClasses(form.purposeCode ?? null);
  return held
    .filter((field) => names.includes(field.name))
    .map((field) => {
      const asked = classAsked(field, form.coarser);
      return { name: field.name, ...asked, needed: needed.includes(asked.class) };
    });
}
