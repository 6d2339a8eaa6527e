import { dayOf, type Tx } from '#lib/kernel';
import { CatalogueReads, type FieldList } from '#lib/catalogue';
import { DutyReads, OrganisationReads } from '#lib/organisation';
import { type FieldFact, type Facts, isClosed, type Phase, type Ruleset } from '#lib/policy';
import { Injectable } from '@nestjs/common';
import { tellsOfPersons } from '../form/about-persons';
import { type AboutData, CaseContracts } from './case-contracts';
import { type GatheredFacts, type StatedFact, statedFacts, withStated } from '../form/answers';
import { daysLeft, lastDayOfAll } from '../form/evidence-dates';
import { EvidenceReads, provenOn } from '../evidence/evidence.reads';
import type { TypedField } from '../form/form-check';
import { classAsked } from '../form/generalisation';
import { REQUEST_FIELDS } from '../form/request-fields';
import type { PartialRequestForm } from '../form/request-form';
import { conditionsOf } from '../form/row-filter';

const DAY = 86_400_000;

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

/** Days from the first to the last one, both counted. */
export const daysOf = (from: string, until: string): number =>
  Math.round((Date.parse(until) - Date.parse(from)) / DAY) + 1;

/** What is gathered here; the rest is stated in the form (`fact` in the table of fields). */
type Gathered = GatheredFacts<StatedFact<typeof REQUEST_FIELDS>>;

export interface FactsInput {
  form: PartialRequestForm;
  providerUnitId: string;
  /** the product version the request is about, and its fields */
  versionId: string;
  fields: readonly TypedField[];
  phase: Phase;
  /** of a request on record: what was attached to it stays attached, whoever asks today */
  requestId?: string | undefined;
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
    private readonly duties: DutyReads,
    private readonly contracts: CaseContracts,
    private readonly evidence: EvidenceReads,
  ) {}

  async facts(
    tx: Tx,
    ruleset: Ruleset,
    { form, providerUnitId, versionId, fields, phase, requestId, emergency }: FactsInput,
  ): Promise<Facts> {
    const product = await this.catalogue.forPolicy(tx, form.productId, versionId);
    // a danger is over long before a contract is made longer for it
    const { until: _, ...endless } = form;
    const parties = await this.parties(tx, emergency ? endless : form, providerUnitId, product);
    const { consumer, contract, recipient } = parties;
    const asked = fieldFacts(ruleset, form, fields);
    const grounds = await this.grounds(tx, ruleset, form, product, providerUnitId, requestId);
    const { evidence } = grounds;
    const code = form.purposeCode ?? null;
    const duty = ruleset.meansDuty(code) ? await this.duty(tx, form) : null;
    const gathered: Gathered = {
      ...grounds,
      phase,
      product,
      consumer,
      recipient,
      purpose: {
        code,
        relation: ruleset.purposeRelation({ code, duty, evidence, product, consumer }),
        duty,
        textGiven: Boolean(form.purposeText),
        changeGround: form.changeGround ?? null,
      },
      form: form.form ?? 'ROWLEVEL',
      fields: asked,
      fieldClasses: [...new Set(asked.map((field) => field.class))].sort(),
      necessityGiven: Boolean(form.necessity),
      singlesOut: singlesOut(form, fields),
      legalBasis: form.legalBasis ?? [],
      periodGiven: Boolean(form.from && form.until),
      ...(form.from && form.until && form.from <= form.until && { periodMonths: monthsOf(form.from, form.until) }),
      ...(form.from && form.until && form.from <= form.until && { periodDays: daysOf(form.from, form.until) }),
      retentionDays: form.retentionDays ?? null,
      onwardRecipients: await this.onward(tx, form, product, recipient),
      ...(allListed('BMG_34_1', form, fields) && { beyondBmg34: false }),
      ...(allListed('AO_31_3', form, fields) && { ownerAddressOnly: true }),
      ...(emergency && { emergency }),
      contract,
    };
    return withStated(gathered, statedFacts(REQUEST_FIELDS, form, product, consumer.kind)) as Facts;
  }

  /** The named duty, if it is one in force of the office whose purpose it is: a processor has none of its own here. */
  async duty(
    tx: Tx,
    {
      duty,
      onBehalfOfUnitId,
      consumerUnitId,
    }: Pick<PartialRequestForm, 'duty' | 'onBehalfOfUnitId' | 'consumerUnitId'>,
  ): Promise<string | null> {
    if (!duty) return null;
    return (await this.duties.codesOf(tx, onBehalfOfUnitId ?? consumerUnitId)).has(duty) ? duty : null;
  }

  /**
   * What the use rests on: kinds of evidence with a document behind them that holds today, or with an entry of a register (a
   * tick counts for nothing), and the days that its end and the end of a licence leave after the last day of use.
   */
  private async grounds(
    tx: Tx,
    ruleset: Ruleset,
    form: PartialRequestForm,
    { licenceUntil }: Facts['product'],
    providerUnitId: string,
    requestId?: string,
  ): Promise<Pick<Facts, 'evidence' | 'keepableDays'>> {
    const { productId, consumerUnitId: unitId, evidenceFiles: ids = [], until } = form;
    const shown = await this.evidence.shown(tx, { ids, unitId, productId, requestId });
    const ends = [lastDayOfAll(shown, dayOf(tx.now)), licenceUntil ?? null].filter((day) => day !== null).sort();
    const keepableDays = daysLeft(until, ends[0] ?? null);
    const registered = ruleset.vocabulary.evidence.filter(({ register }) => register === 'AUDIT_MANDATE');
    const mandate = registered.length > 0 && (await this.organisation.hasAuditMandate(tx, unitId, providerUnitId));
    return {
      evidence: [
        ...provenOn(shown, ruleset, dayOf(tx.now)),
        ...(mandate ? registered.map(({ code }) => code) : []),
      ].sort(),
      ...(keepableDays !== null && { keepableDays }),
    };
  }

  /** Who would ask instead, as the rules see it, with what the form states about whoever gets the data. */
  async recipient(
    tx: Tx,
    form: PartialRequestForm,
    providerUnitId: string,
    product: Facts['product'],
  ): Promise<Pick<Facts, 'consumer' | 'contract' | 'recipient'>> {
    const { consumer, contract, recipient } = await this.parties(tx, form, providerUnitId, product);
    const stated = [...statedFacts(REQUEST_FIELDS, form, product, consumer.kind)];
    const about = new Map(stated.filter(([path]) => path.startsWith('consumer.')));
    return { consumer: withStated({ consumer }, about).consumer as Facts['consumer'], contract, recipient };
  }

  /** Whether a contract carries what the processor named in the form would do. */
  async binds(tx: Tx, form: PartialRequestForm): Promise<boolean> {
    const product = await this.catalogue.forPolicy(tx, form.productId, form.productVersionId ?? null);
    const { providerUnitId } = await this.catalogue.product(tx, form.productId);
    return (await this.parties(tx, form, providerUnitId, product)).recipient.contract === 'VALID';
  }

  /** Who asks, whose purpose counts, who gets the bytes, as the rules see them, and the contracts under which they would go. */
  async parties(
    tx: Tx,
    form: PartialRequestForm,
    providerUnitId: string,
    product: AboutData,
  ): Promise<Pick<Gathered, 'consumer' | 'contract'> & { recipient: NonNullable<Facts['recipient']> }> {
    // as they are now: a unit that ended is followed by who stands in its place, or nothing can be decided
    const provider = await this.organisation.living(tx, providerUnitId, form.productId);
    const consumer = await this.organisation.living(tx, form.consumerUnitId);
    const sides = { providerUnitId: provider.id, consumerUnitId: consumer.id };
    const { status, kinds, validTo, gap, described } = await this.contracts.ownUse(tx, form, sides, product);
    const processing = await this.contracts.processing(tx, form, sides, product);
    const kindOf = (unitId: string) => this.organisation.consumerKind(tx, provider.id, unitId);
    const receiver = processing ? await this.organisation.living(tx, processing.processorUnitId) : consumer;
    return {
      consumer: {
        // naming a purpose makes nobody another party
        kind: form.onBehalfOfUnitId ? 'PROCESSOR' : await kindOf(consumer.id),
        // who works on instructions stands where its office stands
        ...(form.onBehalfOfUnitId && { worksFor: await kindOf(form.onBehalfOfUnitId) }),
        unit: consumer.key,
        competition: consumer.competition,
        nis2: consumer.nis2 || provider.nis2,
      },
      recipient: {
        kind: await kindOf(receiver.id),
        competition: receiver.competition,
        processor: processing !== null,
        contract: processing && processing.contract.status,
        gap: processing?.contract.gap ?? null,
        described: processing?.contract.described === true,
      },
      contract: {
        status,
        kinds,
        endsInDays: status === 'VALID' && validTo ? Math.floor((validTo.getTime() - tx.now.getTime()) / DAY) : null,
        ...(gap && { gap }),
        describedOnly: described === true,
      },
    };
  }

  /**
   * Other units that would get the data. A processor of data that are not for everybody is none of them: without a contract
   * that carries the processing the rules refuse it. Of open data it is one while no contract binds it.
   */
  private async onward(
    tx: Tx,
    form: PartialRequestForm,
    product: AboutData,
    recipient: NonNullable<Facts['recipient']>,
  ): Promise<string[]> {
    const ids = [...(form.onwardUnitIds ?? [])];
    if (form.processorUnitId && recipient.contract !== 'VALID' && !isClosed(product)) ids.push(form.processorUnitId);
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

/**
 * Whether rows are chosen by what can single out persons: by a field that is not free of them. A bound finds one as an
 * equality does, and so does that a value is there, where few have one. A field nobody knows counts as one.
 */
export function singlesOut({ rows }: Pick<PartialRequestForm, 'rows'>, held: readonly TypedField[]): boolean {
  return (rows ? conditionsOf(rows) : []).some(({ condition: { column } }) =>
    tellsOfPersons(held.find(({ name }) => name === column)),
  );
}

/** The asked fields as the rules see them; all that are held when none is named. */
export function fieldFacts(
  ruleset: Ruleset,
  form: Pick<PartialRequestForm, 'fields' | 'purposeCode' | 'coarser' | 'rows'>,
  held: readonly TypedField[],
): FieldFact[] {
  const names = form.fields ?? held.map((field) => field.name);
  const needed = ruleset.neededClasses(form.purposeCode ?? null);
  const choosing = (form.rows ? conditionsOf(form.rows) : []).map(({ condition }) => condition.column);
  return held
    .filter((field) => names.includes(field.name))
    .map((field) => {
      const asked = classAsked(field, form.coarser);
      return {
        name: field.name,
        ...asked,
        needed: needed.includes(asked.class),
        maskable: showsSomething(field.mask),
        ...(choosing.includes(field.name) && { chosen: true as const }),
      };
    });
}

/** A mask that leaves the field out is none that something could be delivered with. */
const showsSomething = (mask: unknown): boolean =>
  typeof mask === 'object' && mask !== null && (mask as { kind?: unknown }).kind !== 'drop';
